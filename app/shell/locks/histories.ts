import type { Contact, HistoryEntry, HistoryReader } from '@mortise/keyholder'
import { readHistory } from '@mortise/keyholder'
import type { HistoryPart } from '#app/state/app/ports.ts'

export interface Histories {
  readonly start: (contact: Contact, lockId: string) => Promise<HistoryPart>
  readonly more: (contact: Contact, lockId: string, belowSequence: number) => Promise<HistoryPart>
}

/** One reader for each lock; starting anew reads from the newest entry. */
export function createHistories(): Histories {
  const readers = new Map<string, HistoryReader>()
  return {
    start: async (contact, lockId) => {
      const reader = readHistory(contact)
      readers.set(lockId, reader)
      return { ...(await reader.next()), ended: reader.ended }
    },
    more: async (contact, lockId, belowSequence) => {
      const reader = readers.get(lockId) ?? readHistory(contact)
      readers.set(lockId, reader)
      return readBelow(reader, belowSequence)
    },
  }
}

/** A reader that began anew first walks down what is on the screen already. */
async function readBelow(reader: HistoryReader, belowSequence: number): Promise<HistoryPart> {
  const read: HistoryEntry[] = []
  for (;;) {
    const { entries, report } = await reader.next()
    read.push(...entries)
    const reached = entries.some(({ entry }) => entry.sequence < belowSequence)
    if (reached || reader.ended) return { entries: read, report, ended: reader.ended }
  }
}
