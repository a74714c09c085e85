import { Button } from '#app/design/button.tsx'
import { Choices, Field, Problem } from '#app/design/field.tsx'
import { Icon } from '#app/design/icon.tsx'
import { TimeWords } from '#app/screens/access/access-time.tsx'
import type { AccessCallbacks, VisitFormView } from '#app/state/model/access/access-view.ts'
import { visitPresets } from '#app/state/model/access/visit-window.ts'
import { useWords } from '#app/texts/words-context.ts'

interface VisitFormProps {
  readonly form: VisitFormView
  readonly nowMs: number
  readonly on: AccessCallbacks
}

const nameProblems: readonly string[] = ['nameMissing', 'nameTooLong', 'nameTaken']

/** Who and when. The code itself is drawn by the phone, so that nobody picks a birthday. */
export function VisitForm({ form, nowMs, on }: VisitFormProps) {
  const { t } = useWords()
  const problem = form.problem === null ? undefined : t.access.problems[form.problem]
  const ofName = form.problem !== null && nameProblems.includes(form.problem)
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        on.onReviewVisit()
      }}
    >
      <Field
        label={t.access.nameLabel}
        placeholder={t.access.namePlaceholder}
        value={form.name}
        onInput={(name) => on.onVisitForm({ name })}
        problem={ofName ? problem : undefined}
      />
      <Choices
        label={t.access.whenLabel}
        value={form.preset}
        options={visitPresets.map((preset) => ({ value: preset, label: t.access.presets[preset] }))}
        onChoose={(preset) => on.onVisitForm({ preset })}
      />
      {form.preset === 'custom' && <CustomTimes form={form} on={on} />}
      <div class="stack-tight">
        {form.window !== null && (
          <p class="window-line">
            <Icon name="history" small />
            <TimeWords time={form.window} nowMs={nowMs} />
          </p>
        )}
        {form.zoneDiffers && <p class="field-hint">{t.access.zoneNote(form.timeZone)}</p>}
        <Problem text={ofName ? undefined : problem} />
      </div>
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </form>
  )
}

function CustomTimes({ form, on }: { form: VisitFormView; on: AccessCallbacks }) {
  const { t } = useWords()
  return (
    <div class="stack-tight">
      <Field
        label={t.access.fromLabel}
        type="datetime-local"
        value={form.customFrom}
        onInput={(customFrom) => on.onVisitForm({ customFrom })}
      />
      <Field
        label={t.access.untilLabel}
        type="datetime-local"
        value={form.customUntil}
        onInput={(customUntil) => on.onVisitForm({ customUntil })}
      />
    </div>
  )
}
