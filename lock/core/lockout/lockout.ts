import type { PolicySettings } from '@mortise/protocol/words'
import { lockoutMs } from '#core/access/lockout.ts'
import { record } from '#core/journal/record.ts'
import { awaitForgiveness } from '#core/lockout/forgiveness.ts'
import { restingKeypad } from '#core/turn/state.ts'
import { act, lockTimeAt, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Locks the keypad, and nothing else, when there were too many wrong codes. Says whether it did. */
export function lockOutIfTooMany(turn: Turn): boolean {
  const { registers, policy } = turn.state
  const settings = policy?.view.policy.settings
  if (settings === undefined || registers.wrongCodes < settings.wrongCodeEntryLimit) return false
  const keypadLockouts = registers.keypadLockouts + 1
  updateRegisters(turn, { wrongCodes: 0, keypadLockouts })
  const untilMs = lockKeypad(turn, settings, keypadLockouts)
  record(turn, { type: 'keypadLockedOut', source: 'keypad', count: registers.wrongCodes, untilMs })
  return true
}

/**
 * At boot: a lockout that was running when the power went starts again in full, so that neither
 * cutting the power nor setting the clock shortens it. A failure that reached the limit but not
 * its lockout is caught up with.
 */
export function resumeLockout(turn: Turn): void {
  const { registers, policy } = turn.state
  if (policy === undefined) return
  if (registers.keypadLockedUntilMs > 0) {
    lockKeypad(turn, policy.view.policy.settings, Math.max(1, registers.keypadLockouts))
  } else lockOutIfTooMany(turn)
}

/** The lockout ends by the monotonic clock, whatever the wall clock says. */
export function endLockoutIfOver(turn: Turn): void {
  const until = turn.state.keypad.lockedUntilMonotonicMs
  if (until === undefined || turn.now.monotonicMs < until) return
  update(turn, { keypad: { ...turn.state.keypad, lockedUntilMonotonicMs: undefined } })
  updateRegisters(turn, { keypadLockedUntilMs: 0 })
  awaitForgiveness(turn)
  act(turn, { type: 'signal', signal: { type: 'ready' } })
}

/** The timer of the lockout. */
export function lockoutDue(turn: Turn): void {
  endLockoutIfOver(turn)
  const until = turn.state.keypad.lockedUntilMonotonicMs
  if (until !== undefined) setTimer(turn, 'keypadLockout', until)
}

/** @returns the lock time of its end */
function lockKeypad(turn: Turn, settings: PolicySettings, lockouts: number): number {
  const remainingMs = lockoutMs(settings, lockouts)
  const lockedUntilMonotonicMs = turn.now.monotonicMs + remainingMs
  const untilMs = lockTimeAt(turn, lockedUntilMonotonicMs)
  update(turn, { keypad: { ...turn.state.keypad, ...restingKeypad, lockedUntilMonotonicMs } })
  updateRegisters(turn, { keypadLockedUntilMs: untilMs })
  setTimer(turn, 'keypadLockout', lockedUntilMonotonicMs)
  act(turn, { type: 'signal', signal: { type: 'lockedOut', remainingMs } })
  return untilMs
}
