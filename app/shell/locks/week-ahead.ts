import { openingsOf } from '@mortise/access'
import { accessTimetable } from '@mortise/keyholder'
import type { KnownMode, PolicyReading } from '@mortise/keyholder'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import { daysAhead } from '#app/state/model/access/week-ahead.ts'
import { wallMinuteOf } from '#app/time/wall-time.ts'

/** The coming week of somebody, by the functions that the lock decides with. */
export function weekAhead(
  reading: Pick<PolicyReading, 'policy' | 'bindings'>,
  state: KnownMode,
  userId: Uint8Array,
  nowMs: number,
): readonly WeekDay[] {
  const { timeZone } = reading.policy
  const wallClock = (atMs: number): number => wallMinuteOf(atMs, timeZone)
  return daysAhead(nowMs, timeZone, (span) =>
    accessTimetable(reading, state, span, { userId, wallClock }).flatMap(openingsOf),
  )
}
