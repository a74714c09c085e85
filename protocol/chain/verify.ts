import type { ChainHead } from '#protocol/chain/append.ts'
import { entryHash } from '#protocol/chain/append.ts'
import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { bytesEqual } from '#protocol/wire/bytes.ts'
import { WireError } from '#protocol/wire/errors.ts'
import { entryMessage } from '#protocol/wire/journal.ts'
import type { Entry } from '#protocol/words/events.ts'

export type ChainFaultCode =
  /** The bytes are no entry. */
  | 'malformed'
  /** A sequence number is missing or comes twice. */
  | 'gap'
  /** The entry does not continue the one before: altered, or of another chain. */
  | 'brokenLink'

export interface ChainFault {
  readonly code: ChainFaultCode
  /** Sequence at which the chain stops being whole. */
  readonly sequence: number
}

export interface VerifiedSegment {
  readonly entries: readonly Entry[]
  /** The end of what was verified; where there is a fault, the last good entry. */
  readonly head: ChainHead
  readonly fault?: ChainFault
}

/**
 * Checks that encoded entries, oldest first, continue `from` without a gap. Stops at the first
 * fault and returns what is good before it.
 */
export function verifyForward(
  crypto: VerifyCrypto,
  from: ChainHead,
  encodedEntries: readonly Uint8Array[],
): VerifiedSegment {
  const entries: Entry[] = []
  let head = from
  for (const bytes of encodedEntries) {
    const sequence = head.sequence + 1
    const entry = decodeEntry(bytes)
    if (entry === undefined) return { entries, head, fault: { code: 'malformed', sequence } }
    if (entry.sequence !== sequence) return { entries, head, fault: { code: 'gap', sequence } }
    if (!bytesEqual(entry.previous, head.hash)) {
      return { entries, head, fault: { code: 'brokenLink', sequence } }
    }
    entries.push(entry)
    head = { sequence, hash: entryHash(crypto, bytes) }
  }
  return { entries, head }
}

/**
 * Checks that encoded entries, newest first, lead down from a trusted end of the chain: the first
 * must hash to `top.hash`. The returned head is what the next older page must hash to.
 */
export function verifyBackward(
  crypto: VerifyCrypto,
  top: ChainHead,
  encodedEntries: readonly Uint8Array[],
): VerifiedSegment {
  const entries: Entry[] = []
  let head = top
  for (const bytes of encodedEntries) {
    const entry = decodeEntry(bytes)
    const { sequence } = head
    if (entry === undefined) return { entries, head, fault: { code: 'malformed', sequence } }
    if (entry.sequence !== sequence) return { entries, head, fault: { code: 'gap', sequence } }
    if (!bytesEqual(entryHash(crypto, bytes), head.hash)) {
      return { entries, head, fault: { code: 'brokenLink', sequence } }
    }
    entries.push(entry)
    head = { sequence: sequence - 1, hash: entry.previous }
  }
  return { entries, head }
}

function decodeEntry(bytes: Uint8Array): Entry | undefined {
  try {
    return entryMessage.decode(bytes)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}
