import { authorizeChange, policyFault } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import { limits } from '@mortise/protocol/limits'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Operation } from '@mortise/protocol/wire'
import type { Policy, Reason, User } from '@mortise/protocol/words'
import { bindingFault } from '#core/access/bindings.ts'
import { credentialHolder } from '#core/access/challenges.ts'
import { hearSignedTime } from '#core/clock/owners-time.ts'
import { beginEnrolment, captureMs } from '#core/enrolment/enrolment.ts'
import { isSomebodyInside } from '#core/inside/button.ts'
import { actorFields, record } from '#core/journal/record.ts'
import { isChangePending } from '#core/requests/pending-change.ts'
import { decideRemotely, policyInForce } from '#core/requests/permission.ts'
import { refuseSomebody } from '#core/requests/refuse.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Signatory } from '#core/turn/state.ts'
import { lockTimeAt } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

type Enrol = Extract<Operation, { type: 'enrolCredential' }>

/** Somebody wants the reader at the door to learn a finger or a face, for a policy of theirs to list. */
export function enrolCredential(turn: Turn, operation: Enrol, actor: Signatory): void {
  const reason = enrolmentFault(turn, operation, actor)
  if (reason !== undefined) return refuseSomebody(turn, actor, 'enrolCredential', reason)
  hearSignedTime(turn, actor)
  const { credentialId, credentialType, userId } = operation
  const user = policyInForce(turn).view.users.get(toHex(userId))
  assertInvariant(user !== undefined, 'only people of the policy are enrolled')
  beginEnrolment(turn, { credentialId, credentialType, user, begunBy: actor.user.id })
  const sequence = record(turn, {
    type: 'enrolmentBegan',
    ...actorFields(actor),
    attempt: credentialType,
    untilMs: lockTimeAt(turn, turn.now.monotonicMs + captureMs),
  })
  const holder = credentialHolder(actor.credential.id)
  sendReceipt(turn, actor.answer, { outcome: 'done', reason: 'granted', sequence }, holder)
}

/** Who may have a policy list it may have it learned, and nobody else. */
function enrolmentFault(turn: Turn, operation: Enrol, actor: Signatory): Reason | undefined {
  const { verdict, reason } = decideRemotely(turn, actor, 'changePolicy')
  if (verdict !== 'allowed') return reason
  if (!turn.state.readerTypes.includes(operation.credentialType)) return 'notFitted'
  if (isChangePending(turn) || isReaderTaken(turn, actor)) return 'busy'
  const { policy: before } = policyInForce(turn).view
  const user = before.users.find(({ id }) => bytesEqual(id, operation.userId))
  const isRoom = user !== undefined && user.credentials.length < limits.credentialsPerUserMax
  if (!isRoom) return 'policyInvalid'
  const after = listing(before, user, operation)
  return (
    policyFault(after) ??
    bindingFault(turn.state.bindings, after) ??
    authorizeChange(before, after, actor.user, isSomebodyInside(turn))
  )
}

/** By somebody else. Whoever began may begin anew, and an owner waits for nobody. */
function isReaderTaken(turn: Turn, { user }: Signatory): boolean {
  const { enrolling } = turn.state
  if (enrolling === undefined || enrolling.stage === 'failed') return false
  return user.role !== 'owner' && !bytesEqual(enrolling.begunBy, user.id)
}

/** The policy as it would list the new credential, to be judged and not kept. */
function listing(
  policy: Policy,
  of: User,
  { credentialId: id, credentialType: type }: Enrol,
): Policy {
  const credentials = [...of.credentials, { type, id, createdAtMs: 0, name: type }]
  return {
    ...policy,
    users: policy.users.map((user) => (user === of ? { ...user, credentials } : user)),
  }
}
