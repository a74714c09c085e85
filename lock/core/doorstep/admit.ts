import { decide } from '@mortise/access'
import type { Decision } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import type { Attempt, Reason, User, Verb } from '@mortise/protocol/words'
import { operate } from '#core/bolt/operate.ts'
import { toldAtDoor } from '#core/doorstep/told.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { countCredential } from '#core/journal/refusals.ts'
import { countTry, tryWasNoGuess, tryWasRight, tryWasWrong } from '#core/lockout/lockout.ts'
import type { SignalReason } from '#core/outputs.ts'
import { situationNow } from '#core/visits/situation.ts'
import type { Actor } from '#core/turn/state.ts'
import { act } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'
import { present } from '#core/visits/presented.ts'

/** How somebody shows who they are at the door. */
export interface Doorstep {
  readonly source: 'keypad' | 'biometric'
  readonly attempt: Extract<Attempt, 'code' | 'fingerprint' | 'face'>
}

/**
 * What a try leads to; a code's was counted before.
 * @param credentialId whose it is; undefined for nobody's
 */
export function admit(turn: Turn, credentialId: Uint8Array | undefined, at: Doorstep): void {
  const decision = credentialId === undefined ? undefined : decideAtDoor(turn, credentialId, at)
  if (decision?.user === undefined) refuseUnknown(turn, at)
  else if (decision.verdict === 'allowed') open(turn, decision, at)
  else if (decision.verdict === 'partial') askForMore(turn, decision, at)
  else refuseKnown(turn, decision, at)
}

function decideAtDoor(turn: Turn, credentialId: Uint8Array, at: Doorstep): Decision {
  const view = turn.state.policy?.view
  const action = verbAtDoor(view?.holders.get(credentialId.toHex())?.user)
  return decide(view, { credentialId, action, channel: at.source }, situationNow(turn))
}

/** A keypad has one key for all: it does what its person may, the most useful first. */
function verbAtDoor(user: User | undefined): Verb {
  const wishes = ['unlock', 'unlatch', 'lock'] as const
  return wishes.find((verb) => user?.verbs.includes(verb)) ?? 'unlock'
}

function open(turn: Turn, decision: Extract<Decision, { verdict: 'allowed' }>, at: Doorstep): void {
  const { user, credential, duress } = decision
  // A guest's own code or finger must not buy free guesses at those of others.
  if (user.role === 'guest') tryWasNoGuess(turn, at.source)
  else tryWasRight(turn, at.source)
  operate(turn, verbAtDoor(user), {
    source: at.source,
    user,
    credential,
    duress,
  })
}

/** Good so far; a guess at the second one counts as any other. */
function askForMore(
  turn: Turn,
  { user, credential }: Extract<Decision, { verdict: 'partial' }>,
  at: Doorstep,
): void {
  tryWasNoGuess(turn, at.source)
  present(turn, { source: at.source, user, credential })
  act(turn, { type: 'signal', signal: { type: 'oneMore' } })
}

function refuseUnknown(turn: Turn, at: Doorstep): void {
  recordDoorRefusal(turn, { source: at.source }, at, 'unknownCode')
  // A reader has compared before it tells, so there is nothing to count earlier.
  if (at.source === 'biometric') countTry(turn, 'biometric')
  const isLockedOut = tryWasWrong(turn, at.source)
  if (at.source === 'biometric') refuse(turn, 'notKnown')
  else if (!isLockedOut) refuse(turn, 'wrongCode')
}

/**
 * A code that is somebody's is no guess, so it does not count; and it resets nothing, or a guest
 * whose time is over could guess at the codes of others without end.
 */
function refuseKnown(
  turn: Turn,
  { user, credential, reason }: Extract<Decision, { verdict: 'refused' }>,
  at: Doorstep,
): void {
  assertInvariant(user !== undefined && credential !== undefined, 'a known one is somebody’s')
  tryWasNoGuess(turn, at.source)
  recordDoorRefusal(turn, { source: at.source, user, credential }, at, reason)
  refuse(turn, toldAtDoor(reason))
}

/** Writes down that somebody at the door was refused. */
export function recordDoorRefusal(
  turn: Turn,
  actor: Actor,
  { attempt }: Doorstep,
  reason: Reason,
): void {
  const verb = verbAtDoor(actor.user)
  countCredential(turn, actor, reason)
  record(turn, {
    type: 'refused',
    ...actorFields(actor),
    verb,
    attempt,
    outcome: 'refused',
    reason,
  })
}

function refuse(turn: Turn, reason: SignalReason): void {
  act(turn, { type: 'signal', signal: { type: 'refused', reason } })
}
