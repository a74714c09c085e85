import type { Contact, HistoryEntry, HistoryReader } from '@mortise/keyholder'
import { readHistory } from '@mortise/keyholder'
import type { HistoryPart } from '#app/state/app/ports.ts'

export interface Histories {
  /** @param keptAtMs when the phone read what the contact's shelf serves; `null` for a hub. */
  readonly start: (
    contact: Contact,
    lockId: string,
    keptAtMs: number | null,
  ) => Promise<HistoryPart>
  readonly more: (contact: Contact, lockId: string, belowSequence: number) => Promise<HistoryPart>
}

interface Reading {
  readonly reader: HistoryReader
  readonly keptAtMs: number | null
}

/** One reader for each lock; starting anew reads from the newest entry. */
export function createHistories(): Histories {
  const readings = new Map<string, Reading>()
  const begin = (contact: Contact, lockId: string, keptAtMs: number | null): Reading => {
    const reading = { reader: readHistory(contact), keptAtMs }
    readings.set(lockId, reading)
    return reading
  }
  return {
    start: async (contact, lockId, keptAtMs) => {
      const { reader } = begin(contact, lockId, keptAtMs)
      return { ...(await reader.next()), ended: reader.ended, keptAtMs }
    },
    more: async (contact, lockId, belowSequence) => {
      const { reader, keptAtMs } = readings.get(lockId) ?? begin(contact, lockId, null)
      return { ...(await readBelow(reader, belowSequence)), keptAtMs }
    },
  }
}

/** A reader that began anew first walks down what is on the screen already. */
async function readBelow(
  reader: HistoryReader,
  belowSequence: number,
): Promise<Omit<HistoryPart, 'keptAtMs'>> {
  const read: HistoryEntry[] = []
  for (;;) {
    const { entries, report } = await reader.next()
    read.push(...entries)
    const reached = entries.some(({ entry }) => entry.sequence < belowSequence)
    if (reached || reader.ended) return { entries: read, report, ended: reader.ended }
  }
}
