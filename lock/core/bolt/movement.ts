import { beginAlarm } from '#core/alarm/alarms.ts'
import { targetOf } from '#core/bolt/actuation.ts'
import { driveMet } from '#core/bolt/operate.ts'
import { restartAutoRelock } from '#core/bolt/auto-relock.ts'
import type { BoltPosition, LeafPosition } from '#core/inputs.ts'
import { actorFields, record } from '#core/journal/record.ts'
import type { LateDrive } from '#core/turn/state.ts'
import { doorStateOf, lockStateOf } from '#core/turn/truth.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** The bolt sensor reports a position: the end of a drive, or a hand at key or thumbturn. */
export function boltMoved(turn: Turn, position: BoltPosition): void {
  const { position: before, lastSeen: seenBefore, drive } = turn.state.bolt
  const lastSeen = position === 'unknown' ? seenBefore : position
  update(turn, { bolt: { ...turn.state.bolt, position, lastSeen } })
  tendSilence(turn)
  if (drive !== undefined) return driveMet(turn, 'sensed')
  if (position === before) return
  restartAutoRelock(turn)
  // A sensor that speaks again tells of a movement only where it sees the bolt elsewhere than before
  // its silence. A lock that was blind from its start must not keep quiet about a bolt that is drawn.
  const isElsewhere = position !== (seenBefore ?? 'extended')
  const isEnd = position === 'extended' || position === 'retracted'
  if (isEnd && isElsewhere) boltArrived(turn)
}

/** Writes down arrivals only: one turn of a thumbturn passes several positions and is one movement. */
function boltArrived(turn: Turn): void {
  update(turn, { bolt: { ...turn.state.bolt, trouble: undefined } })
  const late = lateDrive(turn)
  record(turn, {
    type: 'boltMoved',
    ...(late === undefined
      ? { source: 'manual' }
      : { ...actorFields(late.actor), intent: late.intent }),
    lockState: lockStateOf(turn.state),
  })
}

/** The drive whose bolt arrives only now, after it was given up; no hand did it. */
function lateDrive(turn: Turn): LateDrive | undefined {
  const { late, position } = turn.state.bolt
  if (late === undefined) return undefined
  update(turn, { bolt: { ...turn.state.bolt, late: undefined } })
  const isIts = position === targetOf(late.verb) && turn.now.monotonicMs < late.untilMonotonicMs
  return isIts ? late : undefined
}

/** How long the sensor has been unreadable. */
function tendSilence(turn: Turn): void {
  const { position, silentSinceMonotonicMs: before } = turn.state.bolt
  const since = position === 'unknown' ? (before ?? turn.now.monotonicMs) : undefined
  update(turn, { bolt: { ...turn.state.bolt, silentSinceMonotonicMs: since } })
}

/** The door contact reports a change. */
export function leafMoved(turn: Turn, leaf: LeafPosition): void {
  const { leaf: before, bolt } = turn.state
  if (leaf === before) return
  update(turn, {
    leaf,
    // Either where it was was seen, or where it is.
    leafWasSeen: true,
    leafOpenSinceMonotonicMs: leaf === 'open' ? turn.now.monotonicMs : undefined,
  })
  restartAutoRelock(turn)
  const forced = before === 'closed' && leaf === 'open' && bolt.position === 'extended'
  const isUnlocking = bolt.drive?.verb === 'unlock'
  if (forced && !isUnlocking) beginAlarm(turn, 'doorForcedOpen')
  record(turn, {
    type: 'doorMoved',
    doorState: doorStateOf(turn.state),
    lockState: lockStateOf(turn.state),
  })
}

/** The latch is held back or has been let go: then the time until the door locks itself begins. */
export function latchMoved(turn: Turn, pulled: boolean): void {
  if (turn.state.latchPulled === undefined || turn.state.latchPulled === pulled) return
  update(turn, { latchPulled: pulled })
  restartAutoRelock(turn)
}
