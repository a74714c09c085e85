import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Command, Operation } from '@mortise/protocol/wire'
import type { Policy, Reason } from '@mortise/protocol/words'
import { settleTimeAtClaim } from '#core/clock/owners-time.ts'
import { pinsFault } from '#core/access/pins.ts'
import { isLastingOwner, policyFault, viewPolicy } from '@mortise/access'
import type { Holder } from '@mortise/access'
import { credentialProofFault } from '#core/access/proofs.ts'
import type { Input } from '#core/inputs.ts'
import { closeSetupWindow, endSetupWindow, wrongSetupCodesMax } from '#core/inside/button.ts'
import { decodePolicy } from '#core/requests/decode.ts'
import { carryOutChange, isChangePending } from '#core/requests/pending-change.ts'
import { refuseNobody, refuseSomebody } from '#core/requests/refuse.ts'
import type { CommandAnswer, SetupWindow } from '#core/turn/state.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Signed = Extract<Input, { type: 'signed' }>
type Claim = Extract<Operation, { type: 'claim' }>

/** A first version may skip what earlier owners used up, but must leave room for all that follow. */
const firstVersionMax = 2 ** 32
const noPrevious = new Uint8Array(32)

/** Somebody wants to own a lock that has no owner. */
export function claim(
  turn: Turn,
  input: Signed,
  command: Command,
  operation: Claim,
  answer: CommandAnswer,
): void {
  const { setup } = turn.state
  if (turn.state.policy !== undefined) return refuseNobody(turn, answer, 'alreadyClaimed')
  if (isChangePending(turn)) return refuseNobody(turn, answer, 'busy')
  if (setup === undefined || turn.now.monotonicMs >= setup.untilMonotonicMs) {
    return refuseNobody(turn, answer, 'setupWindowClosed')
  }
  if (!turn.context.crypto.equalConstantTime(command.challenge, setup.challenge)) {
    return refuseWrongCode(turn, setup, answer)
  }
  takeOwnership(turn, input, operation, answer)
}

/** Bounded by the few that a window allows, so each is written down. */
function refuseWrongCode(turn: Turn, setup: SetupWindow, answer: CommandAnswer): void {
  const wrongCodes = setup.wrongCodes + 1
  update(turn, { setup: { ...setup, wrongCodes } })
  refuseSomebody(turn, { source: 'remote', answer }, 'claim', 'wrongSetupCode')
  if (wrongCodes >= wrongSetupCodesMax) closeSetupWindow(turn)
}

/**
 * Who knows the code may bring their policy. A policy that is refused does not use the code up:
 * only the person at the display could have sent it, and they may mend it.
 */
function takeOwnership(turn: Turn, input: Signed, operation: Claim, answer: CommandAnswer): void {
  const policy = decodePolicy(operation.policy)
  if (policy === undefined) return refuseNobody(turn, answer, 'policyInvalid')
  const owner = claimant(turn, input, policy)
  if (typeof owner === 'string') return refuseNobody(turn, answer, owner)
  const reason = firstPolicyFault(turn, policy) ?? pinsFault(undefined, policy, operation.pins)
  if (reason !== undefined) return refuseNobody(turn, answer, reason)
  endSetupWindow(turn)
  settleTimeAtClaim(turn, answer.timeMs)
  const { policy: encoded, pins } = operation
  const actor = { source: 'remote', ...owner, answer } as const
  carryOutChange(turn, { type: 'claimed', policy, encoded, pins, actor })
}

/** The owner of the new policy whose new key signed the claim: nobody is made owner unasked. */
function claimant(turn: Turn, { proof, command }: Signed, policy: Policy): Holder | Reason {
  if (proof.type === 'ticket') return 'badProof'
  const holder = viewPolicy(policy, []).holders.get(toHex(proof.credentialId))
  if (holder === undefined) return 'unknownCredential'
  if (!isLastingOwner(holder.user)) return 'notAuthorized'
  const { crypto } = turn.context
  const { credential } = holder
  return credentialProofFault(crypto, command, proof, credential, policy.relyingParties) ?? holder
}

function firstPolicyFault(turn: Turn, policy: Policy): Reason | undefined {
  const floor = turn.state.registers.policyVersionFloor
  if (!bytesEqual(policy.lockId, turn.state.lockId)) return 'wrongLock'
  if (policy.version <= floor || policy.version > floor + firstVersionMax) return 'policyConflict'
  if (!bytesEqual(policy.previous, noPrevious)) return 'policyConflict'
  return policyFault(policy)
}
