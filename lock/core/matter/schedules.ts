import type {
  LockUserChange,
  SetHolidaySchedule,
  SetWeekDaySchedule,
  SetYearDaySchedule,
} from '#core/matter/commands.ts'
import { allSchedulesIndex, matterLimits, userAt, withUser } from '#core/matter/database.ts'
import type { MatterDatabase, MatterUser } from '#core/matter/database.ts'
import { answered, changed, isIndex, refused } from '#core/matter/outcome.ts'
import type { MatterOutcome } from '#core/matter/outcome.ts'

const daysMaskMax = 127

/** Matter 1.4.2 Application Clusters section 5.2.10.12. Matter's schedules end on the day they begin. */
export function setWeekDaySchedule(
  database: MatterDatabase,
  command: SetWeekDaySchedule,
): MatterOutcome {
  const { weekDayIndex: index, daysMask, userIndex } = command
  const startMinute = minuteOfDay(command.startHour, command.startMinute)
  const endMinute = minuteOfDay(command.endHour, command.endMinute)
  const sound =
    isScheduleIndex(index) &&
    isIndex(daysMask, daysMaskMax) &&
    startMinute !== undefined &&
    endMinute !== undefined &&
    startMinute < endMinute
  const user = userAt(database, userIndex)
  if (!sound || user === undefined) return refused(database, 'invalidCommand')
  const schedule = { index, daysMask, startMinute, endMinute }
  const weekDaySchedules = withIndex(user.weekDaySchedules, schedule)
  const type = user.weekDaySchedules.some((one) => one.index === index) ? 'modify' : 'add'
  return changed(withUser(database, { ...restricted(user), weekDaySchedules }), [
    scheduleChange('weekDaySchedule', type, userIndex, index),
  ])
}

/** Section 5.2.10.13. */
export function getWeekDaySchedule(
  database: MatterDatabase,
  index: number,
  userIndex: number,
): MatterOutcome {
  if (!isScheduleIndex(index) || !isUserIndex(userIndex)) return refused(database, 'invalidCommand')
  const user = userAt(database, userIndex)
  const schedule = user?.weekDaySchedules.find((one) => one.index === index)
  if (schedule === undefined) return refused(database, 'notFound')
  const { daysMask, startMinute, endMinute } = schedule
  return answered(database, {
    status: 'success',
    userIndex,
    daysMask,
    startHour: Math.floor(startMinute / 60),
    startMinute: startMinute % 60,
    endHour: Math.floor(endMinute / 60),
    endMinute: endMinute % 60,
  })
}

/** Section 5.2.10.15. A person without schedules stays restricted: nobody gains by a removal. */
export function clearWeekDaySchedule(
  database: MatterDatabase,
  index: number,
  userIndex: number,
): MatterOutcome {
  return clearOfUser(database, userIndex, index, 'weekDaySchedule', (user) => ({
    ...user,
    weekDaySchedules: withoutIndex(user.weekDaySchedules, index),
  }))
}

/** Section 5.2.10.16. */
export function setYearDaySchedule(
  database: MatterDatabase,
  command: SetYearDaySchedule,
): MatterOutcome {
  const { yearDayIndex: index, userIndex, localStartTime, localEndTime } = command
  const user = userAt(database, userIndex)
  const sound = isScheduleIndex(index) && isSpan(localStartTime, localEndTime)
  if (!sound || user === undefined) return refused(database, 'invalidCommand')
  const schedule = { index, localStartTime, localEndTime }
  const yearDaySchedules = withIndex(user.yearDaySchedules, schedule)
  const type = user.yearDaySchedules.some((one) => one.index === index) ? 'modify' : 'add'
  return changed(withUser(database, { ...restricted(user), yearDaySchedules }), [
    scheduleChange('yearDaySchedule', type, userIndex, index),
  ])
}

/** Section 5.2.10.17. */
export function getYearDaySchedule(
  database: MatterDatabase,
  index: number,
  userIndex: number,
): MatterOutcome {
  if (!isScheduleIndex(index) || !isUserIndex(userIndex)) return refused(database, 'invalidCommand')
  const user = userAt(database, userIndex)
  const schedule = user?.yearDaySchedules.find((one) => one.index === index)
  if (schedule === undefined) return refused(database, 'notFound')
  const { localStartTime, localEndTime } = schedule
  return answered(database, { status: 'success', userIndex, localStartTime, localEndTime })
}

/** Section 5.2.10.19. */
export function clearYearDaySchedule(
  database: MatterDatabase,
  index: number,
  userIndex: number,
): MatterOutcome {
  return clearOfUser(database, userIndex, index, 'yearDaySchedule', (user) => ({
    ...user,
    yearDaySchedules: withoutIndex(user.yearDaySchedules, index),
  }))
}

/** Section 5.2.10.20. */
export function setHolidaySchedule(
  database: MatterDatabase,
  command: SetHolidaySchedule,
): MatterOutcome {
  const { holidayIndex: index, localStartTime, localEndTime, operatingMode } = command
  const sound =
    isIndex(index, matterLimits.holidaySchedulesMax) &&
    isSpan(localStartTime, localEndTime) &&
    // Mortise's own mode: no Matter administrator may lock owners' people out by a calendar.
    operatingMode !== 'lockdown'
  if (!sound) return refused(database, 'invalidCommand')
  const known = database.holidaySchedules.some((one) => one.index === index)
  const schedule = { index, localStartTime, localEndTime, operatingMode }
  const holidaySchedules = withIndex(database.holidaySchedules, schedule)
  return changed({ ...database, holidaySchedules }, [
    scheduleChange('holidaySchedule', known ? 'modify' : 'add', undefined, index),
  ])
}

/** Section 5.2.10.21. */
export function getHolidaySchedule(database: MatterDatabase, index: number): MatterOutcome {
  if (!isIndex(index, matterLimits.holidaySchedulesMax)) return refused(database, 'invalidCommand')
  const schedule = database.holidaySchedules.find((one) => one.index === index)
  if (schedule === undefined) return refused(database, 'notFound')
  const { localStartTime, localEndTime, operatingMode } = schedule
  return answered(database, { status: 'success', localStartTime, localEndTime, operatingMode })
}

/** Section 5.2.10.23. */
export function clearHolidaySchedule(database: MatterDatabase, index: number): MatterOutcome {
  const isAll = index === allSchedulesIndex
  if (!isAll && !isIndex(index, matterLimits.holidaySchedulesMax)) {
    return refused(database, 'invalidCommand')
  }
  const holidaySchedules = withoutIndex(database.holidaySchedules, index)
  if (holidaySchedules.length === database.holidaySchedules.length) {
    return answered(database, { status: 'success' })
  }
  return changed({ ...database, holidaySchedules }, [
    scheduleChange('holidaySchedule', 'clear', undefined, index),
  ])
}

function clearOfUser(
  database: MatterDatabase,
  userIndex: number,
  index: number,
  what: 'weekDaySchedule' | 'yearDaySchedule',
  clear: (user: MatterUser) => MatterUser,
): MatterOutcome {
  const user = userAt(database, userIndex)
  const sound = isScheduleIndex(index) || index === allSchedulesIndex
  if (!sound || user === undefined) return refused(database, 'invalidCommand')
  return changed(withUser(database, clear(user)), [scheduleChange(what, 'clear', userIndex, index)])
}

/**
 * "The associated UserType MAY be changed to ScheduleRestrictedUser": section 5.2.10.12. It is, or
 * the schedule would stand there and restrict nobody.
 */
function restricted(user: MatterUser): MatterUser {
  return user.userType === 'unrestrictedUser'
    ? { ...user, userType: 'scheduleRestrictedUser' }
    : user
}

interface Indexed {
  readonly index: number
}

function withIndex<Schedule extends Indexed>(
  schedules: readonly Schedule[],
  schedule: Schedule,
): readonly Schedule[] {
  const others = schedules.filter(({ index }) => index !== schedule.index)
  return [...others, schedule].toSorted((left, right) => left.index - right.index)
}

function withoutIndex<Schedule extends Indexed>(
  schedules: readonly Schedule[],
  index: number,
): readonly Schedule[] {
  return index === allSchedulesIndex ? [] : schedules.filter((one) => one.index !== index)
}

function isScheduleIndex(index: number): boolean {
  return isIndex(index, matterLimits.schedulesPerUserMax)
}

function isUserIndex(index: number): boolean {
  return isIndex(index, matterLimits.usersMax)
}

function minuteOfDay(hour: number, minute: number): number | undefined {
  const sound =
    Number.isInteger(hour) && hour >= 0 && hour <= 23 && Number.isInteger(minute) && minute >= 0
  return sound && minute <= 59 ? hour * 60 + minute : undefined
}

/** Matter's epoch seconds are a uint32. */
const epochSecondsMax = 0xffff_ffff

function isSpan(start: number, end: number): boolean {
  const isEpoch = (value: number): boolean =>
    Number.isInteger(value) && value >= 0 && value <= epochSecondsMax
  return isEpoch(start) && isEpoch(end) && start < end
}

function scheduleChange(
  lockDataType: LockUserChange['lockDataType'],
  dataOperationType: LockUserChange['dataOperationType'],
  userIndex: number | undefined,
  dataIndex: number,
): LockUserChange {
  return { lockDataType, dataOperationType, userIndex, dataIndex }
}
