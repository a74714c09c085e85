import { isSomebodyInside } from '#core/inside/button.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { hearOwner, timeAtClaim } from '#core/time/lock-time.ts'
import type { Actor } from '#core/turn/state.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * A command was accepted. If it is an owner's, their signed time is the second source beside the
 * lock's own clock; nobody else's is heard.
 */
export function hearSignedTime(turn: Turn, actor: Actor): void {
  const signedMs = actor.answer?.timeMs
  if (signedMs === undefined || actor.user?.role !== 'owner') return
  const before = turn.state.time
  const time = hearOwner(before, turn.now, { signedMs, inside: isSomebodyInside(turn) })
  update(turn, { time })
  if (time.certain && !before.certain)
    record(turn, { type: 'timeConfirmed', ...actorFields(actor) })
}

/** The first owner settles the time of a lock that nothing depended on. */
export function settleTimeAtClaim(turn: Turn, signedMs: number | undefined): void {
  const { registers, time } = turn.state
  update(turn, { time: timeAtClaim(registers.timeFloorMs, time, turn.now, signedMs) })
}
