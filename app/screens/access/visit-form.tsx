import { Choices, Field } from '#app/design/field.tsx'
import { Icon } from '#app/design/icon.tsx'
import { PersonForm } from '#app/screens/access/person-form.tsx'
import { TermsWords } from '#app/screens/access/access-time.tsx'
import { WeekFields } from '#app/screens/access/week-fields.tsx'
import type {
  AccessCallbacks,
  VisitFormChange,
  VisitFormView,
} from '#app/state/model/access/access-view.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import { visitPresets } from '#app/state/model/access/visit-window.ts'
import { useWords } from '#app/texts/words-context.ts'

interface VisitFormProps {
  readonly form: VisitFormView
  readonly nowMs: number
  readonly on: AccessCallbacks
}

/** Who and when. The code itself is drawn by the phone, so that nobody picks a birthday. */
export function VisitForm({ form, nowMs, on }: VisitFormProps) {
  const { t } = useWords()
  return (
    <PersonForm
      label={t.access.nameLabel}
      placeholder={t.access.namePlaceholder}
      name={form.name}
      problem={form.problem}
      flaw={form.flaw}
      onName={(name) => on.onVisitForm({ name })}
      onReview={on.onReviewVisit}
    >
      <VisitTimes
        form={form}
        presets={visitPresets}
        label={t.access.whenLabel}
        nowMs={nowMs}
        onChange={on.onVisitForm}
      />
    </PersonForm>
  )
}

interface VisitTimesProps {
  readonly form: VisitFormView
  readonly presets: readonly VisitPreset[]
  readonly label: string
  readonly nowMs: number
  readonly onChange: (change: VisitFormChange) => void
}

/** A lock counts at most two days from the first use. */
const firstUseHours = [1, 2, 4, 24, 48] as const

/** When and how often somebody may come, in the door's own hours. */
export function VisitTimes({ form, presets, label, nowMs, onChange }: VisitTimesProps) {
  const { t, f } = useWords()
  return (
    <>
      <Choices
        label={label}
        value={form.preset}
        options={presets.map((preset) => ({ value: preset, label: t.access.presets[preset] }))}
        onChoose={(preset) => onChange({ preset })}
      />
      {form.preset === 'custom' && (
        <div class="stack-tight">
          <Field
            label={t.access.fromLabel}
            type="datetime-local"
            value={form.customFrom}
            onInput={(customFrom) => onChange({ customFrom })}
          />
          <Field
            label={t.access.untilLabel}
            type="datetime-local"
            value={form.customUntil}
            onInput={(customUntil) => onChange({ customUntil })}
          />
        </div>
      )}
      {form.preset === 'weekly' && (
        <WeekFields rows={form.week} onChange={(week) => onChange({ week })} />
      )}
      {form.uses.length > 0 && (
        <Choices
          label={t.access.useLabel}
          value={form.use}
          options={form.uses.map((use) => ({ value: use, label: t.access.uses[use] }))}
          onChoose={(use) => onChange({ use })}
          layout="even"
        />
      )}
      {form.use === 'firstUse' && (
        <Choices
          label={t.access.firstUseLabel}
          value={String(form.firstUseHours)}
          options={firstUseHours.map((hours) => ({
            value: String(hours),
            label: f.number(hours),
          }))}
          onChoose={(hours) => onChange({ firstUseHours: Number(hours) })}
          layout="even"
        />
      )}
      <div class="stack-tight">
        {form.meaning !== null && (
          <p class="window-line">
            <Icon name="history" small />
            <span>
              <TermsWords terms={form.meaning} nowMs={nowMs} />
            </span>
          </p>
        )}
        {form.zoneDiffers && <p class="field-hint">{t.access.zoneNote(form.timeZone)}</p>}
      </div>
    </>
  )
}
