import type { ComponentChildren } from 'preact'
import { Button } from '#app/design/button.tsx'
import { Choices, Field, ManyChoices, Problem } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { WeekFields } from '#app/screens/access/week-fields.tsx'
import { quietRoles } from '#app/state/model/access/rule-form.ts'
import type { RuleFormView, RulesCallbacks } from '#app/state/model/access/rules-view.ts'
import { flawWords } from '#app/texts/flaw-words.ts'
import { choiceWords } from '#app/texts/rule-words.ts'
import { useWords } from '#app/texts/words-context.ts'
import { timeZones } from '#app/time/time-zones.ts'

interface RuleFormProps {
  readonly form: RuleFormView
  readonly on: RulesCallbacks
}

/** One rule of the door, to be changed and looked at before it is signed. */
export function RuleForm({ form, on }: RuleFormProps) {
  const { t } = useWords()
  return (
    <Form onSubmit={on.onReviewRule}>
      <p class="quiet">{t.access.rules.notes[form.setting]}</p>
      <RuleFieldOf form={form} on={on} />
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </Form>
  )
}

function RuleFieldOf(props: RuleFormProps): ComponentChildren {
  const words = useWords()
  const { rules } = words.t.access
  const { form, on } = props
  const problem = form.problem === null ? flawWords(form.flaw, words) : rules.problems[form.problem]
  const label = rules.titles[form.setting]
  switch (form.field) {
    case 'text':
      return (
        <Field
          label={label}
          value={form.text}
          problem={problem}
          onInput={(text) => on.onRuleForm({ text })}
        />
      )
    case 'zone':
      return <ZoneField {...props} problem={problem} />
    case 'choice':
      return (
        <>
          <Choices
            label={label}
            value={form.text}
            options={form.options.map((value) => ({
              value,
              label: choiceWords(form.setting, value, words),
            }))}
            onChoose={(text) => on.onRuleForm({ text })}
          />
          <Problem text={problem} />
        </>
      )
    case 'hours':
      return <HoursFields {...props} problem={problem} />
  }
}

interface ProblemProps extends RuleFormProps {
  readonly problem: string | undefined
}

function ZoneField({ form, on, problem }: ProblemProps) {
  const { rules } = useWords().t.access
  return (
    <>
      <Field
        label={rules.titles.timeZone}
        value={form.text}
        problem={problem}
        suggestions={timeZones()}
        onInput={(text) => on.onRuleForm({ text })}
      />
      {form.text !== form.phoneZone && (
        <Button kind="plain" icon="phone" onClick={() => on.onRuleForm({ text: form.phoneZone })}>
          {rules.phoneZone(form.phoneZone)}
        </Button>
      )}
    </>
  )
}

const switches = ['off', 'on'] as const

function HoursFields({ form, on, problem }: ProblemProps) {
  const { t } = useWords()
  const { rules } = t.access
  // A door always has a night; it may have no quiet hours.
  const isAlways = form.setting === 'nightHours'
  return (
    <>
      {!isAlways && (
        <Choices
          label={rules.titles[form.setting]}
          hideLabel
          layout="even"
          value={form.on ? 'on' : 'off'}
          options={switches.map((value) => ({
            value,
            label: value === 'on' ? rules.hoursOn : rules.hoursOff,
          }))}
          onChoose={(value) => on.onRuleForm({ on: value === 'on' })}
        />
      )}
      {(form.on || isAlways) && (
        <WeekFields rows={form.week} onChange={(week) => on.onRuleForm({ week })} />
      )}
      {form.on && form.setting === 'quietHours' && (
        <ManyChoices
          label={rules.rolesLabel}
          values={form.roles}
          options={quietRoles.map((value) => ({ value, label: t.access.roles[value] }))}
          onChoose={(roles) => on.onRuleForm({ roles })}
        />
      )}
      <Problem text={problem} />
    </>
  )
}
