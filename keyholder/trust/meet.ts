import { lockIdOf } from '@mortise/protocol/verify'
import { bytesEqual } from '@mortise/protocol/wire'
import { KeyholderError } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import type { KnownLock, LockKeys, Meeting, OwnCredential } from '#keyholder/known-lock.ts'

export interface MeetOptions {
  readonly metBy: Meeting
  /** What the keys were announced for; they must belong to it. */
  readonly lockId?: Uint8Array
  readonly credential?: OwnCredential
}

/**
 * Learns a lock's keys, or compares them with the ones that are known. Keys of a known lock never
 * change here: a hub that swaps the sealing key could read codes, and is found out.
 * @throws KeyholderError `wrongLock`, `lockKeyChanged`
 */
export async function meetLock(
  device: Device,
  keys: LockKeys,
  options: MeetOptions,
): Promise<KnownLock> {
  const lockId = lockIdOf(device.crypto, keys.lockKey)
  requireUsableKeys(device, keys)
  if (options.lockId !== undefined && !bytesEqual(options.lockId, lockId)) {
    throw new KeyholderError('wrongLock')
  }
  return device.memory.update(lockId, (before) => {
    if (before !== undefined) return recognised(before, keys, options)
    const { metBy, credential } = options
    const { lockKey, sealingKey } = keys
    const met = { lockId, lockKey, sealingKey, metBy }
    return credential === undefined ? met : { ...met, credential }
  })
}

function recognised(before: KnownLock, keys: LockKeys, options: MeetOptions): KnownLock {
  if (!sameKeys(before, keys)) throw new KeyholderError('lockKeyChanged')
  // Comparing by an invitation or at the lock itself is worth more than the hub's word.
  const metBy = options.metBy === 'firstUse' ? before.metBy : options.metBy
  const credential = options.credential ?? before.credential
  const known = { ...before, metBy }
  return credential === undefined ? known : { ...known, credential }
}

export function sameKeys(left: LockKeys, right: LockKeys): boolean {
  return bytesEqual(left.lockKey, right.lockKey) && bytesEqual(left.sealingKey, right.sealingKey)
}

/**
 * A key of small order would let everybody read what is sealed to it (RFC 7748 section 6.1).
 * @throws KeyholderError `wrongLock`
 */
export function requireUsableKeys(device: Device, keys: LockKeys): void {
  const shared = device.crypto.x25519(device.crypto.randomBytes(32), keys.sealingKey)
  if (shared === undefined) throw new KeyholderError('wrongLock')
}
