import { beginAlarm, endAlarm } from '#core/alarm/alarms.ts'
import { concludeDrive, targetOf } from '#core/bolt/operate.ts'
import { restartAutoRelock } from '#core/bolt/auto-relock.ts'
import type { BoltPosition, LeafPosition } from '#core/inputs.ts'
import { record } from '#core/journal/record.ts'
import { doorStateOf, lockStateOf } from '#core/turn/truth.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** The bolt sensor reports a position: the end of a drive, or a hand at key or thumbturn. */
export function boltMoved(turn: Turn, position: BoltPosition): void {
  const { position: before, drive } = turn.state.bolt
  update(turn, { bolt: { position, drive } })
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
  record(turn, { type: 'boltMoved', source: 'manual', lockState: lockStateOf(turn.state) })
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
