import { Choices, Field } from '#app/design/field.tsx'
import { useProblemAt } from '#app/screens/access/person-form.tsx'
import type { EditFormChange, EditFormView } from '#app/state/model/access/access-view.ts'
import { useWords } from '#app/texts/words-context.ts'

interface DelegationFieldsProps {
  readonly form: EditFormView
  readonly onChange: (change: EditFormChange) => void
}

const choices = ['all', 'some'] as const

/** What owners let a manager give to guests. */
export function DelegationFields({ form, onChange }: DelegationFieldsProps) {
  const { personRules: t } = useWords().t.access
  const problemAt = useProblemAt(form.problem)
  return (
    <>
      <Choices
        label={t.limitsLabel}
        layout="even"
        value={form.limited ? 'some' : 'all'}
        options={choices.map((value) => ({ value, label: t.limits[value] }))}
        hint={t.limitsNote}
        onChoose={(value) => onChange({ limited: value === 'some' })}
      />
      {form.limited && (
        <div class="stack-tight">
          <Field
            label={t.guestsMaxLabel}
            type="number"
            value={form.guestsMax}
            problem={problemAt('guestsMax')}
            onInput={(guestsMax) => onChange({ guestsMax })}
          />
          <Field
            label={t.stayMaxLabel}
            type="number"
            value={form.stayDaysMax}
            problem={problemAt('stayMax')}
            onInput={(stayDaysMax) => onChange({ stayDaysMax })}
          />
        </div>
      )}
    </>
  )
}
