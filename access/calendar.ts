import type { Policy, User, WeekDaySchedule } from '@mortise/protocol/words'
import type { Situation } from '#access/situation.ts'
import { nightHoursOf } from '#access/rules.ts'
import { expiresAtMs } from '#access/when.ts'
import { localDayOf, minutesPerDay } from '#access/wall-clock.ts'
import type { WallClock } from '#access/wall-clock.ts'

const minuteMs = 60_000
const dayMs = minutesPerDay * minuteMs
const hourMs = 60 * minuteMs

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
  const { wallClock, operatingModeUntilMs } = situation
  const points = new Set<number>([fromMs])
  const add = (instantMs: number): void => {
    if (instantMs > fromMs && instantMs < toMs) points.add(instantMs)
  }
  if (operatingModeUntilMs !== undefined) add(operatingModeUntilMs)
  for (const ms of clockChanges(wallClock, fromMs, toMs)) add(ms)
  for (const ms of instantPoints(user, situation)) add(ms)
  const minutes = dailyMinutes(policy, user)
  const firstDay = localDayOf(wallClock(fromMs)) - 1
  const lastDay = localDayOf(wallClock(toMs)) + 1
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const minute of minutes) instantsOf(wallClock, day * minutesPerDay + minute).forEach(add)
  }
  for (const localMinute of datedMinutes(policy, user)) {
    instantsOf(wallClock, localMinute).forEach(add)
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

function instantPoints(user: User, { usageOf }: Pick<Situation, 'usageOf'>): readonly number[] {
  const { validity } = user
  const expiresMs = expiresAtMs(user, usageOf(user.id))
  return [
    ...(validity === undefined ? [] : [validity.notBeforeMs, validity.notAfterMs]),
    ...(expiresMs === undefined ? [] : [expiresMs]),
  ]
}

/**
 * The instants at which the wall shows the start of that minute: one, two when the clock is set
 * back over it, none when it is skipped.
 */
export function instantsOf(wallClock: WallClock, localMinute: number): readonly number[] {
  const guessMs = localMinute * minuteMs
  // A clock that is set back was further ahead before, so that the earlier of two comes first.
  const offsets = new Set([-dayMs, dayMs].map((aside) => offsetOf(wallClock, guessMs + aside)))
  return [...offsets]
    .map((offset) => guessMs - offset)
    .filter((ms) => wallClock(ms) === localMinute)
}

/** How far the wall is ahead of universal time. Whole minutes, in milliseconds. */
function offsetOf(wallClock: WallClock, instantMs: number): number {
  return wallClock(instantMs) * minuteMs - Math.floor(instantMs / minuteMs) * minuteMs
}

/** The instants in a span at which the clock on the wall is set forward or back. */
export function clockChanges(
  wallClock: WallClock,
  fromMs: number,
  toMs: number,
): readonly number[] {
  const changes: number[] = []
  // Two changes within six hours would be missed; the time-zone data of this century has none.
  const stepMs = 6 * hourMs
  for (let ms = fromMs; ms < toMs; ms += stepMs) {
    const end = Math.min(ms + stepMs, toMs)
    if (offsetOf(wallClock, ms) !== offsetOf(wallClock, end)) {
      changes.push(firstAfterChange(wallClock, ms, end))
    }
  }
  return changes
}

/** The first minute of the new offset, by halving the span. */
function firstAfterChange(wallClock: WallClock, fromMs: number, toMs: number): number {
  const before = offsetOf(wallClock, fromMs)
  let low = Math.floor(fromMs / minuteMs)
  let high = Math.ceil(toMs / minuteMs)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetOf(wallClock, middle * minuteMs) === before) low = middle
    else high = middle
  }
  return high * minuteMs
}
