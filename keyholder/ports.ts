import type { SealCrypto } from '@mortise/protocol/seal'
import type { Proof } from '@mortise/protocol/wire'
import type { KnownLock, OwnCredential } from './known-lock.ts'

/**
 * The way to locks, and the shelf with what they have signed. Nothing that it returns is believed
 * before it is checked. Every method rejects with a `KeyholderError` of one of the codes
 * `hubUnreachable`, `signedOut`, `tooManyRequests`, `notAllowedByHub`, `lockOffline`, `noAnswer`,
 * `lockBusy` or `requestUndeliverable`.
 */
export interface HubPort {
  /**
   * Delivers one sealed request and resolves with the sealed reply. Never repeats a request by
   * itself. After `noAnswer` and `hubUnreachable` the request may have reached the lock; after all
   * other codes it did nothing there.
   */
  relay(lockId: Uint8Array, sealed: Uint8Array): Promise<Uint8Array>
  /** The newest policy report of the lock: an encoded signed statement. */
  policyReport(lockId: Uint8Array): Promise<Uint8Array>
  /** A page of the journal below `beforeSequence`, or the newest one. */
  historyPage(lockId: Uint8Array, beforeSequence?: number): Promise<HistoryPage>
}

export interface HistoryPage {
  /** Encoded signed statement: the newest head that the hub has; absent while it has no journal. */
  readonly signedHead?: Uint8Array
  /** Encoded entries, newest first. */
  readonly entries: readonly Uint8Array[]
  /** Whether the hub has older ones. */
  readonly more: boolean
}

/** Makes proofs: a passkey in a browser, a device key in a file. */
export interface Prover {
  /**
   * Signs the hash of a command with a credential of this person; a passkey asks for a gesture.
   * Rejects with a `KeyholderError` `proofCancelled` or `proofUnavailable`.
   */
  prove(commandHash: Uint8Array, credential: OwnCredential): Promise<Proof>
}

/** What a device remembers about locks. */
export interface Memory {
  read(lockId: Uint8Array): Promise<KnownLock | undefined>
  list(): Promise<readonly KnownLock[]>
  /**
   * Replaces what is remembered by `change(before)`, in one step that nothing else on the device
   * can come between. Resolves with the new record once it is durable. `change` is pure, may be
   * called more than once, and what it throws leaves the memory as it was.
   */
  update(
    lockId: Uint8Array,
    change: (before: KnownLock | undefined) => KnownLock,
  ): Promise<KnownLock>
}

export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number
}

/** Everything that a person's device brings. */
export interface Device {
  readonly crypto: SealCrypto
  readonly hub: HubPort
  readonly prover: Prover
  readonly memory: Memory
  readonly clock: Clock
}
