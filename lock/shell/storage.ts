import type { Input } from '@mortise/lock-core'
import { entryHash } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { entryMessage } from '@mortise/protocol/wire'
import type { Store } from '#lock/ports/store.ts'

type StorageInput = Extract<Input, { type: 'storage' }>

/** What the core is told of the store. */
export function readStorage(crypto: VerifyCrypto, store: Store): StorageInput {
  const acknowledgedSequence = store.acknowledgedSequence()
  const acknowledgedHash = hashAt(crypto, store, acknowledgedSequence)
  return {
    type: 'storage',
    ...store.room(),
    acknowledgedSequence,
    ...(acknowledgedHash === undefined ? {} : { acknowledgedHash }),
  }
}

/** Hash of an entry that may be gone itself: the next one names it. */
function hashAt(crypto: VerifyCrypto, store: Store, sequence: number): Uint8Array | undefined {
  for (const bytes of store.entriesFrom(sequence, 2)) {
    const entry = entryMessage.decode(bytes)
    if (entry.sequence === sequence) return entryHash(crypto, bytes)
    if (entry.sequence === sequence + 1) return entry.previous
  }
  return undefined
}
