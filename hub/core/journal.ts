import type { ChainHead } from '@mortise/protocol/chain'
import { genesisHead, verifyForward } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { lockIdOf, verifyStatement } from '@mortise/protocol/verify'
import { WireError, bytesEqual, entryMessage, headMessage } from '@mortise/protocol/wire'
import type { Entry, Head } from '@mortise/protocol/words'

/** The end of the hub's copy of a journal. */
export interface CopyEnd {
  readonly sequence: number
  /** Hash of the newest stored entry. */
  readonly hash: Uint8Array
}

/** What a lock sent: encoded entries, oldest first, and a head at or after the last of them. */
export interface Upload {
  readonly entries: readonly Uint8Array[]
  readonly signedHead: Uint8Array
}

export interface StoredEntry {
  readonly sequence: number
  readonly bytes: Uint8Array
}

export type UploadFault =
  | 'malformed'
  | 'badSignature'
  | 'wrongLock'
  /** The entries do not follow one another. */
  | 'brokenChain'
  /** The head is older than the entries that it should cover. */
  | 'headTooOld'
  /** The head and the entries contradict each other. */
  | 'headMismatch'

export type Intake =
  /** Store, then acknowledge up to `end.sequence`. */
  | {
      readonly kind: 'store'
      readonly entries: readonly StoredEntry[]
      readonly end: CopyEnd
      /** Sequences below the first new entry that this hub never got. */
      readonly missing: number
    }
  /** All of it is stored already. */
  | { readonly kind: 'known' }
  /** The signed head lies beyond: keep the entries, unbelieved, until one covers them. */
  | { readonly kind: 'wait' }
  /** The lock's key signed a history that contradicts the stored one. Never stored over it. */
  | { readonly kind: 'conflict'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly fault: UploadFault }

/** What intake needs to know about the lock. */
export interface JournalFacts {
  readonly lockKey: Uint8Array
  /** Absent while nothing is stored. */
  readonly end: CopyEnd | undefined
  /** The stored bytes of a sequence, for uploads that come twice. */
  readonly storedAt: (sequence: number) => Uint8Array | undefined
}

/**
 * Decides about an upload. Nothing is believed that is not under a head with the lock's signature,
 * nothing is stored twice, and a second history is reported instead of stored.
 */
export function takeIn(crypto: VerifyCrypto, facts: JournalFacts, upload: Upload): Intake {
  const head = openHead(crypto, facts.lockKey, upload.signedHead)
  if (typeof head === 'string') return { kind: 'refused', fault: head }
  const first = upload.entries[0]
  if (first === undefined) return judgeHeadAlone(facts.end, head)
  const segment = readSegment(crypto, first, upload.entries)
  if (typeof segment === 'string') return { kind: 'refused', fault: segment }
  if (head.sequence > segment.end.sequence) return { kind: 'wait' }
  if (head.sequence < segment.end.sequence) return { kind: 'refused', fault: 'headTooOld' }
  if (!bytesEqual(head.hash, segment.end.hash)) return { kind: 'refused', fault: 'headMismatch' }
  return joinToCopy(crypto, facts, segment, upload.entries)
}

/** The sequences that an upload claims to hold; undefined when it holds none that can be read. */
export function uploadRange({
  entries,
}: Upload): { readonly from: number; readonly to: number } | undefined {
  const opening = entries[0] === undefined ? undefined : decodeEntry(entries[0])
  if (opening === undefined) return undefined
  return { from: opening.sequence, to: opening.sequence + entries.length - 1 }
}

function openHead(
  crypto: VerifyCrypto,
  lockKey: Uint8Array,
  signedHead: Uint8Array,
): Head | UploadFault {
  try {
    const body = verifyStatement(crypto, 'head', lockKey, signedHead)
    if (body === undefined) return 'badSignature'
    const head = headMessage.decode(body)
    return bytesEqual(head.lockId, lockIdOf(crypto, lockKey)) ? head : 'wrongLock'
  } catch (error) {
    if (error instanceof WireError) return 'malformed'
    throw error
  }
}

/** A head without entries can only tell that the copy is whole, or that there are two histories. */
function judgeHeadAlone(end: CopyEnd | undefined, head: Head): Intake {
  if (end === undefined || head.sequence !== end.sequence) return { kind: 'known' }
  return bytesEqual(head.hash, end.hash)
    ? { kind: 'known' }
    : { kind: 'conflict', sequence: head.sequence }
}

interface Segment {
  readonly entries: readonly Entry[]
  readonly end: ChainHead
}

/** The entries among themselves: decoded, without a gap, each with the hash of the one before. */
function readSegment(
  crypto: VerifyCrypto,
  first: Uint8Array,
  encoded: readonly Uint8Array[],
): Segment | UploadFault {
  const opening = decodeEntry(first)
  if (opening === undefined) return 'malformed'
  const before = { sequence: opening.sequence - 1, hash: opening.previous }
  const { entries, head, fault } = verifyForward(crypto, before, encoded)
  if (fault === undefined) return { entries, end: head }
  return fault.code === 'malformed' ? 'malformed' : 'brokenChain'
}

function decodeEntry(bytes: Uint8Array): Entry | undefined {
  try {
    return entryMessage.decode(bytes)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

function joinToCopy(
  crypto: VerifyCrypto,
  facts: JournalFacts,
  segment: Segment,
  encoded: readonly Uint8Array[],
): Intake {
  const end = facts.end ?? genesisHead(crypto, lockIdOf(crypto, facts.lockKey))
  const fresh: StoredEntry[] = []
  for (const [index, entry] of segment.entries.entries()) {
    const bytes = encoded[index] ?? new Uint8Array()
    if (entry.sequence > end.sequence) {
      fresh.push({ sequence: entry.sequence, bytes })
      continue
    }
    // Below a gap nothing is stored to compare with, and late filling would need its own proof.
    const stored = facts.storedAt(entry.sequence)
    if (stored !== undefined && !bytesEqual(stored, bytes)) {
      return { kind: 'conflict', sequence: entry.sequence }
    }
  }
  const next = segment.entries.find((entry) => entry.sequence > end.sequence)
  if (next === undefined) return { kind: 'known' }
  const missing = next.sequence - end.sequence - 1
  if (missing === 0 && !bytesEqual(next.previous, end.hash)) {
    return { kind: 'conflict', sequence: next.sequence }
  }
  return { kind: 'store', entries: fresh, end: segment.end, missing }
}
