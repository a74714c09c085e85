import { assertInvariant } from '@mortise/protocol/errors'
import { limits } from '@mortise/protocol/limits'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Command, Operation } from '@mortise/protocol/wire'
import type { Binding, Credential, Invitation, Reason, User } from '@mortise/protocol/words'
import {
  challengeFault,
  credentialHolder,
  invitationHolder,
  voidChallenges,
} from '#core/access/challenges.ts'
import { hasRelyingParty, marksOf, viewPolicy } from '@mortise/access'
import type { PolicyView } from '@mortise/access'
import { ticketProofFault } from '#core/access/proofs.ts'
import type { Input } from '#core/inputs.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { isChangePending } from '#core/requests/pending-change.ts'
import { refuseNobody, refuseSomebody } from '#core/requests/refuse.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Asker, CommandAnswer, PolicyInForce } from '#core/turn/state.ts'
import { momentNow, update } from '#core/turn/turn.ts'
import { othersOf } from '#core/matter-channel/install.ts'
import type { Turn } from '#core/turn/turn.ts'

type Signed = Extract<Input, { type: 'signed' }>
type Accept = Extract<Operation, { type: 'acceptInvitation' }>

export interface OpenInvitation {
  readonly invitation: Invitation
  /** Who is invited. */
  readonly user: User
}

/** An invitation of the policy in force that nobody has accepted yet. */
export function openInvitation(
  view: PolicyView,
  bindings: readonly Binding[],
  invitationId: Uint8Array,
): OpenInvitation | undefined {
  if (bindings.some((binding) => bytesEqual(binding.invitationId, invitationId))) return undefined
  const invitation = view.policy.invitations.find(({ id }) => bytesEqual(id, invitationId))
  if (invitation === undefined) return undefined
  const user = view.users.get(toHex(invitation.userId))
  assertInvariant(user !== undefined, 'a policy in force has the people of its invitations')
  return { invitation, user }
}

/** The bearer of a ticket attaches a key of their own to the user that they were invited as. */
export function acceptInvitation(
  turn: Turn,
  input: Signed,
  command: Command,
  { credential }: Accept,
  answer: CommandAnswer,
): void {
  const { policy } = turn.state
  if (policy === undefined) return refuseNobody(turn, answer, 'notClaimed')
  const open = identifyTicket(turn, policy.view, input, command)
  if (typeof open === 'string') return refuseNobody(turn, answer, open)
  const { invitation, user } = open
  const actor: Asker = { source: 'remote', user, answer }
  const reason = invitationFault(turn, policy.view, user, invitation, credential)
  if (reason !== undefined) refuseSomebody(turn, actor, 'acceptInvitation', reason)
  else bind(turn, policy, { userId: user.id, invitationId: invitation.id, credential }, actor)
}

/** Which invitation's ticket signed, or why none did. Uses up the ticket's challenge, not the ticket. */
function identifyTicket(
  turn: Turn,
  view: PolicyView,
  { proof, command: bytes }: Signed,
  command: Command,
): OpenInvitation | Reason {
  if (proof.type !== 'ticket') return 'badProof'
  const open = openInvitation(view, turn.state.bindings, proof.invitationId)
  if (open === undefined) return 'unknownInvitation'
  const own = invitationHolder(proof.invitationId)
  const { challenges } = turn.state
  const { monotonicMs } = turn.now
  const fault =
    challengeFault(turn.context, challenges, own, command.challenge, monotonicMs) ??
    ticketProofFault(turn.context.crypto, bytes, proof, open.invitation)
  if (fault !== undefined) return fault
  update(turn, { challenges: voidChallenges(challenges, [own], monotonicMs) })
  return open
}

function invitationFault(
  turn: Turn,
  view: PolicyView,
  user: User,
  invitation: Invitation,
  credential: Credential,
): Reason | undefined {
  const { ms, certain } = momentNow(turn)
  if (isChangePending(turn)) return 'busy'
  if (!certain) return 'timeUncertain'
  if (ms >= invitation.notAfterMs) return 'invitationExpired'
  if (user.userStatus !== 'occupiedEnabled') return 'userDisabled'
  return credentialFits(view, user, credential) ? undefined : 'policyInvalid'
}

/**
 * A key that its bearer holds, and nothing else: the digits of a code travel only in an owner's
 * change, and what a reader at the door knows becomes somebody's only by a signed policy.
 */
function credentialFits(view: PolicyView, user: User, credential: Credential): boolean {
  if (credential.type !== 'passkey' && credential.type !== 'deviceKey') return false
  if (!hasRelyingParty(view.policy, credential)) return false
  const marks = new Set(marksOf(credential))
  let held = 0
  for (const holder of view.holders.values()) {
    if (marksOf(holder.credential).some((mark) => marks.has(mark))) return false
    if (bytesEqual(holder.user.id, user.id)) held += 1
  }
  return held < limits.credentialsPerUserMax
}

function bind(turn: Turn, policy: PolicyInForce, binding: Binding, actor: Asker): void {
  const { policy: document } = policy.view
  const bindings = [...turn.state.bindings, binding]
  turn.writes.push({ type: 'bindings', bindings })
  update(turn, {
    bindings,
    policy: {
      ...policy,
      view: viewPolicy(document, bindings, othersOf(document, turn.state.matter)),
    },
  })
  turn.publishesPolicy = true
  const { credential } = binding
  const sequence = record(turn, {
    type: 'invitationAccepted',
    ...actorFields({ ...actor, credential }),
    outcome: 'done',
    reason: 'granted',
  })
  const holder = credentialHolder(credential.id)
  sendReceipt(turn, actor.answer, { outcome: 'done', reason: 'granted', sequence }, holder)
}
