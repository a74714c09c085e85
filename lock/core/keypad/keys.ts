import { limits } from '@mortise/protocol/limits'
import type { KeypadKey } from '#core/inputs.ts'
import { abandonCheck, submitCode } from '#core/keypad/check.ts'
import type { Signal } from '#core/outputs.ts'
import { restingKeypad } from '#core/turn/state.ts'
import { lockedUntil } from '#core/turn/truth.ts'
import { act, cancelTimer, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Nobody who is typing a code stops for longer; what was typed is then forgotten. */
export const keypadIdleMs = 15_000

/** A key was pressed. */
export function keyPressed(turn: Turn, key: KeypadKey): void {
  const { checking } = turn.state.keypad
  const untilMonotonicMs = lockedUntil(turn.state, 'keypad')
  if (untilMonotonicMs !== undefined) {
    const remainingMs = Math.ceil(untilMonotonicMs - turn.now.monotonicMs)
    signal(turn, { type: 'lockedOut', remainingMs })
    return
  }
  // One entry at a time is hashed, so that a flood of keys is no flood of hashes.
  if (checking !== undefined) return
  if (key === '#') endEntry(turn)
  else addKey(turn, key)
}

function addKey(turn: Turn, key: KeypadKey): void {
  const { keypad } = turn.state
  const keys = keypad.keys + 1
  if (keys > limits.keypadEntryKeysMax) {
    clearEntry(turn)
    signal(turn, { type: 'refused', reason: 'tooLong' })
    return
  }
  // Decoys before a star leave no trail of fingerprints that tells the code.
  const digits = key === '*' ? '' : keypad.digits + key
  const idleAtMonotonicMs = turn.now.monotonicMs + keypadIdleMs
  update(turn, { keypad: { ...keypad, digits, keys, idleAtMonotonicMs } })
  setTimer(turn, 'keypadIdle', idleAtMonotonicMs)
  signal(turn, key === '*' ? { type: 'cleared' } : { type: 'digit', digits: digits.length })
}

function endEntry(turn: Turn): void {
  const { digits } = turn.state.keypad
  clearEntry(turn)
  if (digits === '') signal(turn, { type: 'cleared' })
  else if (turn.state.policy === undefined) {
    signal(turn, { type: 'refused', reason: 'notClaimed' })
  } else submitCode(turn, digits)
}

/** Nobody typed for a while, or the hash of an entry never came. */
export function keypadIdle(turn: Turn): void {
  const { checking, idleAtMonotonicMs } = turn.state.keypad
  if (idleAtMonotonicMs === undefined) return
  if (turn.now.monotonicMs < idleAtMonotonicMs) setTimer(turn, 'keypadIdle', idleAtMonotonicMs)
  else if (checking !== undefined) abandonCheck(turn)
  else {
    clearEntry(turn)
    signal(turn, { type: 'cleared' })
  }
}

function clearEntry(turn: Turn): void {
  update(turn, { keypad: restingKeypad })
  cancelTimer(turn, 'keypadIdle')
}

function signal(turn: Turn, what: Signal): void {
  act(turn, { type: 'signal', signal: what })
}
