import { lockoutMs } from '#core/access/lockout.ts'
import { record } from '#core/journal/record.ts'
import type { ChannelLockout } from '#core/outputs.ts'
import { lockTimeAt, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * Wrong PINs through Matter have a counter and a lockout of their own: who guesses from afar
 * closes neither the keypad nor a phone, and the household's right codes forgive no guesses here.
 */
const fresh: ChannelLockout = { wrongCodes: 0, lockouts: 0, lockedUntilMs: 0 }

/** Counted, and durable, before the hash begins. */
export function countMatterTry(turn: Turn): void {
  const before = turn.state.registers.matterLockout ?? fresh
  const wrongCodes = before.wrongCodes + 1
  const settings = turn.state.policy?.view.policy.settings
  if (settings === undefined || wrongCodes < settings.wrongCodeEntryLimit) {
    updateRegisters(turn, { matterLockout: { ...before, wrongCodes, lockedUntilMs: 0 } })
    return
  }
  // The try that reaches the limit is still looked at; the next one finds the channel locked.
  const lockouts = before.lockouts + 1
  const until = turn.now.monotonicMs + lockoutMs(settings, lockouts)
  const untilMs = lockTimeAt(turn, until)
  update(turn, { matterLockedUntilMonotonicMs: until })
  updateRegisters(turn, { matterLockout: { wrongCodes: 0, lockouts, lockedUntilMs: untilMs } })
  record(turn, { type: 'keypadLockedOut', source: 'matter', count: wrongCodes, untilMs })
}

/** The PIN was a right one: no guess, and the end of a row of them. */
export function matterTryWasRight(turn: Turn): void {
  update(turn, { matterLockedUntilMonotonicMs: undefined })
  updateRegisters(turn, { matterLockout: fresh })
}

/** By the monotonic clock, whatever the wall clock says. */
export function isMatterLockedOut(turn: Turn): boolean {
  const until = turn.state.matterLockedUntilMonotonicMs
  return until !== undefined && turn.now.monotonicMs < until
}

/** At boot: a lockout that was running starts again in full, so that no power cut shortens it. */
export function resumeMatterLockout(turn: Turn): void {
  const { registers, policy } = turn.state
  const { matterLockout } = registers
  if (policy === undefined || matterLockout === undefined || matterLockout.lockedUntilMs === 0)
    return
  const remainingMs = lockoutMs(policy.view.policy.settings, Math.max(1, matterLockout.lockouts))
  update(turn, { matterLockedUntilMonotonicMs: turn.now.monotonicMs + remainingMs })
}
