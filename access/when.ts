import type { Reason, User } from '@mortise/protocol/words'
import type { PolicyView } from '#access/policy-view.ts'
import { offlineHoursOf, useLimitOf, userTypeOf } from '#access/rules.ts'
import { holidayAt, inAnyWeekDaySchedule, inAnyYearDaySchedule } from '#access/schedule.ts'
import type { Moment, Situation, Usage } from '#access/situation.ts'
import { localDayOf } from '#access/wall-clock.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** Looks at one thing; undefined when it is fine. */
export type Check = () => Reason | undefined

/** What time, use and the hub's silence may have against a person at this moment. */
export function timeChecks(view: PolicyView, user: User, situation: Situation): readonly Check[] {
  return [
    () => usageObjection(user, situation),
    () => validityObjection(user, situation.time),
    () => scheduleObjection(view, user, situation),
    () => expiryObjection(user, situation),
    () => offlineObjection(user, situation),
  ]
}

/** The span of time in which the person is somebody at this door at all. */
export function validityObjection({ validity }: User, time: Moment): Reason | undefined {
  if (validity === undefined) return undefined
  if (!time.certain) return 'timeUncertain'
  if (time.ms < validity.notBeforeMs) return 'notYetValid'
  if (time.ms >= validity.notAfterMs) return 'noLongerValid'
  return undefined
}

function usageObjection(user: User, situation: Situation): Reason | undefined {
  const limit = useLimitOf(user)
  if (limit === undefined) return undefined
  return situation.usageOf(user.id).uses >= limit ? 'usedUp' : undefined
}

function scheduleObjection(
  { policy }: PolicyView,
  user: User,
  { time, wallClock, householdOpenedMs }: Situation,
): Reason | undefined {
  const { quietHours } = policy.settings
  const isQuieted = quietHours !== undefined && quietHours.roles.includes(user.role)
  const { afterHousehold, holidayRule = 'asUsual' } = user
  if (!followsSchedules(user) && !isQuieted && !afterHousehold && holidayRule === 'asUsual') {
    return undefined
  }
  if (!time.certain) return 'timeUncertain'
  const localMinute = wallClock(time.ms)
  const isHoliday = holidayAt(policy.holidaySchedules, localMinute) !== undefined
  if (holidayRule === 'noAccess' && isHoliday) return 'holiday'
  if (holidayRule === 'onlyThen' && !isHoliday) return 'outsideSchedule'
  if (followsSchedules(user) && !isScheduled(user, localMinute)) return 'outsideSchedule'
  if (isQuieted && inAnyWeekDaySchedule(quietHours.schedules, localMinute)) return 'quietHours'
  if (afterHousehold === undefined) return undefined
  const openedToday =
    householdOpenedMs !== undefined &&
    localDayOf(wallClock(householdOpenedMs)) === localDayOf(localMinute)
  return openedToday ? undefined : 'beforeHousehold'
}

function followsSchedules(user: User): boolean {
  const type = userTypeOf(user)
  return (
    type === 'weekDayScheduleUser' ||
    type === 'yearDayScheduleUser' ||
    type === 'scheduleRestrictedUser'
  )
}

/** Matter 1.4.2 Application Clusters sections 5.2.6.18.2, .3 and .9: no schedule is no access. */
function isScheduled(user: User, localMinute: number): boolean {
  const { weekDaySchedules, yearDaySchedules } = user
  const inWeek = inAnyWeekDaySchedule(weekDaySchedules, localMinute)
  const inYear = inAnyYearDaySchedule(yearDaySchedules, localMinute)
  const type = userTypeOf(user)
  if (type === 'weekDayScheduleUser') return inWeek
  if (type === 'yearDayScheduleUser') return inYear
  if (weekDaySchedules === undefined) return inYear
  if (yearDaySchedules === undefined) return inWeek
  return inWeek && inYear
}

function expiryObjection(user: User, { time, usageOf }: Situation): Reason | undefined {
  if (userTypeOf(user) !== 'expiringUser' || user.expiringUserTimeout === undefined) {
    return undefined
  }
  if (!time.certain) return 'timeUncertain'
  const expiresMs = expiresAtMs(user, usageOf(user.id))
  return expiresMs !== undefined && time.ms >= expiresMs ? 'expired' : undefined
}

/**
 * When the time from the first use is over; undefined before the first use, and for everybody whose
 * time does not count from it. Matter 1.4.2 Application Clusters section 5.2.6.18.8.
 */
export function expiresAtMs(
  { expiringUserTimeout }: Pick<User, 'expiringUserTimeout'>,
  { firstUseMs }: Pick<Usage, 'firstUseMs'>,
): number | undefined {
  if (expiringUserTimeout === undefined || firstUseMs === undefined) return undefined
  return firstUseMs + expiringUserTimeout * minuteMs
}

function offlineObjection(user: User, { offlineMs }: Situation): Reason | undefined {
  const hours = offlineHoursOf(user)
  if (hours === undefined) return undefined
  return offlineMs === undefined || offlineMs >= hours * hourMs ? 'tooLongOffline' : undefined
}
