import { beginAlarm, endAlarm } from '#core/alarm/alarms.ts'
import { concludeDrive, targetOf } from '#core/bolt/operate.ts'
import { restartAutoRelock } from '#core/bolt/auto-relock.ts'
import type { BoltPosition, LeafPosition } from '#core/inputs.ts'
import { actorFields, record } from '#core/journal/record.ts'
import type { LateDrive } from '#core/turn/state.ts'
import { doorStateOf, lockStateOf } from '#core/turn/truth.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** The bolt sensor reports a position: the end of a drive, or a hand at key or thumbturn. */
export function boltMoved(turn: Turn, position: BoltPosition): void {
  const { position: before, drive } = turn.state.bolt
  update(turn, { bolt: { ...turn.state.bolt, position } })
  if (drive !== undefined) {
    if (position === targetOf(drive.verb)) concludeDrive(turn, 'done', 'granted')
    return
  }
  if (position === before) return
  restartAutoRelock(turn)
  if (position === 'extended' || position === 'retracted') boltArrived(turn, before)
}

/**
 * Writes down arrivals only: one turn of a thumbturn passes several positions and is one movement.
 * A sensor that speaks again after a silence has told of no movement.
 */
function boltArrived(turn: Turn, before: BoltPosition): void {
  endAlarm(turn, 'lockJammed')
  if (before === 'unknown') return
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

/**
 * At boot: what stood before the power went ends where a sensor shows that its cause is gone. A bolt
 * that stands where it stood shows nothing about what held it.
 */
export function endAlarmsWithoutCause(turn: Turn): void {
  if (turn.state.leaf === 'closed') endAlarm(turn, 'doorForcedOpen')
}

/** The door contact reports a change. */
export function leafMoved(turn: Turn, leaf: LeafPosition): void {
  const { leaf: before, bolt } = turn.state
  if (leaf === before) return
  update(turn, { leaf, leafWasSeen: turn.state.leafWasSeen || leaf !== 'unknown' })
  restartAutoRelock(turn)
  const forced = before === 'closed' && leaf === 'open' && bolt.position === 'extended'
  const isUnlocking = bolt.drive?.verb === 'unlock'
  if (forced && !isUnlocking) beginAlarm(turn, 'doorForcedOpen')
  record(turn, {
    type: 'doorMoved',
    doorState: doorStateOf(turn.state),
    lockState: lockStateOf(turn.state),
  })
  if (leaf === 'closed') endAlarm(turn, 'doorForcedOpen')
}

/** The latch is held back or has been let go: then the time until the door locks itself begins. */
export function latchMoved(turn: Turn, pulled: boolean): void {
  if (turn.state.latchPulled === undefined || turn.state.latchPulled === pulled) return
  update(turn, { latchPulled: pulled })
  restartAutoRelock(turn)
}
