import type { Contact, HubPort } from '@mortise/keyholder'
import { KeyholderError } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Database } from '#app/shell/database.ts'
import { sequenceOf } from '#app/shell/kept/keep.ts'
import type { KeptHistory } from '#app/shell/kept/records.ts'
import { keptHistory, keptReport } from '#app/shell/kept/records.ts'

/** As many entries as a hub hands over at once. */
const pageEntries = 50

/** The shelf in the place of a hub: it relays nothing, and says `hubUnreachable` for what is not on it. */
export function keptHub(database: Pick<Database, 'get'>): HubPort {
  return {
    relay: () => Promise.reject(new KeyholderError('hubUnreachable')),
    policyReport: async (lockId) => {
      const kept = keptReport(await database.get('reports', toHex(lockId)))
      if (kept === undefined) throw new KeyholderError('hubUnreachable')
      return kept.signed
    },
    historyPage: async (lockId, beforeSequence = Infinity) => {
      const kept = keptHistory(await database.get('histories', toHex(lockId)))
      const below = (kept?.entries ?? []).filter((bytes) => sequenceOf(bytes) < beforeSequence)
      // What is below the shelf's last entry is not missing; it takes a network to read it.
      if (kept === undefined || below.length === 0) throw new KeyholderError('hubUnreachable')
      const entries = below.slice(0, pageEntries)
      return { signedHead: kept.signedHead, entries, more: !reachesFirst(kept, entries) }
    },
  }
}

function reachesFirst({ entries: all }: KeptHistory, page: readonly Uint8Array[]): boolean {
  const last = page.at(-1)
  return last !== undefined && last === all.at(-1) && sequenceOf(last) === 1
}

/** The same contact, with the shelf in the place of the hub. What it learns stays out of the original. */
export function overShelf(contact: Contact, hub: HubPort): Contact {
  return { ...contact, device: { ...contact.device, hub } }
}

/** When this phone read what it keeps; `null` when it keeps nothing. */
export async function keptAtMs(
  database: Pick<Database, 'get'>,
  store: 'reports' | 'histories',
  lockId: Uint8Array,
): Promise<number | null> {
  const record = await database.get(store, toHex(lockId))
  const kept = store === 'reports' ? keptReport(record) : keptHistory(record)
  return kept?.readAtMs ?? null
}

/** Whether the hub itself could not be asked: whatever else it says counts more than a shelf. */
export function isAway(error: unknown): boolean {
  return error instanceof KeyholderError && error.code === 'hubUnreachable'
}
