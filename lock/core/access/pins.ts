import { toHex } from '@mortise/protocol/wire'
import type { PinForCredential } from '@mortise/protocol/wire'
import { pinWeakness } from '@mortise/protocol/words'
import type { Policy, Reason } from '@mortise/protocol/words'

/**
 * Checks that codes come for exactly the new PIN credentials of a policy, and are fit to guard a
 * door. Whether one is taken by somebody already only their hashes can tell.
 * @param before absent for the first policy
 */
export function pinsFault(
  before: Policy | undefined,
  after: Policy,
  pins: readonly PinForCredential[],
): Reason | undefined {
  const old = pinCredentialIds(before)
  const wanted = new Set([...pinCredentialIds(after)].filter((id) => !old.has(id)))
  const given = new Set(pins.map(({ credentialId }) => toHex(credentialId)))
  if (given.size < pins.length || !given.isSubsetOf(wanted)) return 'pinUnexpected'
  if (given.size < wanted.size) return 'pinMissing'
  if (pins.some(({ pin }) => pinWeakness(pin) !== undefined)) return 'pinTooGuessable'
  return new Set(pins.map(({ pin }) => pin)).size < pins.length ? 'pinTaken' : undefined
}

function pinCredentialIds(policy: Policy | undefined): ReadonlySet<string> {
  const ids = new Set<string>()
  for (const user of policy?.users ?? []) {
    for (const credential of user.credentials) {
      if (credential.type === 'pin') ids.add(toHex(credential.id))
    }
  }
  return ids
}
