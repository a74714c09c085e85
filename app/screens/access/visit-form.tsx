import { Choices, Field, Problem } from '#app/design/field.tsx'
import { Icon } from '#app/design/icon.tsx'
import { PersonForm, useProblemAt } from '#app/screens/access/person-form.tsx'
import { PersonRulesFields } from '#app/screens/access/person-rules-fields.tsx'
import { TermsWords } from '#app/screens/access/access-time.tsx'
import { WeekFields } from '#app/screens/access/week-fields.tsx'
import type {
  AccessCallbacks,
  VisitFormChange,
  VisitFormView,
} from '#app/state/model/access/access-view.ts'
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
      <VisitTimes form={form} label={t.access.whenLabel} onChange={on.onVisitForm} />
      <PersonRulesFields form={form} onChange={on.onVisitForm} />
      <Meaning form={form} nowMs={nowMs} />
    </PersonForm>
  )
}

interface TimesProps {
  readonly form: VisitFormView
  readonly onChange: (change: VisitFormChange) => void
}

/** When and how often somebody may come, in the door's own hours. */
export function VisitTimes({ form, label, onChange }: TimesProps & { readonly label: string }) {
  const { t } = useWords()
  const { bounds } = form
  const problem = useProblemAt(form.problem)('when')
  const hints = bounds === null ? [] : [t.access.personRules.endNeeded]
  const limit = bounds?.delegation ?? null
  if (limit !== null) hints.push(t.access.personRules.limitNote(limit))
  return (
    <>
      <Choices
        label={label}
        value={form.preset}
        options={form.presets.map(({ value, allowed }) => ({
          value,
          label: t.access.presets[value],
          disabled: !allowed,
        }))}
        onChoose={(preset) => onChange({ preset })}
        {...(hints.length === 0 ? {} : { hint: hints.join(' ') })}
        {...(form.preset === 'custom' || form.preset === 'weekly' ? {} : { problem })}
      />
      {form.preset === 'custom' && (
        <SpanFields
          from={form.customFrom}
          until={form.customUntil}
          problem={problem}
          onFrom={(customFrom) => onChange({ customFrom })}
          onUntil={(customUntil) => onChange({ customUntil })}
        />
      )}
      {form.preset === 'weekly' && <WeeklyFields form={form} onChange={onChange} />}
      {form.uses.length > 0 && <UseFields form={form} onChange={onChange} />}
    </>
  )
}

interface SpanFieldsProps {
  readonly from: string
  readonly until: string
  readonly problem: string | undefined
  readonly onFrom: (time: string) => void
  readonly onUntil: (time: string) => void
}

function SpanFields({ from, until, problem, onFrom, onUntil }: SpanFieldsProps) {
  const { t } = useWords()
  return (
    <div class="stack-tight">
      <Field label={t.access.fromLabel} type="datetime-local" value={from} onInput={onFrom} />
      <Field
        label={t.access.untilLabel}
        type="datetime-local"
        value={until}
        onInput={onUntil}
        problem={problem}
      />
    </div>
  )
}

const spans = ['endless', 'spanned'] as const

/** Hours of the week, for good or for some weeks. */
function WeeklyFields({ form, onChange }: TimesProps) {
  const { t } = useWords()
  const problemAt = useProblemAt(form.problem)
  const problem = problemAt('when')
  return (
    <>
      <div class="stack-tight">
        <WeekFields rows={form.week} onChange={(week) => onChange({ week })} />
        <Problem text={problemAt('week')} />
      </div>
      <Choices
        label={t.access.spanLabel}
        layout="even"
        value={form.spanned ? 'spanned' : 'endless'}
        options={spans.map((value) => ({
          value,
          label: t.access.spans[value],
          disabled: value === 'endless' && form.bounds !== null,
        }))}
        onChoose={(value) => onChange({ spanned: value === 'spanned' })}
        {...(form.spanned ? {} : { problem })}
      />
      {form.spanned && (
        <SpanFields
          from={form.spanFrom}
          until={form.spanUntil}
          problem={problem}
          onFrom={(spanFrom) => onChange({ spanFrom })}
          onUntil={(spanUntil) => onChange({ spanUntil })}
        />
      )}
    </>
  )
}

function UseFields({ form, onChange }: TimesProps) {
  const { t, f } = useWords()
  const problem = useProblemAt(form.problem)('use')
  return (
    <>
      <Choices
        label={t.access.useLabel}
        layout="grid"
        value={form.use}
        options={form.uses.map((use) => ({ value: use, label: t.access.uses[use] }))}
        onChoose={(use) => onChange({ use })}
      />
      {form.use === 'times' && (
        <Field
          label={t.access.timesLabel}
          type="number"
          value={form.times}
          onInput={(times) => onChange({ times })}
          problem={problem}
        />
      )}
      {form.use === 'firstUse' && (
        <Choices
          label={t.access.firstUseLabel}
          value={String(form.firstUseHours)}
          options={form.firstUseOptions.map((hours) => ({
            value: String(hours),
            label: f.number(hours),
          }))}
          onChoose={(hours) => onChange({ firstUseHours: Number(hours) })}
          layout="even"
        />
      )}
    </>
  )
}

/** What all of it comes to, in one line. */
export function Meaning({ form, nowMs }: { form: VisitFormView; nowMs: number }) {
  const { t } = useWords()
  return (
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
  )
}
