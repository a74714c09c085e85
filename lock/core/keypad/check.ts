import { assertInvariant } from '@mortise/protocol/errors'
import type { Reason } from '@mortise/protocol/words'
import { decide } from '@mortise/access'
import type { Decision } from '@mortise/access'
import { findPinTag } from '#core/access/pin-tags.ts'
import { operate } from '#core/bolt/operate.ts'
import type { JobId } from '#core/inputs.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { awaitForgiveness } from '#core/keypad/forgiveness.ts'
import { lockOutIfTooMany } from '#core/keypad/lockout.ts'
import type { SignalReason } from '#core/outputs.ts'
import { restingKeypad } from '#core/turn/state.ts'
import { act, cancelTimer, nextJob, setTimer, update, updateRegisters } from '#core/turn/turn.ts'
import { situationNow } from '#core/turn/situation.ts'
import type { Turn } from '#core/turn/turn.ts'

/** A slow hash on a slow board takes a second; after this the keypad is given free again. */
export const pinHashMsMax = 30_000

/**
 * An entry is complete. It counts as wrong before anything is compared, and that is durable before
 * the hash begins: cutting the power in between wins no free guess (DEF CON 24, row 74 of the
 * published attacks).
 */
export function submitCode(turn: Turn, pin: string): void {
  const job = nextJob(turn)
  updateRegisters(turn, { wrongCodes: turn.state.registers.wrongCodes + 1 })
  const idleAtMonotonicMs = turn.now.monotonicMs + pinHashMsMax
  update(turn, { keypad: { ...turn.state.keypad, checking: { job }, idleAtMonotonicMs } })
  setTimer(turn, 'keypadIdle', idleAtMonotonicMs)
  awaitForgiveness(turn)
  act(turn, { type: 'signal', signal: { type: 'checking' } })
  act(turn, { type: 'hashPin', job, pin })
}

/** The hash of the entry is ready. */
export function codeHashed(turn: Turn, job: JobId, tag: Uint8Array): void {
  if (turn.state.keypad.checking?.job !== job) return
  endCheck(turn)
  const decision = decideCode(turn, tag)
  if (decision?.verdict === 'allowed') openByCode(turn, decision)
  else if (decision?.user === undefined) refuseWrongCode(turn)
  else refuseRightCode(turn, decision)
}

/** The hash never came; the failure stays counted. */
export function abandonCheck(turn: Turn): void {
  endCheck(turn)
  recordRefusal(turn, { source: 'keypad' }, 'interrupted')
  if (!lockOutIfTooMany(turn)) act(turn, { type: 'signal', signal: { type: 'ready' } })
}

function endCheck(turn: Turn): void {
  update(turn, { keypad: { ...turn.state.keypad, ...restingKeypad } })
  cancelTimer(turn, 'keypadIdle')
}

function decideCode(turn: Turn, tag: Uint8Array): Decision | undefined {
  const credentialId = findPinTag(turn.state.pinTags, tag)
  if (credentialId === undefined) return undefined
  return decide(
    turn.state.policy?.view,
    { credentialId, action: 'unlock', channel: 'keypad' },
    situationNow(turn),
  )
}

function openByCode(turn: Turn, { user, credential }: Extract<Decision, { verdict: 'allowed' }>) {
  // A guest's own code must not buy free guesses at those of others.
  if (user.role === 'guest') uncount(turn)
  else updateRegisters(turn, { wrongCodes: 0, keypadLockouts: 0 })
  operate(turn, 'unlock', { source: 'keypad', user, credential })
}

function refuseWrongCode(turn: Turn): void {
  recordRefusal(turn, { source: 'keypad' }, 'unknownCode')
  if (!lockOutIfTooMany(turn)) refuse(turn, 'wrongCode')
}

/**
 * A code that is somebody's is no guess, so it does not count; and it resets nothing, or a guest
 * whose time is over could guess at the codes of others without end.
 */
function refuseRightCode(turn: Turn, decision: Exclude<Decision, { verdict: 'allowed' }>): void {
  const { user, credential, reason } = decision
  assertInvariant(user !== undefined && credential !== undefined, 'a right code is somebody’s')
  uncount(turn)
  recordRefusal(turn, { source: 'keypad', user, credential }, reason)
  refuse(turn, 'notNow')
}

/** The entry that was checked was no guess. */
function uncount(turn: Turn): void {
  const { wrongCodes } = turn.state.registers
  assertInvariant(wrongCodes > 0, 'the entry under check is counted')
  updateRegisters(turn, { wrongCodes: wrongCodes - 1 })
}

function recordRefusal(turn: Turn, actor: Parameters<typeof actorFields>[0], reason: Reason): void {
  record(turn, {
    type: 'refused',
    ...actorFields(actor),
    verb: 'unlock',
    attempt: 'code',
    outcome: 'refused',
    reason,
  })
}

function refuse(turn: Turn, reason: SignalReason): void {
  act(turn, { type: 'signal', signal: { type: 'refused', reason } })
}
