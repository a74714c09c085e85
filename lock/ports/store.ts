import type {
  AlarmCode,
  Binding,
  LockoutSource,
  OperatingMode,
  Verb,
} from '@mortise/protocol/words'

/** Guesses at one way in. */
export interface StoredTries {
  readonly wrongCodes: number
  readonly lockouts: number
  /** Milliseconds since 1970; 0 when it is not locked. */
  readonly lockedUntilMs: number
}

/** The small numbers that must never go back. */
export interface StoredRegisters {
  readonly boots: number
  /** Milliseconds since 1970. */
  readonly timeFloorMs: number
  readonly timeUnexplainedMs?: number
  readonly policyVersionFloor: number
  /** Absent for a way in at which none was ever wrong. */
  readonly tries: Readonly<Partial<Record<LockoutSource, StoredTries>>>
  /** The accepted intent whose result is not written yet. */
  readonly openIntent?: { readonly sequence: number; readonly verb: Verb }
  /** Absent: normal. */
  readonly operatingMode?: { readonly mode: OperatingMode; readonly untilMs?: number }
  readonly householdOpenedMs?: number
  readonly policyConfirmedMs?: number
  /** Alarms that stand. */
  readonly standingAlarms?: readonly AlarmCode[]
  /** Whole numbers that the core alone understands. */
  readonly battery?: readonly number[]
  /** The entry after which the journal has lost some that nobody else has. */
  readonly journalLoss?: { readonly after: number; readonly hash: Uint8Array }
}

/** How often somebody whose uses are counted has opened. */
export interface StoredUsage {
  readonly userId: Uint8Array
  readonly usage: { readonly uses: number; readonly firstUseMs?: number }
}

export interface StoredPinTag {
  readonly credentialId: Uint8Array
  readonly tag: Uint8Array
}

/** What a lock knows when it starts. */
export interface Stored {
  /** Absent: this lock has never started. */
  readonly registers?: StoredRegisters
  /** The encoded policy in force; absent while nobody owns the lock. */
  readonly policy?: Uint8Array
  readonly pinTags: readonly StoredPinTag[]
  readonly bindings: readonly Binding[]
  readonly usages: readonly StoredUsage[]
  /** What Matter administrators manage, encoded by the core; absent when that is nothing. */
  readonly matter?: Uint8Array
  /** The journal's newest entry; absent while it is empty. */
  readonly newestEntry?: StoredEntry
  /** Sequence of the oldest entry that is kept; absent while nothing was removed. */
  readonly journalFrom?: number
}

export interface StoredEntry {
  readonly sequence: number
  readonly bytes: Uint8Array
}

export type StoreWrite =
  /** Appends to the journal. */
  | ({ readonly type: 'entry' } & StoredEntry)
  | { readonly type: 'policy'; readonly policy: Uint8Array }
  | ({ readonly type: 'pinTag' } & StoredPinTag)
  | { readonly type: 'pinTagRemoved'; readonly credentialId: Uint8Array }
  /** Replaces the whole list. */
  | { readonly type: 'bindings'; readonly bindings: readonly Binding[] }
  | ({ readonly type: 'usage' } & StoredUsage)
  | { readonly type: 'usageRemoved'; readonly userId: Uint8Array }
  | { readonly type: 'matter'; readonly database: Uint8Array }
  /** Removes the journal up to that entry; never the newest one. */
  | { readonly type: 'entriesPruned'; readonly throughSequence: number }
  /**
   * Removes everything that anybody could open with, and notes that this is the last life of these keys:
   * the next opening finds a lock that never ran.
   */
  | { readonly type: 'factoryReset' }
  /** Replaces all registers. */
  | { readonly type: 'registers'; readonly registers: StoredRegisters }

/**
 * The lock's one authority store. Synchronous, because nothing may happen between a decision and
 * its being durable.
 *
 * - **Durable on return.** When `commit` has returned, its writes survive kill -9 and a power cut.
 * - **All or none.** When `commit` throws, or the process dies inside it, the next `load` shows
 *   either all of its writes or none. After a throw the store only reads and closes: what the
 *   caller holds in memory may be ahead of the disk.
 * - **Full is not broken.** It holds a reserve, which goes first when there is no room. Only then does
 *   `commit` throw `storeFull`, and takes another commit afterwards. Removals come first in a
 *   commit, so that what they free serves the rest of it.
 * - **In order.** Journal sequences rise by one; everything else is refused as a bug.
 * - **Never back.** Registers that only rise (`boots`, `timeFloorMs`, `policyVersionFloor`) are
 *   refused when they fall.
 * - **Set back.** After a commit with `factoryReset`, `load` shows no policy, binding, tag, usage or
 *   Matter; journal and registers stay for those whom the lock still tells. Opened again, nothing is left.
 * - **One writer.** A second opener is refused while the first is alive.
 * - **Never a silent fresh start.** What cannot be read, or was made by newer software, is refused
 *   at opening; it is never replaced by an empty store.
 *
 * Errors are `MortiseError` with blame `world` and one of `StoreErrorCode`, or blame `bug`.
 */
export interface Store {
  readonly load: () => Stored
  /** An empty list does nothing. */
  readonly commit: (writes: readonly StoreWrite[]) => void
  /**
   * Entries from `sequence` (included) on, or from the oldest that is kept, whichever is later; oldest
   * first, without a gap, at most `entriesMax`.
   */
  readonly entriesFrom: (sequence: number, entriesMax: number) => readonly Uint8Array[]
  /**
   * Notes that the hub holds everything up to `sequence`. Never falls, and never passes the newest
   * entry. It becomes durable with a later commit or `close`: losing it costs one repeated upload.
   */
  readonly acknowledged: (sequence: number) => void
  readonly acknowledgedSequence: () => number
  readonly room: () => StoreRoom
  /** Brings the reserve back, in steps that nobody at the door notices: to be called again while it grows. */
  readonly tendReserve: () => void
  /** Afterwards the store can be opened again; calling it again does nothing. */
  readonly close: () => void
}

export type StoreErrorCode =
  /** Another process has it open. */
  | 'storeInUse'
  /** It is damaged, or is no lock store. */
  | 'storeCorrupt'
  /** It was made by newer software. */
  | 'storeTooNew'
  /** It holds another lock's authority. */
  | 'storeOfAnotherLock'
  /** The lock has its keys, but its authority is gone. */
  | 'storeMissing'
  /** There is no room, and no reserve; nothing of the commit is kept. */
  | 'storeFull'
  /** The disk is failing or may not be written; nothing of the commit is kept. */
  | 'storeUnwritable'

/** How much the store can still take. */
export interface StoreRoom {
  /**
   * `spent`: a commit needed it, or it could not be brought back. `exhausted`: spent, and what little
   * is left inside the store as well, so that entries must go before the next ones come.
   */
  readonly reserve: 'whole' | 'growing' | 'spent' | 'exhausted'
  /** Room around the store; absent where nothing but memory bounds it. */
  readonly freeBytes?: number
}
