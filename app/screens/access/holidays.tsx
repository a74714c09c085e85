import { operatingModes } from '@mortise/protocol/words'
import { Button, IconButton } from '#app/design/button.tsx'
import { Choices, Field, Problem } from '#app/design/field.tsx'
import { Form } from '#app/design/form.tsx'
import { Card, Empty, Mark, Row } from '#app/design/list.tsx'
import type {
  HolidayFormView,
  HolidayProblem,
  RulesCallbacks,
  RulesView,
} from '#app/state/model/access/rules-view.ts'
import { flawWords } from '#app/texts/flaw-words.ts'
import { useWords } from '#app/texts/words-context.ts'

interface HolidaysProps {
  readonly rules: RulesView
  readonly on: RulesCallbacks
}

/** The days that people's hours can except; owners add and remove them. */
export function Holidays({ rules: { holidays, mayChange }, on }: HolidaysProps) {
  const { t, f } = useWords()
  const { rules } = t.access
  return (
    <>
      <Card>
        {holidays.length === 0 ? (
          <Empty icon="history" title={rules.noHolidays} note={rules.noHolidaysAdvice} />
        ) : (
          <ul>
            {holidays.map((holiday) => {
              const { name, startLocalMinute, endLocalMinute, operatingMode } = holiday
              const days = f.days(startLocalMinute, endLocalMinute)
              const mode =
                operatingMode === undefined ? [] : [rules.mode(t.door.modes[operatingMode])]
              return (
                <li key={`${startLocalMinute} ${endLocalMinute} ${name}`}>
                  <Row
                    mark={<Mark icon="history" />}
                    title={name}
                    note={[days, ...mode].join(' · ')}
                    {...(mayChange
                      ? {
                          end: (
                            <IconButton
                              icon="trash"
                              label={rules.removeHoliday(name)}
                              onClick={() => on.onRemoveHoliday(holiday)}
                            />
                          ),
                        }
                      : {})}
                  />
                </li>
              )
            })}
          </ul>
        )}
      </Card>
      {mayChange ? (
        <Button icon="plus" wide onClick={on.onAddHoliday}>
          {rules.addHoliday}
        </Button>
      ) : (
        <p class="field-hint">{rules.onlyOwners}</p>
      )}
    </>
  )
}

/** A holiday in normal mode is a day as usual. */
const holidayModes = operatingModes.filter((mode) => mode !== 'normal')

const nameProblems: readonly HolidayProblem[] = ['nameMissing', 'nameTooLong']

interface HolidayFormProps {
  readonly form: HolidayFormView
  readonly on: RulesCallbacks
}

/** Whole days, the last one included, as calendars have them. */
export function HolidayForm({ form, on }: HolidayFormProps) {
  const words = useWords()
  const { t } = words
  const { rules } = t.access
  const { problem, flaw } = form
  const text = problem === null ? undefined : rules.holidayProblems[problem]
  const isOfName = problem !== null && nameProblems.includes(problem)
  return (
    <Form onSubmit={on.onReviewHoliday}>
      <Field
        label={rules.holidayName}
        placeholder={rules.holidayPlaceholder}
        value={form.name}
        problem={isOfName ? text : undefined}
        onInput={(name) => on.onHolidayForm({ name })}
      />
      <div class="stack-tight">
        <Field
          label={rules.firstDay}
          type="date"
          value={form.first}
          onInput={(first) => on.onHolidayForm({ first })}
        />
        <Field
          label={rules.lastDay}
          type="date"
          value={form.last}
          onInput={(last) => on.onHolidayForm({ last })}
        />
      </div>
      <Choices
        label={rules.modeLabel}
        value={form.mode}
        options={[
          { value: 'asUsual', label: rules.asUsual },
          ...holidayModes.map((mode) => ({ value: mode, label: t.door.modes[mode] })),
        ]}
        onChoose={(mode) => on.onHolidayForm({ mode })}
      />
      <Problem text={isOfName ? undefined : (text ?? flawWords(flaw, words))} />
      <Button kind="primary" wide submit>
        {t.access.review}
      </Button>
    </Form>
  )
}
