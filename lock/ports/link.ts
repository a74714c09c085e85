/** Why a request has no reply; see `LinkFrame` in protocol/wire. */
export type Undeliverable = 'unsealable' | 'malformed' | 'busy'

/**
 * What no honest other side sends. `badProof`: whoever answered does not hold the pinned key.
 * `malformed`: no message that may come now. `badNewestPolicy`: a word about the newest policy that is
 * not proven, or answers another question.
 */
export type LinkRefusal = 'badProof' | 'malformed' | 'badNewestPolicy'

export type RequestOutcome =
  /** The reply, sealed to the asker. */
  | { readonly type: 'reply'; readonly sealed: Uint8Array }
  | { readonly type: 'undeliverable'; readonly reason: Undeliverable }

/** Consecutive entries, oldest first, and the lock's signature over the last of them. */
export interface Upload {
  readonly entries: readonly Uint8Array[]
  readonly signedHead: Uint8Array
  /** Of the last entry. The first may lie above what was asked for: the lock keeps no older one. */
  readonly lastSequence: number
}

/** The lock as a link sees it: bytes that are sealed or signed already, and nothing that decides. */
export interface LinkedLock {
  /** Sequence of the newest journal entry. */
  readonly newestSequence: () => number
  /** The state of this moment, signed. */
  readonly signedState: () => Uint8Array
  /** The policy in force, signed; undefined while nobody owns the lock. */
  readonly signedPolicyReport: () => Uint8Array | undefined
  /** The oldest entries after `sequence` that the lock still keeps; undefined when there is none. */
  readonly uploadAfter: (sequence: number) => Upload | undefined
  /** The other side holds everything up to `sequence` durably. */
  readonly acknowledged: (sequence: number) => void
  readonly lockId: Uint8Array
  /** The hub has proven, just now and for this lock, which version of the policy is the newest it knows. */
  readonly newestPolicy: (version: number) => void
  /** What came over the link was refused. Counted by the lock: may be told as often as it happens. */
  readonly refused: (reason: LinkRefusal) => void
  /** Whether the other side is there: at the start, and whenever that changes. Telling it again does no harm. */
  readonly reached: (up: boolean) => void
  /**
   * A sealed request. `respond` is called once, at once or later, or never when the lock stops; it
   * must not throw and drops what it cannot deliver.
   */
  readonly request: (sealed: Uint8Array, respond: (outcome: RequestOutcome) => void) => void
}

/**
 * A way to the outside. The lock works without it, and never waits for it.
 *
 * - Outbound only, and by itself: it connects, reconnects and resumes without being asked.
 * - **Delivered now or not at all.** A request that was not handed over while its connection lived
 *   is gone; a reply goes back on the connection of its request or nowhere. Nothing is queued.
 * - Right after connecting the other side gets the state and the policy report, then entries from
 *   where its copy ends.
 * - The three notices return at once and may be coalesced: several changes may become one message
 *   with the newest content.
 * - What the other side claims is never believed beyond what the lock knows: an acknowledgement of
 *   entries that do not exist, or were not sent, counts as one of the newest that were.
 */
export interface Link {
  /** Called once. */
  readonly start: (lock: LinkedLock) => void
  readonly stateChanged: () => void
  readonly policyChanged: () => void
  readonly journalGrew: () => void
  /** Ends the connection and every attempt; resolves when nothing is left. */
  readonly close: () => Promise<void>
}
