import { bytesEqual } from '@mortise/protocol/wire'
import type { Binding, Policy, Reason } from '@mortise/protocol/words'
import type { AccessRequest } from '#core/access/decide.ts'
import type { Moment } from '#core/time/lock-time.ts'

/**
 * What `decide` should say, written the slow and obvious way: it looks through the whole policy
 * each time and lists every objection before it names the first. Tests hold the two against each
 * other.
 */
export function specifiedReason(
  policy: Policy | undefined,
  bindings: readonly Binding[],
  request: AccessRequest,
  time: Moment,
): Reason {
  if (policy === undefined) return 'notClaimed'
  const owners = policy.users.filter(
    (user) =>
      user.credentials.some(({ id }) => bytesEqual(id, request.credentialId)) ||
      bindings.some(
        ({ userId, credential }) =>
          bytesEqual(userId, user.id) && bytesEqual(credential.id, request.credentialId),
      ),
  )
  const [user] = owners
  if (user === undefined) return 'unknownCredential'
  const objections: Reason[] = []
  if (user.userStatus === 'occupiedDisabled') objections.push('userDisabled')
  if (request.action === 'lock' && !user.verbs.includes('lock')) objections.push('verbNotAllowed')
  if (request.action === 'unlock' && !user.verbs.includes('unlock')) {
    objections.push('verbNotAllowed')
  }
  if (user.validity !== undefined) {
    const { notBeforeMs, notAfterMs } = user.validity
    if (!time.certain) objections.push('timeUncertain')
    if (!(notBeforeMs <= time.ms)) objections.push('notYetValid')
    if (!(time.ms < notAfterMs)) objections.push('noLongerValid')
  }
  return objections[0] ?? 'granted'
}
