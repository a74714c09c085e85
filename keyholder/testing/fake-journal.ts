import { appendEntry, genesisHead } from '@mortise/protocol/chain'
import type { ChainHead, NewEntry } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'

export interface FakeJournal {
  readonly entries: readonly Uint8Array[]
  readonly head: ChainHead
  append(entry: Partial<NewEntry> & Pick<NewEntry, 'type'>): void
}

export function createFakeJournal(
  crypto: VerifyCrypto,
  lockId: Uint8Array,
  nowMs: () => number,
): FakeJournal {
  const entries: Uint8Array[] = []
  let head = genesisHead(crypto, lockId)
  return {
    entries,
    get head() {
      return head
    },
    append: (entry) => {
      const appended = appendEntry(crypto, head, { boot: 1, timeMs: nowMs(), ...entry })
      entries.push(appended.bytes)
      head = appended.head
    },
  }
}
