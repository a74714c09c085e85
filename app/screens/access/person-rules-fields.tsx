import { Choices } from '#app/design/field.tsx'
import { Fold } from '#app/design/fold.tsx'
import { Notice } from '#app/design/notice.tsx'
import { useProblemAt } from '#app/screens/access/person-form.tsx'
import type { VisitFormChange, VisitFormView } from '#app/state/model/access/access-view.ts'
import type { PersonRule } from '#app/state/model/access/person-rules.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import type { RuleOption, RulesFieldsView } from '#app/state/model/access/person-rules-view.ts'
import { usualRules } from '#app/state/model/access/usual-rules.ts'
import { offlineWords, rulesWords } from '#app/texts/person-rules-words.ts'
import { useWords } from '#app/texts/words-context.ts'
import type { Words } from '#app/texts/words-context.ts'

interface PersonRulesFieldsProps {
  readonly form: VisitFormView
  readonly onChange: (change: VisitFormChange) => void
}

/** The rules that few people need, folded away under what they come to. */
export function PersonRulesFields({ form, onChange }: PersonRulesFieldsProps) {
  const words = useWords()
  const { personRules } = words.t.access
  const { rules: view } = form
  const problem = useProblemAt(form.problem)('rules')
  if (view.asked.length === 0) return null
  const short = rulesWords(view.rules, words)
  const onRule = (rule: Partial<PersonRules>): void =>
    onChange({ rules: { ...view.rules, ...rule } })
  return (
    <>
      <Fold
        title={personRules.fold}
        note={short.length === 0 ? personRules.foldNone : short.join(' · ')}
        held={problem !== undefined}
      >
        {view.asked.map((rule) => (
          <RuleChoices key={rule} rule={rule} view={view} problem={problem} onRule={onRule} />
        ))}
      </Fold>
      {view.wayTrouble !== null && (
        <Notice
          tone="warm"
          icon="warning"
          title={personRules.wouldNotGetIn}
          note={personRules.troubleNote(view.wayTrouble)}
        />
      )}
    </>
  )
}

interface RuleChoicesProps {
  readonly rule: PersonRule
  readonly view: RulesFieldsView
  readonly problem: string | undefined
  readonly onRule: (rule: Partial<PersonRules>) => void
}

function RuleChoices({ rule, view, problem, onRule }: RuleChoicesProps) {
  const words = useWords()
  const { personRules: t } = words.t.access
  const { rules } = view
  switch (rule) {
    case 'scope':
      return (
        <Choices
          label={t.scopeLabel}
          layout="grid"
          value={rules.scope}
          options={optionsOf(view.scopes, (scope) => t.scopes[scope])}
          hint={hintOf(t.scopeNotes[rules.scope], view.scopes, words)}
          problem={problem}
          onChoose={(scope) => onRule({ scope })}
        />
      )
    case 'credentialRule':
      return (
        <Choices
          label={t.waysLabel}
          layout="even"
          value={rules.credentialRule}
          options={optionsOf(view.credentialRules, (one) => t.ways[one])}
          hint={hintOf(waysNote(view, words), view.credentialRules, words)}
          onChoose={(credentialRule) => onRule({ credentialRule })}
        />
      )
    case 'holidayRule':
      return (
        <Choices
          label={t.holidaysLabel}
          layout="even"
          value={rules.holidayRule}
          options={optionsOf(view.holidayRules, (one) => t.holidays[one])}
          hint={hintOf(holidaysNote(view, words), view.holidayRules, words)}
          onChoose={(holidayRule) => onRule({ holidayRule })}
        />
      )
    case 'afterHousehold':
      return (
        <Choices
          label={t.firstLabel}
          layout="even"
          value={rules.afterHousehold ? 'no' : 'yes'}
          options={view.afterHousehold.map(({ value, allowed }) => ({
            value: value ? 'no' : 'yes',
            label: value ? t.first.no : t.first.yes,
            disabled: !allowed,
          }))}
          hint={hintOf(t.firstNote, view.afterHousehold, words)}
          onChoose={(value) => onRule({ afterHousehold: value === 'no' })}
        />
      )
    case 'maxOfflineHours':
      return <OfflineChoices view={view} onRule={onRule} />
  }
}

type OfflineChoicesProps = Pick<RuleChoicesProps, 'view' | 'onRule'>

function OfflineChoices({ view, onRule }: OfflineChoicesProps) {
  const words = useWords()
  const { personRules: t } = words.t.access
  const { offlineUsual } = view
  return (
    <Choices
      label={t.offlineLabel}
      layout="grid"
      value={String(view.offlineNow)}
      options={view.offlineHours.map(({ value, allowed }) => ({
        value: String(value),
        label: offlineWords(value, words),
        disabled: !allowed,
      }))}
      hint={hintOf(t.offlineNote(offlineWords(offlineUsual, words)), view.offlineHours, words)}
      onChoose={(hours) => {
        const isUsual = Number(hours) === offlineUsual
        onRule({ maxOfflineHours: isUsual ? usualRules.maxOfflineHours : Number(hours) })
      }}
    />
  )
}

function optionsOf<Value extends string>(
  options: readonly RuleOption<Value>[],
  label: (value: Value) => string,
) {
  return options.map(({ value, allowed }) => ({ value, label: label(value), disabled: !allowed }))
}

/** What a rule means, and why some of it cannot be chosen. */
function hintOf(note: string, options: readonly RuleOption<unknown>[], { t }: Words): string {
  const isWhole = options.every(({ allowed }) => allowed)
  return isWhole ? note : `${note} ${t.access.personRules.notYours}`
}

function waysNote({ rules, faceRule }: RulesFieldsView, { t }: Words): string {
  const { waysNotes, faces } = t.access.personRules
  const note = waysNotes[rules.credentialRule]
  const isOne = rules.credentialRule === 'single'
  return faceRule === null || !isOne ? note : `${note} ${faces[faceRule]}`
}

function holidaysNote({ rules, holidays }: RulesFieldsView, { t, f }: Words): string {
  const { holidaysAre, noHolidays, onlyThenNever } = t.access.personRules
  if (holidays.length > 0) return holidaysAre(f.list(holidays))
  return rules.holidayRule === 'onlyThen' ? onlyThenNever : noHolidays
}
