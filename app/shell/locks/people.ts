import { doorSettingsOf, isDuress } from '@mortise/access'
import type { Contact, PolicyReading } from '@mortise/keyholder'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Credential, User } from '@mortise/protocol/words'
import type { OpenInvitation, PeopleReading, Person } from '#app/state/model/access/access-state.ts'
import type { CredentialView } from '#app/state/model/access/access-view.ts'
import { credentialName } from '#app/state/model/access/change-lines.ts'
import { personTermsOf } from '#app/state/model/access/policy-terms.ts'

/** The lock's list as plain data for the state; bindings stand with the person they belong to. */
export function peopleOf(
  contact: Contact,
  reading: PolicyReading,
  keptAtMs: number | null,
): PeopleReading {
  const { policy, standing, reportedAtMs } = reading
  const people = policy.users.map((user) => personOf(user, contact, reading))
  return {
    version: policy.version,
    standing,
    timeZone: policy.timeZone,
    settings: doorSettingsOf(policy),
    holidays: policy.holidaySchedules ?? [],
    reportedAtMs,
    keptAtMs,
    yourRole: people.find((person) => person.isYou)?.role ?? null,
    people,
    invitations: openInvitations(reading),
  }
}

function openInvitations({ policy, bindings }: PolicyReading): readonly OpenInvitation[] {
  return policy.invitations
    .filter(({ id }) => bindings.every(({ invitationId }) => !bytesEqual(invitationId, id)))
    .map(({ id, userId, notAfterMs }) => ({ id: toHex(id), userId: toHex(userId), notAfterMs }))
}

function personOf(user: User, contact: Contact, { bindings }: PolicyReading): Person {
  const bound = bindings
    .filter((binding) => bytesEqual(binding.userId, user.id))
    .map(({ credential }) => credential)
  const credentials = [
    ...user.credentials.map((each) => credentialView(each, contact)),
    ...bound.map((each) => ({ ...credentialView(each, contact), attached: true as const })),
  ]
  return {
    id: toHex(user.id),
    name: user.name,
    role: user.role,
    isYou: credentials.some((each) => each.here),
    disabled: user.userStatus === 'occupiedDisabled',
    verbs: user.verbs,
    credentials,
    terms: personTermsOf(user),
    delegation: user.delegation ?? null,
  }
}

function credentialView(credential: Credential, contact: Contact): CredentialView {
  const own = contact.known.credential
  return {
    id: toHex(credential.id),
    type: credential.type,
    name: credentialName(credential),
    createdAtMs: credential.createdAtMs,
    duress: isDuress(credential),
    here: own !== undefined && bytesEqual(own.id, credential.id),
  }
}
