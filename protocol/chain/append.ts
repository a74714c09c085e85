import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { entryMessage } from '#protocol/wire/journal.ts'
import { labelled } from '#protocol/wire/labels.ts'
import type { Entry } from '#protocol/words/events.ts'

/** The end of a chain: what the next entry continues. */
export interface ChainHead {
  readonly sequence: number
  readonly hash: Uint8Array
}

/** An entry before it has its place in the chain. */
export type NewEntry = Omit<Entry, 'v' | 'sequence' | 'previous'>

/** Where a lock's chain begins. Holds its id, so that no entry can move to another lock's chain. */
export function genesisHead(crypto: VerifyCrypto, lockId: Uint8Array): ChainHead {
  return { sequence: 0, hash: crypto.sha256(labelled('genesis', lockId)) }
}

/** The hash that the next entry names as its `previous`. */
export function entryHash(crypto: VerifyCrypto, entry: Uint8Array): Uint8Array {
  return crypto.sha256(labelled('entry', entry))
}

/** Gives an entry its sequence and its link, and returns it encoded with the new end of the chain. */
export function appendEntry(
  crypto: VerifyCrypto,
  head: ChainHead,
  entry: NewEntry,
): { readonly bytes: Uint8Array; readonly head: ChainHead } {
  const sequence = head.sequence + 1
  const bytes = entryMessage.encode({ v: 1, ...entry, sequence, previous: head.hash })
  return { bytes, head: { sequence, hash: entryHash(crypto, bytes) } }
}
