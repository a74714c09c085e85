import { holderOf } from '@mortise/access'
import { findPinTag } from '#core/access/pin-tags.ts'
import { admit, recordDoorRefusal } from '#core/doorstep/admit.ts'
import type { Doorstep } from '#core/doorstep/admit.ts'
import type { JobId } from '#core/inputs.ts'
import { countTry, tryWasWrong } from '#core/lockout/lockout.ts'
import { restingKeypad } from '#core/turn/state.ts'
import { act, cancelTimer, nextJob, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** A slow hash on a slow board takes a second; after this the keypad is given free again. */
export const pinHashMsMax = 30_000

const keypad: Doorstep = { source: 'keypad', attempt: 'code' }

/**
 * An entry is complete. It counts as wrong before anything is compared, and that is durable before
 * the hash begins: cutting the power in between wins no free guess (DEF CON 24, row 74 of the
 * published attacks).
 */
export function submitCode(turn: Turn, pin: string): void {
  const job = nextJob(turn)
  countTry(turn, 'keypad')
  const idleAtMonotonicMs = turn.now.monotonicMs + pinHashMsMax
  update(turn, { keypad: { ...turn.state.keypad, checking: { job }, idleAtMonotonicMs } })
  setTimer(turn, 'keypadIdle', idleAtMonotonicMs)
  act(turn, { type: 'signal', signal: { type: 'checking' } })
  act(turn, { type: 'hashPin', job, pin })
}

/** The hash of the entry is ready. */
export function codeHashed(turn: Turn, job: JobId, tag: Uint8Array): void {
  if (turn.state.keypad.checking?.job !== job) return
  endCheck(turn)
  admit(turn, typed(turn, findPinTag(turn.state.pinTags, tag)), keypad)
}

/**
 * What is spoken to an assistant is nobody's code here, so that whoever has overheard it is locked
 * out as anybody who guesses, and whoever hits upon it learns nothing.
 */
function typed(turn: Turn, credentialId: Uint8Array | undefined): Uint8Array | undefined {
  const view = turn.state.policy?.view
  if (view === undefined || credentialId === undefined) return undefined
  return holderOf(view, credentialId)?.user.role === 'agent' ? undefined : credentialId
}

/** The hash of the entry will not come. */
export function codeHashFailed(turn: Turn, job: JobId): void {
  if (turn.state.keypad.checking?.job === job) abandonCheck(turn)
}

/** The hash never came; the failure stays counted. */
export function abandonCheck(turn: Turn): void {
  endCheck(turn)
  recordDoorRefusal(turn, { source: 'keypad' }, keypad, 'interrupted')
  if (!tryWasWrong(turn, 'keypad')) act(turn, { type: 'signal', signal: { type: 'ready' } })
}

function endCheck(turn: Turn): void {
  update(turn, { keypad: restingKeypad })
  cancelTimer(turn, 'keypadIdle')
}
