import { setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * As long as the longest lockout: who waits for it guesses no faster than who does not. So guests
 * who mistype now and then at a door without a household lock nobody out in the end.
 */
export const forgivenessMs = 3_600_000

/** Counts the quiet hour anew: an entry was made, a lockout is over, or a boot began. */
export function awaitForgiveness(turn: Turn): void {
  const { registers, keypad } = turn.state
  if (registers.wrongCodes === 0 && registers.keypadLockouts === 0) return
  const forgivesAtMonotonicMs = turn.now.monotonicMs + forgivenessMs
  update(turn, { keypad: { ...keypad, forgivesAtMonotonicMs } })
  setTimer(turn, 'keypadForgiveness', forgivesAtMonotonicMs)
}

/** The quiet hour may be over. One that ends within a lockout counts for nothing. */
export function forgivenessDue(turn: Turn): void {
  const { registers, keypad } = turn.state
  const { forgivesAtMonotonicMs } = keypad
  if (forgivesAtMonotonicMs === undefined) return
  if (turn.now.monotonicMs < forgivesAtMonotonicMs) {
    setTimer(turn, 'keypadForgiveness', forgivesAtMonotonicMs)
    return
  }
  update(turn, { keypad: { ...keypad, forgivesAtMonotonicMs: undefined } })
  if (keypad.lockedUntilMonotonicMs !== undefined || keypad.checking !== undefined) return
  const keypadLockouts = Math.max(0, registers.keypadLockouts - 1)
  updateRegisters(turn, { wrongCodes: 0, keypadLockouts })
  awaitForgiveness(turn)
}
