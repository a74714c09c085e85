import { dayRunsOf, minutesPerDay } from '@mortise/access'
import type { WeekDaySchedule } from '@mortise/protocol/words'
import type { PersonTerms, VisitTerms } from '#app/state/model/access/visit-terms.ts'
import type { DaySpan } from '#app/state/model/access/week-picture.ts'
import { rulesWords } from '#app/texts/person-rules-words.ts'
import type { Words } from '#app/texts/words-context.ts'

const minuteMs = 60_000
const everyDay = 0b111_1111

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
    ...rulesWords(terms.rules, { t, f }),
    ...('more' in terms && terms.more ? [t.access.moreRules] : []),
  ]
  const isTimed = window !== null || weekly.length > 0 || terms.rules.scope === 'nothing'
  return (isTimed ? parts : [t.access.always, ...parts]).join(' · ')
}

function useWords(use: VisitTerms['use'], { t, f }: Words): readonly string[] {
  switch (use.kind) {
    case 'any':
      return []
    case 'times':
      return [use.count === 1 ? t.access.once : t.access.times(f.number(use.count))]
    case 'firstUse':
      return [t.access.fromFirstUse(f.left(use.minutes * minuteMs))]
  }
}

/** Hours of the week: "Mon–Fri 08:00 – 18:00". */
export function weekWords(weekly: readonly WeekDaySchedule[], words: Words): string {
  return weekly.map((schedule) => scheduleWords(schedule, words)).join(', ')
}

function scheduleWords({ daysMask, startMinute, endMinute }: WeekDaySchedule, words: Words) {
  return `${dayWords(daysMask, words)} ${spanWords({ from: startMinute, to: endMinute + 1 }, words)}`
}

/** "08:00 – 18:00", or that it is the whole day. */
export function spanWords({ from, to }: DaySpan, { t, f }: Words): string {
  const isWhole = from === 0 && to === minutesPerDay
  return isWhole ? t.access.allDay : t.access.daySpan(f.clock(from), f.clock(to % minutesPerDay))
}

/** Days that follow each other are one range: "Mon–Wed, Sat". */
function dayWords(daysMask: number, { t, f }: Words): string {
  if (daysMask === everyDay) return t.access.daily
  return dayRunsOf(daysMask)
    .map(({ first, last }) =>
      first === last ? f.weekday(first) : t.access.dayRange(f.weekday(first), f.weekday(last)),
    )
    .join(', ')
}
