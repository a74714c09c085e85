import { commandHash } from '@mortise/protocol/verify'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Command, Operation } from '@mortise/protocol/wire'
import type { Reason } from '@mortise/protocol/words'
import {
  challengeFault,
  credentialHolder,
  isRepeated,
  voidChallenges,
} from '#core/access/challenges.ts'
import { holderOf } from '@mortise/access'
import type { Holder } from '@mortise/access'
import { credentialProofFault } from '#core/access/proofs.ts'
import { hearSignedTime } from '#core/clock/owners-time.ts'
import { operate, refuseOperation } from '#core/bolt/operate.ts'
import type { Input } from '#core/inputs.ts'
import { countRefusal } from '#core/journal/refusals.ts'
import { setOperatingMode } from '#core/requests/set-mode.ts'
import { changePolicy } from '#core/requests/change-policy.ts'
import { claim } from '#core/requests/claim.ts'
import { decodeCommand } from '#core/requests/decode.ts'
import { enrolCredential } from '#core/requests/enrol-credential.ts'
import { orderFactoryReset, stopFactoryReset } from '#core/requests/factory-reset.ts'
import { acceptInvitation } from '#core/requests/invitation.ts'
import { decideRemotely } from '#core/requests/permission.ts'
import { refuseNobody, refuseSomebody } from '#core/requests/refuse.ts'
import { askForAnother, operateBySpokenPin } from '#core/requests/spoken.ts'
import type { CommandAnswer, Signatory } from '#core/turn/state.ts'
import { act, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Signed = Extract<Input, { type: 'signed' }>
type MemberOperation = Exclude<Operation, { type: 'claim' | 'acceptInvitation' }>

/** A signed command. Nothing about it is believed before its proof is checked. */
export function receiveSigned(turn: Turn, input: Signed): void {
  const command = decodeCommand(input.command)
  if (command === undefined) {
    countRefusal(turn, 'malformed')
    act(turn, { type: 'undeliverable', requestId: input.requestId, reason: 'malformed' })
    return
  }
  const answer: CommandAnswer = {
    requestId: input.requestId,
    replyTo: command.replyTo,
    commandHash: commandHash(turn.context.crypto, input.command),
    timeMs: command.timeMs,
  }
  if (!bytesEqual(command.lockId, turn.state.lockId)) refuseNobody(turn, answer, 'wrongLock')
  else dispatch(turn, input, command, answer)
}

function dispatch(turn: Turn, input: Signed, command: Command, answer: CommandAnswer): void {
  const { operation } = command
  switch (operation.type) {
    case 'claim':
      return claim(turn, input, command, operation, answer)
    case 'acceptInvitation':
      return acceptInvitation(turn, input, command, operation, answer)
    case 'lock':
    case 'unlock':
    case 'unlatch':
    case 'setOperatingMode':
    case 'changePolicy':
    case 'enrolCredential':
    case 'factoryReset':
    case 'stopFactoryReset':
      return receiveFromMember(turn, input, command, operation, answer)
  }
}

/** From somebody whose credential is in the policy or bound to it. */
function receiveFromMember(
  turn: Turn,
  input: Signed,
  command: Command,
  operation: MemberOperation,
  answer: CommandAnswer,
): void {
  const holder = identify(turn, input, command, answer.commandHash)
  if (typeof holder === 'string') return refuseNobody(turn, answer, holder)
  const actor = { source: 'remote', ...holder, answer } as const
  switch (operation.type) {
    case 'changePolicy':
      return receiveChange(turn, operation, actor)
    case 'setOperatingMode':
      return setOperatingMode(turn, operation, actor)
    case 'enrolCredential':
      return enrolCredential(turn, operation, actor)
    case 'factoryReset':
      return orderFactoryReset(turn, actor)
    case 'stopFactoryReset':
      return stopFactoryReset(turn, actor)
    case 'lock':
      return receiveVerb(turn, operation, actor)
    case 'unlock':
    case 'unlatch':
      return operation.pin === undefined
        ? receiveVerb(turn, operation, actor)
        : operateBySpokenPin(turn, operation, operation.pin, actor)
  }
}

function receiveChange(
  turn: Turn,
  operation: Extract<Operation, { type: 'changePolicy' }>,
  actor: Signatory,
): void {
  const { verdict, reason } = decideRemotely(turn, actor, 'changePolicy')
  if (verdict === 'allowed') changePolicy(turn, operation, actor)
  else refuseSomebody(turn, actor, 'changePolicy', reason)
}

function receiveVerb(
  turn: Turn,
  operation: Extract<Operation, { type: 'lock' | 'unlock' | 'unlatch' }>,
  actor: Signatory,
): void {
  const verb = operation.type
  const decision = decideRemotely(turn, actor, verb)
  if (decision.verdict === 'refused') return refuseOperation(turn, verb, actor, decision.reason)
  if (decision.verdict === 'partial') {
    const isAgent = actor.user.role === 'agent'
    return askForAnother(turn, actor, isAgent ? 'voicePinNeeded' : 'anotherCredentialNeeded')
  }
  hearSignedTime(turn, actor)
  const timeoutSeconds = operation.type === 'unlock' ? operation.timeoutSeconds : undefined
  operate(turn, verb, { ...actor, duress: decision.duress }, timeoutSeconds)
}

/** Who sent a command, or why nobody can be held to have sent it. Uses their challenge up when they proved it. */
function identify(
  turn: Turn,
  { proof, command: bytes }: Signed,
  command: Command,
  hash: Uint8Array,
): Holder | Reason {
  const view = turn.state.policy?.view
  if (view === undefined) return 'notClaimed'
  if (proof.type === 'ticket') return 'badProof'
  const holder = holderOf(view, proof.credentialId)
  if (holder === undefined) return 'unknownCredential'
  const own = credentialHolder(proof.credentialId)
  const { challenges } = turn.state
  const { monotonicMs } = turn.now
  const fault = challengeFault(turn.context, challenges, own, command.challenge, monotonicMs)
  if (fault !== undefined) {
    return isRepeated(challenges, own, hash) ? 'commandRepeated' : fault
  }
  const { relyingParties } = view.policy
  const { crypto } = turn.context
  const proofFault = credentialProofFault(crypto, bytes, proof, holder.credential, relyingParties)
  if (proofFault !== undefined) return proofFault
  // This one is used, and a person's newest tap counts: a command of theirs that was held back on
  // the way would otherwise open the door again after they had locked it.
  update(turn, { challenges: voidChallenges(challenges, [own], monotonicMs, hash) })
  return holder
}
