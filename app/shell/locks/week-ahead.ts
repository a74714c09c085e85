import { accessTimetable, KeyholderError } from '@mortise/keyholder'
import type { PolicyReading } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import { daysAhead } from '#app/state/model/access/week-ahead.ts'
import { wallMinuteOf } from '#app/time/wall-time.ts'

type KnownMode = Pick<State, 'operatingMode' | 'operatingModeUntilMs'>

/**
 * The coming week of somebody, by the functions that the lock decides with.
 * @throws KeyholderError `editImpossible` for somebody who is not in the list
 */
export function weekAhead(
  reading: PolicyReading,
  state: KnownMode,
  userId: string,
  nowMs: number,
): readonly WeekDay[] {
  const { policy } = reading
  const user = policy.users.find(({ id }) => toHex(id) === userId)
  if (user === undefined) throw new KeyholderError('editImpossible')
  const alone = { policy: { ...policy, users: [user] }, bindings: reading.bindings }
  return daysAhead(nowMs, policy.timeZone, (span) => {
    const wallClock = (atMs: number): number => wallMinuteOf(atMs, policy.timeZone)
    const [row] = accessTimetable(alone, state, span, wallClock)
    return (row?.spans ?? []).filter(({ verbs, withAnother }) =>
      [...verbs, ...withAnother].some((verb) => verb !== 'lock'),
    )
  })
}
