import './week.css'
import { daysOfWeek } from '@mortise/access'
import { useId } from 'preact/hooks'
import { Button, IconButton } from '#app/design/button.tsx'
import { Field } from '#app/design/field.tsx'
import { WeekView } from '#app/screens/access/week-view.tsx'
import { judgeWeek, usualRow, weekRowsMax } from '#app/state/model/access/week.ts'
import { pictureOf } from '#app/state/model/access/week-picture.ts'
import type { WeekRow } from '#app/state/model/access/week.ts'
import { useWords } from '#app/texts/words-context.ts'

interface WeekFieldsProps {
  readonly rows: readonly WeekRow[]
  readonly onChange: (rows: readonly WeekRow[]) => void
}

/** Hours of the week: some days and their hours, as many times as needed, and the week that they make. */
export function WeekFields({ rows, onChange }: WeekFieldsProps) {
  const { t } = useWords()
  const week = judgeWeek(rows)
  const replace = (at: number, row: WeekRow): void =>
    onChange(rows.map((each, index) => (index === at ? row : each)))
  return (
    <fieldset class="week-fields">
      <legend class="unseen">{t.access.weekLabel}</legend>
      {rows.map((row, index) => (
        <WeekRowFields
          key={index}
          row={row}
          onChange={(changed) => replace(index, changed)}
          onRemove={
            rows.length > 1 ? () => onChange(rows.filter((_, at) => at !== index)) : undefined
          }
        />
      ))}
      {rows.length < weekRowsMax && (
        <Button kind="plain" icon="plus" onClick={() => onChange([...rows, nextRow(rows)])}>
          {t.access.moreHours}
        </Button>
      )}
      {typeof week !== 'string' && <WeekView days={pictureOf(week)} />}
    </fieldset>
  )
}

/** The days that no row has yet: who adds hours means other days. */
function nextRow(rows: readonly WeekRow[]): WeekRow {
  const taken = new Set(rows.flatMap(({ days }) => days))
  return { ...usualRow, days: daysOfWeek.filter((day) => !taken.has(day)) }
}

interface WeekRowFieldsProps {
  readonly row: WeekRow
  readonly onChange: (row: WeekRow) => void
  readonly onRemove: (() => void) | undefined
}

function WeekRowFields({ row, onChange, onRemove }: WeekRowFieldsProps) {
  const { t } = useWords()
  return (
    <div class="week-row">
      <DayChoices days={row.days} onChange={(days) => onChange({ ...row, days })} />
      <div class="week-times">
        <Field
          label={t.access.fromLabel}
          type="time"
          value={row.from}
          onInput={(from) => onChange({ ...row, from })}
        />
        <Field
          label={t.access.untilLabel}
          type="time"
          value={row.until}
          onInput={(until) => onChange({ ...row, until })}
        />
      </div>
      {onRemove && (
        <div class="week-remove">
          <IconButton icon="trash" label={t.access.lessHours} onClick={onRemove} />
        </div>
      )}
    </div>
  )
}

interface DayChoicesProps {
  readonly days: readonly number[]
  readonly onChange: (days: readonly number[]) => void
}

/** Check boxes that look like a week: each is reached and pressed by itself. */
function DayChoices({ days, onChange }: DayChoicesProps) {
  const { t, f } = useWords()
  const name = useId()
  const toggled = (day: number): readonly number[] =>
    daysOfWeek.filter((each) => (each === day) !== days.includes(each))
  return (
    <fieldset class="choices">
      <legend class="field-label">{t.access.daysLabel}</legend>
      <div class="week-days">
        {daysOfWeek.map((day) => (
          <label key={day} class="choice">
            <input
              class="choice-input"
              type="checkbox"
              name={name}
              checked={days.includes(day)}
              onChange={() => onChange(toggled(day))}
            />
            <span class="choice-face">{f.weekday(day)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
