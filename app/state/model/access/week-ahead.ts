import { minutesPerDay } from '@mortise/access'
import type { TimeSpan } from '@mortise/keyholder'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import { joined } from '#app/state/model/access/week-picture.ts'
import { addDays, instantOf, wallTimeOf, weekdayOf } from '#app/time/wall-time.ts'

const daysShown = 7

/**
 * Seven days at the door from today on, each with the hours that `spansIn` finds in it, as the wall
 * clock shows them: on a night in which the clocks change, by the hours before and after the change.
 */
export function daysAhead(
  nowMs: number,
  timeZone: string,
  spansIn: (span: TimeSpan) => readonly TimeSpan[],
): readonly WeekDay[] {
  const midnight = `${wallTimeOf(nowMs, timeZone).slice(0, 10)}T00:00`
  const midnights = Array.from({ length: daysShown + 1 }, (_, days) => addDays(midnight, days))
  const starts = midnights.map((wallTime) => instantOf(wallTime, timeZone) ?? nowMs)
  const spans = spansIn({ fromMs: starts[0] ?? nowMs, toMs: starts[daysShown] ?? nowMs })
  return midnights.slice(0, daysShown).map((wallTime, index) => {
    const day = { fromMs: starts[index] ?? nowMs, toMs: starts[index + 1] ?? nowMs }
    return { day: weekdayOf(wallTime), spans: joined(spansOfDay(spans, day, timeZone)) }
  })
}

function spansOfDay(spans: readonly TimeSpan[], day: TimeSpan, timeZone: string) {
  return spans
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, day.fromMs),
      toMs: Math.min(toMs, day.toMs),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs)
    .map(({ fromMs, toMs }) => ({
      from: minuteOfDay(fromMs, timeZone),
      to: toMs === day.toMs ? minutesPerDay : minuteOfDay(toMs, timeZone),
    }))
}

function minuteOfDay(atMs: number, timeZone: string): number {
  const [hours = 0, minutes = 0] = wallTimeOf(atMs, timeZone).slice(11).split(':').map(Number)
  return hours * 60 + minutes
}
