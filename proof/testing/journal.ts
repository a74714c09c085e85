import assert from 'node:assert/strict'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { Store } from '@mortise/lock'
import { genesisHead, verifyForward } from '@mortise/protocol/chain'
import type { Entry } from '@mortise/protocol/words'

/** Far more than any proof writes. */
const entriesMax = 1_000_000

/**
 * The whole journal, after checking that it is one chain from the lock's beginning.
 * @param earlier what somebody else keeps of entries that the lock has removed
 */
export function readJournal(
  store: Store,
  lockId: Uint8Array,
  earlier: readonly Uint8Array[] = [],
): readonly Entry[] {
  const genesis = genesisHead(nodeSealCrypto, lockId)
  const removed = (store.load().journalFrom ?? 1) - 1
  const all = [...earlier.slice(0, removed), ...store.entriesFrom(1, entriesMax)]
  const { entries, fault } = verifyForward(nodeSealCrypto, genesis, all)
  assert.equal(fault, undefined)
  const mark = entries.findLast(({ type }) => type === 'journalPruned')
  assert.equal(mark?.throughSequence ?? 0, removed, 'what is gone is marked')
  return entries
}

/** How many messages and operations the journal says were refused. */
export function refusalsIn(journal: readonly Entry[]): number {
  return journal.reduce((sum, { type, count }) => {
    if (type === 'messagesRefused') return sum + (count ?? 0)
    return type === 'refused' ? sum + 1 : sum
  }, 0)
}
