import type { WeekDaySchedule } from '@mortise/protocol/words'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import { usualRules } from '#app/state/model/access/usual-rules.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'

/** How often somebody may come. */
export type VisitUse =
  | { readonly kind: 'any' }
  | { readonly kind: 'times'; readonly count: number }
  | { readonly kind: 'firstUse'; readonly minutes: number }

/** When and how often somebody may come, and under which rules, as the app's forms can say it. */
export interface VisitTerms {
  /** From when until when; `null` is always. */
  readonly window: VisitWindow | null
  /** Hours of the week, at the door; none are all hours. */
  readonly weekly: readonly WeekDaySchedule[]
  readonly use: VisitUse
  readonly rules: PersonRules
}

/** The same of somebody in the list, whose hours may be such that no form here can say them. */
export interface PersonTerms extends VisitTerms {
  readonly more: boolean
}

export const noTerms: VisitTerms = {
  window: null,
  weekly: [],
  use: { kind: 'any' },
  rules: usualRules,
}

/** Whether two terms say the same. */
export function sameTerms(one: VisitTerms, other: VisitTerms): boolean {
  const plain = ({ window, weekly, use }: VisitTerms): string =>
    JSON.stringify([
      window === null ? null : [window.fromMs, window.untilMs],
      weekly.map(({ daysMask, startMinute, endMinute }) => [daysMask, startMinute, endMinute]),
      [use.kind, use.kind === 'times' ? use.count : use.kind === 'firstUse' ? use.minutes : 0],
    ])
  return plain(one) === plain(other) && sameRules(one.rules, other.rules)
}

/** Whether two say the same of what holds beside the times. */
export function sameRules(one: PersonRules, other: PersonRules): boolean {
  const plain = (rules: PersonRules): string =>
    JSON.stringify([
      [rules.scope, rules.credentialRule, rules.holidayRule],
      [rules.afterHousehold, rules.maxOfflineHours],
    ])
  return plain(one) === plain(other)
}
