import type { ChainHead } from '@mortise/protocol/chain'
import type { OwnAccess, SigningCredential } from '@mortise/protocol/words'

/** A credential that a device can prove: everything but a keypad code. */
export type OwnCredential = SigningCredential

/**
 * How a device learned a lock's keys. `claim`: from the lock's own inside. `invitation`: from the
 * link of somebody who knows the lock. `firstUse`: the hub said so, and nobody has compared the
 * safety code.
 */
export type Meeting = 'claim' | 'invitation' | 'firstUse'

/** The two public keys of a lock; its id is the hash of the first. */
export interface LockKeys {
  /** Ed25519, 32 bytes: signs everything that the lock says. */
  readonly lockKey: Uint8Array
  /** X25519, 32 bytes: requests are sealed to it. */
  readonly sealingKey: Uint8Array
}

/** What a device remembers about one lock. */
export interface KnownLock extends LockKeys {
  readonly lockId: Uint8Array
  readonly metBy: Meeting
  /** What this device proves itself with at this lock. */
  readonly credential?: OwnCredential
  /** What the lock said last that this device's person may do. */
  readonly access?: OwnAccess
  /** The newest policy version that the lock has signed before this device's eyes. */
  readonly policy?: { readonly version: number; readonly hash: Uint8Array }
  /** The newest journal head that this device has checked. */
  readonly head?: ChainHead
}
