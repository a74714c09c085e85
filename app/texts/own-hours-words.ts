import { expiresAtMs } from '@mortise/access'
import type { OwnMoment } from '@mortise/keyholder'
import type { OwnAccess, YearDaySchedule } from '@mortise/protocol/words'
import { instantOf } from '#app/time/wall-time.ts'
import { weekWords } from '#app/texts/terms-words.ts'
import type { Words } from '#app/texts/words-context.ts'

const minuteMs = 60_000

/** Whether the door opens for this person, and when that changes. */
export function ownMomentWords(
  { opens, changesAtMs }: OwnMoment,
  { t, f }: Words,
  nowMs: number,
): string {
  const words = t.access.ownHours
  if (changesAtMs === undefined) return opens ? words.open : words.shut
  const moment = f.moment(changesAtMs, nowMs)
  return opens ? words.openUntil(moment) : words.opensAt(moment)
}

/** Hours and counts in short: "Mon–Fri 08:00 – 17:00 · 3 left". */
export function ownHoursWords(access: OwnAccess, words: Words, nowMs: number): string {
  const { t, f } = words
  const own = t.access.ownHours
  const { weekDaySchedules, yearDaySchedules, quietHours, useLimit, uses = 0 } = access
  const { expiringUserTimeout, afterHousehold } = access
  const expiresMs = expiresAtMs(access, access)
  return [
    ...(weekDaySchedules === undefined ? [] : [weekWords(weekDaySchedules, words)]),
    ...(yearDaySchedules === undefined ? [] : [stretches(yearDaySchedules, access, words, nowMs)]),
    ...holidayWords(access, words, nowMs),
    ...(quietHours === undefined ? [] : [own.quiet(weekWords(quietHours, words))]),
    ...(useLimit === undefined ? [] : [own.usesLeft(f.number(Math.max(0, useLimit - uses)))]),
    ...(expiringUserTimeout === undefined
      ? []
      : expiresMs === undefined
        ? [t.access.fromFirstUse(f.left(expiringUserTimeout * minuteMs))]
        : [own.firstUseEnds(f.moment(expiresMs, nowMs))]),
    ...(afterHousehold === undefined ? [] : [own.afterHousehold]),
  ].join(' · ')
}

function holidayWords(access: OwnAccess, words: Words, nowMs: number): readonly string[] {
  const { holidayRule = 'asUsual', holidays = [] } = access
  if (holidayRule === 'asUsual') return []
  const { holidays: rules, noHolidays } = words.t.access.ownHours
  if (holidays.length === 0) return holidayRule === 'onlyThen' ? [noHolidays] : []
  return [rules[holidayRule](stretches(holidays, access, words, nowMs))]
}

/** In the door's time zone, as both ends are kept. */
function stretches(
  spans: readonly YearDaySchedule[],
  { timeZone }: OwnAccess,
  { f }: Words,
  nowMs: number,
): string {
  const instant = (localMinute: number): number =>
    instantOf(new Date(localMinute * minuteMs).toISOString().slice(0, 16), timeZone) ?? 0
  const ahead = spans
    .map(({ startLocalMinute, endLocalMinute }) => ({
      fromMs: instant(startLocalMinute),
      untilMs: instant(endLocalMinute + 1),
    }))
    .filter(({ untilMs }) => untilMs > nowMs)
  return f.list(ahead.map(({ fromMs, untilMs }) => f.span(fromMs, untilMs, nowMs)))
}
