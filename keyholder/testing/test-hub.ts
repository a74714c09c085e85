import { entryMessage } from '@mortise/protocol/wire'
import { KeyholderError } from '#keyholder/errors.ts'
import type { HistoryPage, HubPort } from '#keyholder/ports.ts'
import type { FakeLock } from './fake-lock.ts'

/** An honest hub with one lock; a test replaces single methods to make it hostile. */
export interface TestHub extends HubPort {
  /** Requests that went to the lock. */
  readonly relayed: readonly Uint8Array[]
  online: boolean
}

const pageSize = 50

export function createTestHub(lock: FakeLock): TestHub {
  const relayed: Uint8Array[] = []
  const hub: TestHub = {
    relayed,
    online: true,
    relay: async (_lockId, sealed) => {
      if (!hub.online) throw new KeyholderError('lockOffline')
      relayed.push(sealed)
      return lock.answer(sealed)
    },
    policyReport: () => Promise.resolve(lock.signedReport()),
    historyPage: (_lockId, before) => Promise.resolve(pageOf(lock, before)),
  }
  return hub
}

/** A page of a lock's whole journal, or of the entries that `kept` lets through. */
export function pageOf(
  lock: FakeLock,
  before: number = Infinity,
  kept: (sequence: number) => boolean = () => true,
): HistoryPage {
  const older = lock.journal.entries
    .filter((bytes) => {
      const { sequence } = entryMessage.decode(bytes)
      return sequence < before && kept(sequence)
    })
    .toReversed()
  const signedHead = lock.signedHead()
  return { signedHead, entries: older.slice(0, pageSize), more: older.length > pageSize }
}
