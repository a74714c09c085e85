import { assertInvariant } from '@mortise/protocol/errors'
import { fromHex } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import type { HubDependencies } from '#hub/shell/dependencies.ts'

/**
 * The hub's word on which version of a lock's policy is the newest that it knows, for one question
 * of that lock. A lock keeps guests in by it; it gives nobody a right.
 * @returns undefined while the hub knows no policy of the lock
 */
export async function vouchForNewest(
  { store, identity }: Pick<HubDependencies, 'store' | 'identity'>,
  lockId: string,
  nonce: Uint8Array,
): Promise<Extract<LinkFrame, { type: 'newest' }> | undefined> {
  const version = (await store.findLock(lockId))?.report?.version
  if (version === undefined) return undefined
  const id = fromHex(lockId)
  assertInvariant(id !== undefined, 'the hub names locks by their id in hexadecimal')
  const signature = identity.signNewest({ lockId: id, version, nonce })
  return { type: 'newest', nonce, version, signature }
}
