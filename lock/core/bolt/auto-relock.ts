import { operate } from '#core/bolt/operate.ts'
import { canMove } from '#core/battery/strength.ts'
import { holdsOpen } from '#core/bolt/passage.ts'
import { cancelTimer, setTimer, update } from '#core/turn/turn.ts'
import { mayStandClosed } from '#core/turn/truth.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Door or bolt moved, or the setting changed: the count begins again, in full. */
export function restartAutoRelock(
  turn: Turn,
  timeoutSeconds = turn.state.autoRelock.timeoutSeconds,
): void {
  update(turn, { autoRelock: { dueMonotonicMs: undefined, suspended: false, timeoutSeconds } })
}

/** Somebody wants the door locked as soon as bolt and door let it be. */
export function lockSoon(turn: Turn): void {
  restartAutoRelock(turn, soonSeconds)
}

const soonSeconds = 1

/**
 * At the end of every turn: counts while the bolt is drawn behind a door that stands closed as far
 * as can be told, and only then.
 */
export function tendAutoRelock(turn: Turn): void {
  forgetTimeout(turn)
  const hasPowerAgain = !canMove(turn.before.power, 'lock') && canMove(turn.state.power, 'lock')
  if (hasPowerAgain) restartAutoRelock(turn)
  const { autoRelock, policy } = turn.state
  const usual = policy?.view.policy.settings.autoRelockTime ?? 0
  const seconds = autoRelock.timeoutSeconds ?? usual
  if (seconds === 0 || !mayCount(turn)) {
    update(turn, { autoRelock: { ...autoRelock, dueMonotonicMs: undefined } })
  } else if (autoRelock.dueMonotonicMs === undefined) {
    const dueMonotonicMs = turn.now.monotonicMs + seconds * 1000
    update(turn, { autoRelock: { ...autoRelock, dueMonotonicMs } })
  }
  tendTimer(turn)
}

/** The time to lock again may have come. */
export function autoRelockDue(turn: Turn): void {
  const { dueMonotonicMs } = turn.state.autoRelock
  if (dueMonotonicMs === undefined) return
  if (turn.now.monotonicMs < dueMonotonicMs) {
    setTimer(turn, 'autoRelock', dueMonotonicMs)
    return
  }
  // Hours that hold the door open may have begun while the count was running.
  if (!mayCount(turn)) return
  operate(turn, 'lock', { source: 'auto' })
  if (turn.state.bolt.drive === undefined) suspend(turn)
}

/** A motor that may not turn now is not asked again every minute: each time is an entry. */
function suspend(turn: Turn): void {
  update(turn, { autoRelock: { ...turn.state.autoRelock, suspended: true } })
}

/** Whether bolt, door and hours are as they must be while the count runs. */
function mayCount(turn: Turn): boolean {
  const { bolt, autoRelock, latchPulled } = turn.state
  const isUnlockedAtRest =
    bolt.position === 'retracted' && bolt.drive === undefined && latchPulled !== true
  if (!isUnlockedAtRest || autoRelock.suspended || !mayStandClosed(turn.state)) return false
  return !holdsOpen(turn)
}

/** What somebody asked for holds until the door is locked again. */
function forgetTimeout(turn: Turn): void {
  const { autoRelock, bolt } = turn.state
  if (bolt.position !== 'extended' || bolt.drive !== undefined) return
  update(turn, { autoRelock: { ...autoRelock, timeoutSeconds: undefined } })
}

function tendTimer(turn: Turn): void {
  const before = turn.before.autoRelock.dueMonotonicMs
  const { dueMonotonicMs } = turn.state.autoRelock
  if (dueMonotonicMs === before) return
  if (dueMonotonicMs === undefined) cancelTimer(turn, 'autoRelock')
  else setTimer(turn, 'autoRelock', dueMonotonicMs)
}
