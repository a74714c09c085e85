import { freshRegisters } from '@mortise/lock-core'
import type { Stored as CoreStored } from '@mortise/lock-core'
import { entryHash, genesisHead } from '@mortise/protocol/chain'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import type { Stored } from '#lock/ports/store.ts'

/** What the core starts from; a store that never ran gives the beginning of a chain. */
export function coreStored(crypto: VerifyCrypto, lockId: Uint8Array, stored: Stored): CoreStored {
  const { registers = freshRegisters, policy, newestEntry, matter, journalFrom } = stored
  const { pinTags, bindings, usages } = stored
  const chainHead =
    newestEntry === undefined
      ? genesisHead(crypto, lockId)
      : { sequence: newestEntry.sequence, hash: entryHash(crypto, newestEntry.bytes) }
  return {
    lockId,
    registers,
    chainHead,
    pinTags,
    bindings,
    usages,
    ...(journalFrom === undefined ? {} : { journalFrom }),
    ...(policy && { policy }),
    ...(matter && { matter }),
  }
}
