import type { PolicyEdit, PolicyReading } from '@mortise/keyholder'
import { changePolicy, removeCredential, removeUser, together } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, User } from '@mortise/protocol/words'
import type { Door } from './door.ts'
import type { Result } from './output/result.ts'
import { line } from './output/result.ts'
import { boundTo, openInvitations } from './policy.ts'

/**
 * Takes some of somebody's credentials away, and tells of it in `words` once the lock has said so.
 * @throws as `changePolicy`
 */
export async function takeAway(
  door: Door,
  reading: PolicyReading,
  removal: {
    readonly user: User
    readonly credentials: readonly Credential[]
    readonly words: string
  },
): Promise<Result> {
  const { user, credentials, words } = removal
  const { edit, removed, leaves } = removalOf(reading, user, credentials)
  const { version } = await changePolicy(door.contact, { edit, pins: [] })
  return {
    data: {
      lockId: door.lockId,
      door: door.name,
      person: { id: toHex(user.id), name: user.name },
      credentialIds: removed.map(toHex),
      personRemoved: leaves,
      policyVersion: version,
    },
    lines: [
      line(words, 'good'),
      ...(leaves ? [line(`${user.name} had no other way in and left the list.`, 'quiet')] : []),
    ],
  }
}

interface Removal {
  readonly edit: PolicyEdit
  readonly removed: readonly Uint8Array[]
  /** A guest without another way in, nor a link to one, leaves the list. */
  readonly leaves: boolean
}

/** What taking some of somebody's credentials away does to the list. */
export function removalOf(
  reading: PolicyReading,
  user: User,
  credentials: readonly Credential[],
): Removal {
  const removed = credentials.map(({ id }) => id)
  const others = user.credentials.length - credentials.length + boundTo(reading, user).length
  const invited = openInvitations(reading).some(({ userId }) => toHex(userId) === toHex(user.id))
  const leaves = user.role === 'guest' && others === 0 && !invited
  const edit = leaves
    ? removeUser(user.id)
    : together(...removed.map((id) => removeCredential(user.id, id)))
  return { edit, removed, leaves }
}
