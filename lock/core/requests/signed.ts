import { commandHash } from '@mortise/protocol/verify'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Command, Operation } from '@mortise/protocol/wire'
import type { Reason } from '@mortise/protocol/words'
import { credentialHolder, keepChallenges, presentChallenge } from '#core/access/challenges.ts'
import { decide, holderOf } from '@mortise/access'
import type { Holder } from '@mortise/access'
import { credentialProofFault } from '#core/access/proofs.ts'
import { operate, refuseOperation } from '#core/bolt/operate.ts'
import type { Input } from '#core/inputs.ts'
import { countRefusal } from '#core/journal/refusals.ts'
import { changePolicy } from '#core/requests/change-policy.ts'
import { claim } from '#core/requests/claim.ts'
import { decodeCommand } from '#core/requests/decode.ts'
import { acceptInvitation } from '#core/requests/invitation.ts'
import { refuseNobody, refuseSomebody } from '#core/requests/refuse.ts'
import type { CommandAnswer } from '#core/turn/state.ts'
import { situationNow } from '#core/turn/situation.ts'
import { act, confirmTimeByOwner, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Signed = Extract<Input, { type: 'signed' }>
type MemberOperation = Extract<Operation, { type: 'lock' | 'unlock' | 'changePolicy' }>

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
    random: input.random,
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
    case 'changePolicy':
      return receiveFromMember(turn, input, command, operation, answer)
    case 'unlatch':
    case 'setOperatingMode':
      return refuseNobody(turn, answer, 'verbNotAllowed')
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
  const holder = identify(turn, input, command)
  if (typeof holder === 'string') return refuseNobody(turn, answer, holder)
  const actor = { source: 'remote', ...holder, answer } as const
  const request = {
    credentialId: holder.credential.id,
    action: operation.type,
    channel: 'remote',
  } as const
  const decision = decide(turn.state.policy?.view, request, situationNow(turn))
  if (operation.type === 'changePolicy') {
    if (decision.verdict === 'allowed') changePolicy(turn, operation, actor)
    else refuseSomebody(turn, actor, 'changePolicy', decision.reason)
  } else if (decision.verdict === 'allowed') {
    if (holder.user.role === 'owner') confirmTimeByOwner(turn)
    operate(turn, operation.type, actor)
  } else refuseOperation(turn, operation.type, actor, decision.reason)
}

/** Who sent a command, or why nobody can be held to have sent it. Burns their challenge. */
function identify(
  turn: Turn,
  { proof, command: bytes }: Signed,
  command: Command,
): Holder | Reason {
  const view = turn.state.policy?.view
  if (view === undefined) return 'notClaimed'
  if (proof.type === 'ticket') return 'badProof'
  const holder = holderOf(view, proof.credentialId)
  if (holder === undefined) return 'unknownCredential'
  const { fault, challenges } = presentChallenge(
    turn.state.challenges,
    credentialHolder(proof.credentialId),
    command.challenge,
    turn.now.monotonicMs,
  )
  update(turn, { challenges })
  if (fault !== undefined) return fault
  const { relyingParties } = view.policy
  const { crypto } = turn.context
  const proofFault = credentialProofFault(crypto, bytes, proof, holder.credential, relyingParties)
  if (proofFault !== undefined) return proofFault
  forgetOthers(turn, proof.credentialId)
  return holder
}

/**
 * A person's newest tap counts. A command of theirs that was held back on the way would otherwise
 * open the door again after they had locked it.
 */
function forgetOthers(turn: Turn, credentialId: Uint8Array): void {
  const own = credentialHolder(credentialId)
  const { challenges } = turn.state
  update(turn, { challenges: keepChallenges(challenges, (holder) => holder !== own) })
}
