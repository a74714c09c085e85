import './week.css'
import { minutesPerDay } from '@mortise/access'
import { classNames } from '#app/design/class-names.ts'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import { spanWords } from '#app/texts/terms-words.ts'
import { useWords } from '#app/texts/words-context.ts'

interface WeekViewProps {
  readonly days: readonly WeekDay[]
  /** The first day is today. */
  readonly today?: boolean
}

/** Seven days as bars of twenty-four hours, with the hours in words beside them. */
export function WeekView({ days, today = false }: WeekViewProps) {
  const words = useWords()
  const { t, f } = words
  return (
    <ul class="week">
      {days.map(({ day, spans }, index) => (
        <li key={day} class={classNames('week-day', today && index === 0 && 'week-today')}>
          <span class="week-name">{f.weekday(day)}</span>
          <span class="week-bar" aria-hidden="true">
            {spans.map(({ from, to }) => (
              <span
                key={from}
                class="week-span"
                style={{
                  insetInlineStart: percent(from),
                  width: percent(to - from),
                }}
              />
            ))}
          </span>
          <span class="week-hours">
            {spans.length === 0
              ? t.access.weekNone
              : spans.map((span) => (
                  <span key={span.from} class="week-hour">
                    {spanWords(span, words)}
                  </span>
                ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

function percent(minutes: number): string {
  return `${(minutes / minutesPerDay) * 100}%`
}
