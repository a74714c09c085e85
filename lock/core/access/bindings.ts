import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Binding, Policy, Reason } from '@mortise/protocol/words'
import { marksOf, sameSecret, viewPolicy } from '@mortise/access'

/**
 * The bindings that outlive a change to a sound policy, in which whoever is invited is somebody. A
 * binding lives as long as its invitation stands for the same user; a policy that lists the
 * credential itself has adopted it and needs the binding no longer. So owners revoke a bound key by
 * their document alone.
 */
export function bindingsThatStay(bindings: readonly Binding[], after: Policy): readonly Binding[] {
  // Most houses have none, and walking through ten thousand people for them takes a while.
  if (bindings.length === 0) return bindings
  const { holders } = viewPolicy(after, [])
  return bindings.filter(
    ({ userId, invitationId, credential }) =>
      !holders.has(toHex(credential.id)) &&
      after.invitations.some(
        ({ id, userId: invited }) => bytesEqual(id, invitationId) && bytesEqual(invited, userId),
      ),
  )
}

/**
 * Refuses a policy in which the id or the key of a bound credential means something else: adopting
 * takes the whole credential, for the same user.
 */
export function bindingFault(
  bindings: readonly Binding[],
  after: Policy,
): Extract<Reason, 'policyInvalid'> | undefined {
  const byMark = new Map(
    bindings.flatMap((binding) =>
      marksOf(binding.credential).map((mark) => [mark, binding] as const),
    ),
  )
  for (const user of after.users) {
    for (const credential of user.credentials) {
      const clash = marksOf(credential)
        .map((mark) => byMark.get(mark))
        .find((binding) => binding !== undefined)
      if (clash === undefined) continue
      const adopts = bytesEqual(clash.userId, user.id) && sameSecret(clash.credential, credential)
      if (!adopts) return 'policyInvalid'
    }
  }
  return undefined
}
