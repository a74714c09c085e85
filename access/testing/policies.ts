import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { policyHash } from '@mortise/protocol/verify'
import { policyMessage } from '@mortise/protocol/wire'
import type { Policy, User } from '@mortise/protocol/words'
import { relyingParty } from '#access/testing/people.ts'

export const lockId = crypto.sha256(Uint8Array.of(1, 2, 3))

/** A first policy with these users. */
export function policyOf(users: readonly User[], fields: Partial<Policy> = {}): Policy {
  return {
    v: 1,
    lockId,
    version: 1,
    previous: new Uint8Array(32),
    doorName: 'Front door',
    timeZone: 'Europe/Berlin',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
    relyingParties: [relyingParty],
    users,
    invitations: [],
    ...fields,
  }
}

/** The next version of a policy, with some fields changed. */
export function nextPolicy(before: Policy, fields: Partial<Policy> = {}): Policy {
  const previous = policyHash(crypto, policyMessage.encode(before))
  return { ...before, version: before.version + 1, previous, ...fields }
}

/** The users with one of them changed. */
export function withUser(
  users: readonly User[],
  id: Uint8Array,
  fields: Partial<User>,
): readonly User[] {
  return users.map((user) => (user.id === id ? { ...user, ...fields } : user))
}
