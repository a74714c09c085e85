import { decide, holderOf } from '@mortise/access'
import type { Decision } from '@mortise/access'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Operation } from '@mortise/protocol/wire'
import type { Credential, Reason, User, Verb } from '@mortise/protocol/words'
import { credentialHolder } from '#core/access/challenges.ts'
import { findPinTag } from '#core/access/pin-tags.ts'
import { operate, refuseOperation } from '#core/bolt/operate.ts'
import type { JobId } from '#core/inputs.ts'
import { countTry, mayTry, tryWasRight, tryWasWrong } from '#core/lockout/lockout.ts'
import { policyInForce } from '#core/requests/permission.ts'
import type { Signatory, SpokenJob } from '#core/turn/state.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import { act, nextJob, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'
import { present } from '#core/visits/presented.ts'
import { situationNow } from '#core/visits/situation.ts'

/** A slow hash on a slow board takes a second; nobody goes on talking to an assistant for longer. */
export const spokenHashMsMax = 10_000

/** What a spoken PIN can be said for. */
export type SpokenOperation = Extract<Operation, { type: 'unlock' | 'unlatch' }>

/**
 * An assistant wants the door opened, and brings the PIN that it was told. Whoever is in the room
 * has heard it, so it opens nothing but this; and it counts before it is compared, at this way in
 * alone (docs/decisions/0029).
 */
export function operateBySpokenPin(
  turn: Turn,
  operation: SpokenOperation,
  pin: string,
  signatory: Signatory,
): void {
  const actor = { ...signatory, source: 'voice' } as const
  const verb = operation.type
  const reason = objectionTo(turn, verb, actor)
  if (reason !== undefined) return refuseOperation(turn, verb, actor, reason)
  countTry(turn, 'voice')
  const job = nextJob(turn)
  const deadlineMonotonicMs = turn.now.monotonicMs + spokenHashMsMax
  update(turn, { spokenJob: { job, deadlineMonotonicMs, operation, actor } })
  act(turn, { type: 'hashPin', job, pin })
}

/** What speaks against looking at the PIN at all. */
function objectionTo(turn: Turn, verb: Verb, actor: Signatory): Reason | undefined {
  const decision = decideSpoken(turn, verb, actor)
  if (decision.verdict === 'refused') return decision.reason
  if (!actor.user.credentials.some(({ type }) => type === 'pin')) return 'voicePinNeeded'
  const { spokenJob } = turn.state
  // One at a time, so that nobody floods the hasher.
  if (spokenJob !== undefined && turn.now.monotonicMs < spokenJob.deadlineMonotonicMs) return 'busy'
  return mayTry(turn, 'voice') ? undefined : 'voiceLockedOut'
}

/** @param pinId of the PIN that was said, and is right */
function decideSpoken(turn: Turn, verb: Verb, actor: Signatory, pinId?: Uint8Array): Decision {
  const request = { credentialId: actor.credential.id, action: verb, channel: 'voice' } as const
  const situation = situationNow(turn)
  const presented = pinId === undefined ? situation.presented : [...situation.presented, pinId]
  return decide(policyInForce(turn).view, request, { ...situation, presented })
}

/** The hash of a spoken PIN may be ready. */
export function spokenPinHashed(turn: Turn, job: JobId, tag: Uint8Array): void {
  const { spokenJob } = turn.state
  if (spokenJob?.job !== job) return
  update(turn, { spokenJob: undefined })
  if (turn.now.monotonicMs < spokenJob.deadlineMonotonicMs) conclude(turn, spokenJob, tag)
  else giveUp(turn, spokenJob)
}

/** The hash that failed may be one of a spoken PIN; whoever waits for it is answered. */
export function spokenHashFailed(turn: Turn, job: JobId): void {
  const { spokenJob } = turn.state
  if (spokenJob?.job !== job) return
  update(turn, { spokenJob: undefined })
  giveUp(turn, spokenJob)
}

function giveUp(turn: Turn, { operation, actor }: SpokenJob): void {
  tryWasWrong(turn, 'voice')
  refuseOperation(turn, operation.type, actor, 'interrupted')
}

/** What was so a second ago may not be any more, so everything is looked at again. */
function conclude(turn: Turn, { operation, actor }: SpokenJob, tag: Uint8Array): void {
  const verb = operation.type
  const pin = ownPin(turn, actor.user, findPinTag(turn.state.pinTags, tag))
  if (pin === undefined) {
    tryWasWrong(turn, 'voice')
    return refuseOperation(turn, verb, actor, 'unknownCode')
  }
  tryWasRight(turn, 'voice')
  const decision = decideSpoken(turn, verb, actor, pin.id)
  if (decision.verdict === 'refused') return refuseOperation(turn, verb, actor, decision.reason)
  if (decision.verdict === 'partial') {
    present(turn, { ...actor, credential: pin })
    return askForAnother(turn, actor, 'anotherCredentialNeeded')
  }
  const timeoutSeconds = operation.type === 'unlock' ? operation.timeoutSeconds : undefined
  const { user, duress } = decision
  operate(turn, verb, { ...actor, user, duress }, timeoutSeconds)
}

/** A code of anybody else is as wrong as one of nobody. */
function ownPin(turn: Turn, user: User, found: Uint8Array | undefined): Credential | undefined {
  const holder = found && holderOf(policyInForce(turn).view, found)
  const isOwn = holder !== undefined && bytesEqual(holder.user.id, user.id)
  return isOwn ? holder.credential : undefined
}

/** Good so far: the person may show the other one at the door, or sign again with another key. */
export function askForAnother(
  turn: Turn,
  actor: Signatory,
  reason: Extract<Reason, 'anotherCredentialNeeded' | 'voicePinNeeded'>,
): void {
  const sequence = present(turn, actor)
  const holder = credentialHolder(actor.credential.id)
  sendReceipt(turn, actor.answer, { outcome: 'refused', reason, sequence }, holder)
}
