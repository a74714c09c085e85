import { hasRelyingParty } from '@mortise/access'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Binding, Policy } from '@mortise/protocol/words'
import { addCredential, removeInvitation, together } from './edits.ts'

/**
 * Writes keys that came by a link into the list and takes their used invitations out, which frees
 * their places. Nobody gains or loses by it. Keys of owners keep their invitation: writing one down
 * would take the button on the inside.
 */
export function adoptBoundKeys(policy: Policy, bindings: readonly Binding[]): Policy {
  const edits = bindings
    .filter((binding) => canBeAdopted(policy, binding))
    .map(({ userId, invitationId, credential }) =>
      together(addCredential(userId, credential), removeInvitation(invitationId)),
    )
  return together(...edits)(policy)
}

function canBeAdopted(policy: Policy, { userId, invitationId, credential }: Binding): boolean {
  const user = policy.users.find(({ id }) => bytesEqual(id, userId))
  const stands = policy.invitations.some(({ id }) => bytesEqual(id, invitationId))
  return (
    stands && user !== undefined && user.role !== 'owner' && hasRelyingParty(policy, credential)
  )
}
