import type { PolicyEdit, PolicyReading } from '@mortise/keyholder'
import { removeCredential, removeUser, together } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, User } from '@mortise/protocol/words'
import { boundTo } from './policy.ts'

/** Taking some of somebody's credentials away. */
export interface Removal {
  readonly edit: PolicyEdit
  readonly removed: readonly Uint8Array[]
  /** A guest without another way in leaves the list. */
  readonly leaves: boolean
}

export function removalOf(
  reading: PolicyReading,
  user: User,
  credentials: readonly Credential[],
): Removal {
  const removed = credentials.map(({ id }) => id)
  const others = user.credentials.length - credentials.length + boundTo(reading, user).length
  const invited = reading.policy.invitations.some(({ userId }) => toHex(userId) === toHex(user.id))
  const leaves = user.role === 'guest' && others === 0 && !invited
  const edit = leaves
    ? removeUser(user.id)
    : together(...removed.map((id) => removeCredential(user.id, id)))
  return { edit, removed, leaves }
}
