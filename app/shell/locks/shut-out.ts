import { doorSettingsOf } from '@mortise/access'
import type { PolicyProposal } from '@mortise/keyholder'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Binding, CredentialType, Policy, User } from '@mortise/protocol/words'
import type { ShutOut } from '#app/state/model/access/access-view.ts'
import type { WayTrouble } from '#app/state/model/access/person-rules.ts'
import { wayTrouble } from '#app/state/model/access/person-rules.ts'
import { personTermsOf } from '#app/state/model/access/policy-terms.ts'

/** Whom a change would leave with ways in none of which opens, and who had some that did. */
export function shutOutBy(proposal: Pick<PolicyProposal, 'before' | 'after'>): readonly ShutOut[] {
  const { before, after } = proposal
  return after.users.flatMap((user) => {
    const trouble = troubleOf(user, after, before.bindings)
    if (trouble === null) return []
    const old = before.policy.users.find(({ id }) => bytesEqual(id, user.id))
    const had = old === undefined ? null : troubleOf(old, before.policy, before.bindings)
    return had === null ? [{ who: user.name, trouble }] : []
  })
}

function troubleOf(user: User, policy: Policy, bindings: readonly Binding[]): WayTrouble | null {
  if (user.userStatus === 'occupiedDisabled') return null
  const { rules } = personTermsOf(user)
  return wayTrouble(typesOf(user, policy, bindings), rules, doorSettingsOf(policy).faceRule)
}

/** What the lock attached itself goes with its invitation; who is invited brings a phone. */
function typesOf(
  user: User,
  policy: Policy,
  bindings: readonly Binding[],
): readonly CredentialType[] {
  const invited = policy.invitations.filter(({ userId }) => bytesEqual(userId, user.id))
  const bound = bindings.filter((binding) =>
    invited.some(({ id }) => bytesEqual(id, binding.invitationId)),
  )
  const isOpen = invited.length > bound.length
  return [
    ...user.credentials.map(({ type }) => type),
    ...bound.map(({ credential }) => credential.type),
    ...(isOpen ? (['passkey'] as const) : []),
  ]
}
