import type { Policy, User, WeekDaySchedule } from '@mortise/protocol/words'
import type { Situation } from '#access/situation.ts'
import { nightHoursOf } from '#access/rules.ts'
import { expiresAtMs } from '#access/when.ts'
import { localDayOf, minutesPerDay } from '#access/wall-clock.ts'
import type { WallClock } from '#access/wall-clock.ts'

const minuteMs = 60_000
/** Two changes within six hours would be missed; the time-zone data of this century has none. */
const minutesPerStep = 6 * 60

/**
 * The instants in a span at which anything that a policy says by the clock can begin or end for a
 * person, their time from the first use is over, or the mode ends that somebody has set: between two
 * neighbours nothing changes.
 * @returns rising, the start of the span first, its end left out
 */
export function turningPoints(
  policy: Policy,
  user: User,
  situation: Pick<Situation, 'wallClock' | 'operatingModeUntilMs' | 'usageOf'>,
  fromMs: number,
  toMs: number,
): readonly number[] {
  const { wallClock, operatingModeUntilMs, usageOf } = situation
  const points = new Set<number>([fromMs])
  // What never comes is in no span.
  const add = (instantMs = Infinity): void => {
    if (instantMs > fromMs && instantMs < toMs) points.add(instantMs)
  }
  add(operatingModeUntilMs)
  add(expiresAtMs(user, usageOf(user.id)))
  add(user.validity?.notBeforeMs)
  add(user.validity?.notAfterMs)
  for (const ms of clockChanges(wallClock, fromMs, toMs)) add(ms)
  const minutes = dailyMinutes(policy, user)
  const firstDay = localDayOf(wallClock(fromMs)) - 1
  const lastDay = localDayOf(wallClock(toMs)) + 1
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const minute of minutes)
      instantsOf(wallClock, day * minutesPerDay + minute).forEach((ms) => add(ms))
  }
  for (const localMinute of datedMinutes(policy, user)) {
    instantsOf(wallClock, localMinute).forEach((ms) => add(ms))
  }
  return [...points].toSorted((left, right) => left - right)
}

/** Minutes of the day at which a window of each week opens, or has just closed. */
function dailyMinutes(policy: Policy, user: User): readonly number[] {
  const schedules: readonly WeekDaySchedule[] = [
    ...(user.weekDaySchedules ?? []),
    ...(policy.settings.quietHours?.schedules ?? []),
    ...(policy.passageSchedules ?? []),
    ...nightHoursOf(policy),
  ]
  const edges = schedules.flatMap(({ startMinute, endMinute }) => [
    startMinute,
    (endMinute + 1) % minutesPerDay,
  ])
  // Midnight: a day begins for those who come after the household.
  return [...new Set([0, ...edges])]
}

/** Minutes of the calendar at which a stretch or a holiday begins, or has just ended. */
function datedMinutes({ holidaySchedules }: Policy, user: User): readonly number[] {
  return [...(user.yearDaySchedules ?? []), ...(holidaySchedules ?? [])].flatMap(
    ({ startLocalMinute, endLocalMinute }) => [startLocalMinute, endLocalMinute + 1],
  )
}

/**
 * The instants at which the wall shows the start of that minute: one, two when the clock is set
 * back over it, none when it is skipped.
 */
export function instantsOf(wallClock: WallClock, localMinute: number): readonly number[] {
  // A clock that is set back was further ahead before, so that the earlier of two comes first.
  const offsets = new Set(
    [-minutesPerDay, minutesPerDay].map((aside) => offsetOf(wallClock, localMinute + aside)),
  )
  return [...offsets]
    .map((offset) => (localMinute - offset) * minuteMs)
    .filter((ms) => wallClock(ms) === localMinute)
}

/** How many minutes the wall is ahead of universal time, at the start of a minute of the latter. */
function offsetOf(wallClock: WallClock, minute: number): number {
  return wallClock(minute * minuteMs) - minute
}

/** The instants in a span, its end included, at which the clock on the wall is set forward or back. */
export function clockChanges(
  wallClock: WallClock,
  fromMs: number,
  toMs: number,
): readonly number[] {
  const changes: number[] = []
  const last = Math.floor(toMs / minuteMs)
  for (let minute = Math.floor(fromMs / minuteMs); minute < last; minute += minutesPerStep) {
    const next = Math.min(minute + minutesPerStep, last)
    if (offsetOf(wallClock, minute) !== offsetOf(wallClock, next)) {
      changes.push(firstAfterChange(wallClock, minute, next) * minuteMs)
    }
  }
  return changes
}

/** The first minute of the new offset, by halving the span. */
function firstAfterChange(wallClock: WallClock, first: number, last: number): number {
  const before = offsetOf(wallClock, first)
  let low = first
  let high = last
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetOf(wallClock, middle) === before) low = middle
    else high = middle
  }
  return high
}
