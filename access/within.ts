import { roles } from '@mortise/protocol/words'
import type { User, WeekDaySchedule, YearDaySchedule } from '@mortise/protocol/words'
import { sameContent } from '#access/same-content.ts'
import {
  credentialRuleOf,
  credentialsWanted,
  offlineHoursOf,
  useLimitOf,
  userTypeOf,
} from '#access/rules.ts'

/**
 * Whether `inner` may open only when, and at most as `outer` may: no verb, no minute and no shortcut
 * that `outer` does not have. Careful rather than clever: it may say no to what would be within,
 * and never yes to what is not.
 */
export function isWithin(inner: User, outer: User): boolean {
  return (
    inner.verbs.every((verb) => outer.verbs.includes(verb)) &&
    isValidityWithin(inner, outer) &&
    isTypeWithin(inner, outer) &&
    areSchedulesWithin(inner, outer) &&
    areLimitsWithin(inner, outer)
  )
}

function isValidityWithin(inner: User, outer: User): boolean {
  if (outer.validity === undefined) return true
  if (inner.validity === undefined) return false
  return (
    inner.validity.notBeforeMs >= outer.validity.notBeforeMs &&
    inner.validity.notAfterMs <= outer.validity.notAfterMs
  )
}

/** A type that restricts its person restricts whoever is within them in the same way, or in none at all. */
function isTypeWithin(inner: User, outer: User): boolean {
  switch (userTypeOf(outer)) {
    case 'unrestrictedUser':
    case 'programmingUser':
    case 'forcedUser':
      return true
    case 'weekDayScheduleUser':
    case 'yearDayScheduleUser':
    case 'scheduleRestrictedUser':
    case 'remoteOnlyUser':
      return userTypeOf(inner) === userTypeOf(outer)
    case 'nonAccessUser':
      return userTypeOf(inner) === 'nonAccessUser'
    case 'disposableUser':
    case 'expiringUser':
      // What is left of a use or of an hour cannot be shared out.
      return false
  }
}

function areSchedulesWithin(inner: User, outer: User): boolean {
  return (
    isCovered(inner.weekDaySchedules, outer.weekDaySchedules, isWeekDayWithin) &&
    isCovered(inner.yearDaySchedules, outer.yearDaySchedules, isYearDayWithin) &&
    (outer.holidayRule === undefined ||
      outer.holidayRule === 'asUsual' ||
      inner.holidayRule === outer.holidayRule) &&
    (outer.afterHousehold === undefined || inner.afterHousehold === true)
  )
}

/** Every window of the inner lies in one of the outer; windows that only together cover it count as not. */
function isCovered<Schedule>(
  inner: readonly Schedule[] | undefined,
  outer: readonly Schedule[] | undefined,
  within: (one: Schedule, other: Schedule) => boolean,
): boolean {
  if (outer === undefined) return true
  return inner?.every((one) => outer.some((other) => within(one, other))) ?? false
}

function isWeekDayWithin(inner: WeekDaySchedule, outer: WeekDaySchedule): boolean {
  if ((inner.daysMask & ~outer.daysMask) !== 0) return false
  return inner.startMinute >= outer.startMinute && endOf(inner) <= endOf(outer)
}

/** Past midnight the minutes count on, as both windows belong to the day on which they start. */
function endOf({ startMinute, endMinute }: WeekDaySchedule): number {
  return endMinute < startMinute ? endMinute + 24 * 60 : endMinute
}

function isYearDayWithin(inner: YearDaySchedule, outer: YearDaySchedule): boolean {
  return (
    inner.startLocalMinute >= outer.startLocalMinute && inner.endLocalMinute <= outer.endLocalMinute
  )
}

function areLimitsWithin(inner: User, outer: User): boolean {
  return (
    credentialsWanted[credentialRuleOf(inner)] >= credentialsWanted[credentialRuleOf(outer)] &&
    isAtMost(useLimitOf(inner), useLimitOf(outer)) &&
    isAtMost(offlineHoursOf(inner), offlineHoursOf(outer))
  )
}

/** Undefined is no limit. */
function isAtMost(inner: number | undefined, outer: number | undefined): boolean {
  return (inner ?? Infinity) <= (outer ?? Infinity)
}

/**
 * Whether `one` may do anything, or at any time, that `other` may not: who gains by taking the
 * place of `other`. Errs on the side of saying so.
 */
export function reachesBeyond(one: User, other: User): boolean {
  if (one.userStatus !== 'occupiedEnabled') return false
  if (other.userStatus !== 'occupiedEnabled') return true
  if (roles.indexOf(one.role) < roles.indexOf(other.role)) return true
  return !isWithin(one, other) || !sameContent(one.delegation, other.delegation)
}
