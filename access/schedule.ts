import type { HolidaySchedule, WeekDaySchedule, YearDaySchedule } from '@mortise/protocol/words'
import { localDayOf, minutesPerDay, weekDayOf } from '#access/wall-clock.ts'

/**
 * Whether a minute on the wall lies in a week-day schedule. The last minute counts to its end. A
 * schedule past midnight belongs to the day on which it starts.
 */
export function inWeekDaySchedule(schedule: WeekDaySchedule, localMinute: number): boolean {
  const { startMinute, endMinute } = schedule
  const day = localDayOf(localMinute)
  const minute = localMinute - day * minutesPerDay
  if (startMinute <= endMinute) {
    return hasDay(schedule, day) && startMinute <= minute && minute <= endMinute
  }
  return (
    (hasDay(schedule, day) && startMinute <= minute) ||
    (hasDay(schedule, day - 1) && minute <= endMinute)
  )
}

export function inYearDaySchedule(schedule: YearDaySchedule, localMinute: number): boolean {
  return schedule.startLocalMinute <= localMinute && localMinute <= schedule.endLocalMinute
}

export function inAnyWeekDaySchedule(
  schedules: readonly WeekDaySchedule[] = [],
  localMinute: number,
): boolean {
  return schedules.some((schedule) => inWeekDaySchedule(schedule, localMinute))
}

export function inAnyYearDaySchedule(
  schedules: readonly YearDaySchedule[] = [],
  localMinute: number,
): boolean {
  return schedules.some((schedule) => inYearDaySchedule(schedule, localMinute))
}

/** The first of the holidays that a minute on the wall lies in. */
export function holidayAt(
  holidays: readonly HolidaySchedule[] | undefined,
  localMinute: number,
): HolidaySchedule | undefined {
  return holidays?.find((holiday) => inYearDaySchedule(holiday, localMinute))
}

function hasDay({ daysMask }: WeekDaySchedule, day: number): boolean {
  return (daysMask & (1 << weekDayOf(day))) !== 0
}
