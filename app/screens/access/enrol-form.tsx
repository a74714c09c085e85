import { Button } from '#app/design/button.tsx'
import { Choices, Field } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { Notice } from '#app/design/notice.tsx'
import type { EnrolCallbacks, EnrolFormView } from '#app/state/model/access/enrol.ts'
import { useWords } from '#app/texts/words-context.ts'

interface EnrolFormProps {
  readonly form: EnrolFormView
  readonly on: EnrolCallbacks
}

const purposes = ['plain', 'duress'] as const

/** Which finger, and what for; then the change is looked at and signed, as every other. */
export function EnrolForm({ form, on }: EnrolFormProps) {
  const { t } = useWords()
  const { enrol } = t.access
  const { type, name } = form
  return (
    <Form onSubmit={on.onReviewEnrol}>
      {form.readerTaken && (
        <Notice tone="warm" icon={iconOf(type)} title={enrol.taken} note={enrol.takenNote} />
      )}
      {type === 'fingerprint' && (
        <Choices
          label={enrol.whichLabel.fingerprint}
          value={name}
          options={enrol.fingers.map((finger) => ({ value: finger, label: finger }))}
          onChoose={(finger) => on.onEnrolForm({ name: finger })}
        />
      )}
      <Field
        label={type === 'fingerprint' ? enrol.otherLabel : enrol.whichLabel.face}
        placeholder={enrol.placeholders[type]}
        value={name}
        onInput={(typed) => on.onEnrolForm({ name: typed })}
        problem={form.problem === null ? undefined : enrol.problems[form.problem]}
      />
      {form.mayDuress && (
        <div class="stack-tight">
          <Choices
            label={enrol.purposeLabel}
            value={form.duress ? 'duress' : 'plain'}
            options={purposes.map((value) => ({ value, label: enrol.purposes[value] }))}
            onChoose={(purpose) => on.onEnrolForm({ duress: purpose === 'duress' })}
            layout="even"
          />
          {form.duress && <p class="field-hint">{t.access.duressMeaning}</p>}
        </div>
      )}
      <p class="field-hint">{enrol.presence(form.doorName)}</p>
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </Form>
  )
}

export function iconOf(type: EnrolFormView['type']): 'finger' | 'face' {
  return type === 'face' ? 'face' : 'finger'
}
