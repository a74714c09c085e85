import type { WeekDaySchedule } from '@mortise/protocol/words'
import type { PersonTerms, VisitTerms } from '#app/state/model/access/visit-terms.ts'
import { daysOfWeek } from '#app/state/model/access/week.ts'
import type { DaySpan } from '#app/state/model/access/week-picture.ts'
import type { Words } from '#app/texts/words-context.ts'

const hourMs = 3_600_000
const minutesPerDay = 1440

/** When and how often somebody may come, in short: "Mon–Fri 08:00 – 18:00 · once". */
export function termsWords(
  terms: VisitTerms | PersonTerms,
  { t, f }: Words,
  nowMs: number,
): string {
  const { window, weekly, use } = terms
  const parts = [
    ...(window === null ? [] : [f.span(window.fromMs, window.untilMs, nowMs)]),
    ...(weekly.length === 0 ? [] : [weekWords(weekly, { t, f })]),
    ...useWords(use, { t, f }),
    ...('more' in terms && terms.more ? [t.access.moreRules] : []),
  ]
  const [first] = parts
  const isLimited = window !== null || weekly.length > 0
  if (first === undefined) return t.access.always
  return (isLimited ? parts : [t.access.always, ...parts]).join(' · ')
}

function useWords(use: VisitTerms['use'], { t, f }: Words): readonly string[] {
  switch (use.kind) {
    case 'any':
      return []
    case 'times':
      return [use.count === 1 ? t.access.once : t.access.times(f.number(use.count))]
    case 'firstUse':
      return [t.access.fromFirstUse(f.left((use.minutes / 60) * hourMs))]
  }
}

function weekWords(weekly: readonly WeekDaySchedule[], words: Words): string {
  return weekly.map((schedule) => scheduleWords(schedule, words)).join(', ')
}

function scheduleWords({ daysMask, startMinute, endMinute }: WeekDaySchedule, words: Words) {
  const to = (endMinute + 1) % minutesPerDay
  const hours = spanWords({ from: startMinute, to: to === 0 ? minutesPerDay : to }, words)
  return `${dayWords(daysMask, words)} ${hours}`
}

/** "08:00 – 18:00", or that it is the whole day. */
export function spanWords({ from, to }: DaySpan, { t, f }: Words): string {
  const isWhole = from === 0 && to === minutesPerDay
  return isWhole ? t.access.allDay : t.access.daySpan(f.clock(from), f.clock(to % minutesPerDay))
}

/** Days that follow each other are one range: "Mon–Wed, Sat". */
function dayWords(daysMask: number, { t, f }: Words): string {
  const ranges: { first: number; last: number }[] = []
  for (const [place, day] of daysOfWeek.entries()) {
    if ((daysMask & (1 << day)) === 0) continue
    const current = ranges.at(-1)
    if (current?.last === place - 1) current.last = place
    else ranges.push({ first: place, last: place })
  }
  if (ranges[0]?.first === 0 && ranges[0].last === daysOfWeek.length - 1) return t.access.daily
  const name = (place: number): string => f.weekday(daysOfWeek[place] ?? 0)
  return ranges
    .map(({ first, last }) =>
      first === last ? name(first) : t.access.dayRange(name(first), name(last)),
    )
    .join(', ')
}
