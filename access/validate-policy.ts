import { unreachable } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, Policy, Reason, User } from '@mortise/protocol/words'

/**
 * Checks what a policy must be whoever signs it. Its shape, sizes and the uniqueness of ids inside
 * one list are the decoder's part.
 */
export function policyFault(
  policy: Policy,
): Extract<Reason, 'policyInvalid' | 'lastOwner'> | undefined {
  const sound =
    isTimeZone(policy.timeZone) &&
    policy.users.every(hasSoundValidity) &&
    credentialsAreDistinct(policy) &&
    passkeysHaveTheirParty(policy) &&
    invitationsHaveTheirUser(policy)
  if (!sound) return 'policyInvalid'
  return policy.users.some(isLastingOwner) ? undefined : 'lastOwner'
}

/** An owner who can sign the next change at any time; without one, nobody could ever mend the policy. */
export function isLastingOwner(user: User): boolean {
  return (
    user.role === 'owner' &&
    user.userStatus === 'occupiedEnabled' &&
    user.validity === undefined &&
    (user.userType ?? 'unrestrictedUser') === 'unrestrictedUser' &&
    user.credentials.some(({ type }) => type === 'passkey' || type === 'deviceKey')
  )
}

/** A named zone of the time-zone data. A bare offset would be wrong for half of each year. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function hasSoundValidity({ validity }: User): boolean {
  return validity === undefined || validity.notBeforeMs < validity.notAfterMs
}

/**
 * No credential, key or passkey may prove two people, or the journal could not say who it was.
 */
function credentialsAreDistinct(policy: Policy): boolean {
  const seen = new Set<string>()
  for (const user of policy.users) {
    for (const credential of user.credentials) {
      for (const mark of marksOf(credential)) {
        if (seen.has(mark)) return false
        seen.add(mark)
      }
    }
  }
  return true
}

/** What must not occur twice among all credentials of a lock. */
export function marksOf(credential: Credential): readonly string[] {
  const id = `id:${toHex(credential.id)}`
  switch (credential.type) {
    case 'pin':
    case 'fingerprint':
    case 'face':
      return [id]
    case 'deviceKey':
    case 'rfid':
      return [id, `key:${toHex(credential.publicKey)}`]
    case 'passkey':
      return [id, `key:${toHex(credential.publicKey)}`, `passkey:${toHex(credential.passkeyId)}`]
    default:
      return unreachable(credential)
  }
}

function passkeysHaveTheirParty(policy: Policy): boolean {
  return policy.users.every(({ credentials }) =>
    credentials.every((credential) => hasRelyingParty(policy, credential)),
  )
}

/** True for everything but a passkey whose relying party the policy does not know, or knows no origin of. */
export function hasRelyingParty(policy: Policy, credential: Credential): boolean {
  return (
    credential.type !== 'passkey' ||
    policy.relyingParties.some(
      ({ id, origins }) => id === credential.relyingPartyId && origins.length > 0,
    )
  )
}

function invitationsHaveTheirUser(policy: Policy): boolean {
  const users = new Set(policy.users.map(({ id }) => toHex(id)))
  return policy.invitations.every(({ userId }) => users.has(toHex(userId)))
}
