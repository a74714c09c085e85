import { minutesPerDay } from '@mortise/access'
import type { HolidaySchedule } from '@mortise/protocol/words'
import { CliError } from '#cli/errors.ts'
import type { Json } from '#cli/output/result.ts'
import { present } from '#cli/output/result.ts'
import { modeWords } from '#cli/texts/state.ts'

const epoch = Temporal.PlainDate.from('1970-01-01')

/**
 * Whole days of the door's calendar, the last one included.
 * @throws CliError `badTime`
 */
export function readDays(first: string, last: string) {
  const [start, end] = [dayOf(first), dayOf(last)]
  if (end < start) {
    throw new CliError('badTime', 'It would end before it begins', 'Write the first day first.')
  }
  return {
    startLocalMinute: start * minutesPerDay,
    endLocalMinute: (end + 1) * minutesPerDay - 1,
  }
}

/** Days since 1970-01-01. */
function dayOf(text: string): number {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    try {
      const days = Temporal.PlainDate.from(text).since(epoch, { largestUnit: 'day' }).days
      if (days >= 0) return days
    } catch (cause) {
      throw noDay(text, cause)
    }
  }
  throw noDay(text)
}

function noDay(text: string, cause?: unknown): CliError {
  return new CliError('badTime', `"${text}" is no day`, 'Write it as 2026-12-24.', cause)
}

/** The days of a holiday, and minutes where it does not begin or end with a day. */
export function daysText({ startLocalMinute, endLocalMinute }: HolidaySchedule): string {
  const [from, to] = [wall(startLocalMinute), wall(endLocalMinute)]
  const isWhole =
    startLocalMinute % minutesPerDay === 0 && (endLocalMinute + 1) % minutesPerDay === 0
  if (!isWhole) return `${minuteText(from)} to ${minuteText(to.add({ minutes: 1 }))}`
  const [first, last] = [from.toPlainDate(), to.toPlainDate()]
  return first.equals(last) ? first.toString() : `${first.toString()} to ${last.toString()}`
}

export function holidayText(holiday: HolidaySchedule): string {
  const { name, operatingMode } = holiday
  const mode = operatingMode === undefined ? '' : `  mode ${modeWords[operatingMode]}`
  return `${daysText(holiday)}  ${name}${mode}`
}

/** Wall times at the door; the end is not included. */
export function holidayJson(holiday: HolidaySchedule): Json {
  return present({
    name: holiday.name,
    from: minuteText(wall(holiday.startLocalMinute)),
    until: minuteText(wall(holiday.endLocalMinute + 1)),
    operatingMode: holiday.operatingMode,
  })
}

function wall(minutes: number): Temporal.PlainDateTime {
  return epoch.toPlainDateTime().add({ minutes })
}

function minuteText(time: Temporal.PlainDateTime): string {
  return time.toString({ smallestUnit: 'minute' })
}
