import type { JournalAppend, JournalStore } from '#hub/ports/store.ts'
import type { Connections } from '#hub/adapters/sqlite/connections.ts'

/** The hub's copies of the locks' journals. */
export function journalPart(connections: Connections): JournalStore {
  const { reader, write } = connections
  const append = preparedAppend(connections)
  return {
    appendEntries: (lockId, entries) => write(async () => append(lockId, entries)),

    saveConflict: (lockId, { sequence, seenAtMs }, evidence) =>
      write(async (db) => {
        await db
          .updateTable('lock')
          .set({
            conflict_sequence: sequence,
            conflict_seen_ms: seenAtMs,
            conflict_evidence: evidence,
          })
          .where('id', '=', lockId)
          .where('conflict_sequence', 'is', null)
          .execute()
      }),

    listEntries: async (lockId, before, limit) => {
      const rows = await reader
        .selectFrom('entry')
        .select(['sequence', 'bytes'])
        .where('lock_id', '=', lockId)
        .where('sequence', '<', before ?? Number.MAX_SAFE_INTEGER)
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toEntry)
    },

    readEntries: async (lockId, fromSequence, toSequence) => {
      const rows = await reader
        .selectFrom('entry')
        .select(['sequence', 'bytes'])
        .where('lock_id', '=', lockId)
        .where('sequence', '>=', fromSequence)
        .where('sequence', '<=', toSequence)
        .orderBy('sequence')
        .execute()
      return rows.map(toEntry)
    },
  }
}

/** node:sqlite's rows have no prototype; what leaves the store is plain. */
function toEntry({ sequence, bytes }: { readonly sequence: number; readonly bytes: Uint8Array }) {
  return { sequence, bytes }
}

/** The one write that comes with everything that happens at any door. */
function preparedAppend({ reader, prepareWrite }: Connections) {
  const nothing = new Uint8Array()
  const journalEnd = prepareWrite(
    reader.selectFrom('journal').select(['last_sequence', 'missing']).where('lock_id', '=', ''),
  )
  const insertEntry = prepareWrite(
    reader.insertInto('entry').values({ lock_id: '', sequence: 0, bytes: nothing }),
  )
  const putEnd = prepareWrite(
    reader.replaceInto('journal').values({
      lock_id: '',
      last_sequence: 0,
      last_hash: nothing,
      signed_head: nothing,
      missing: 0,
    }),
  )
  return (lockId: string, append: JournalAppend): boolean => {
    const last = append.entries.at(-1)
    const [journal] = journalEnd(lockId)
    if (last === undefined || (journal?.last_sequence ?? 0) !== append.after) return false
    for (const { sequence, bytes } of append.entries) insertEntry(lockId, sequence, bytes)
    const missing = (journal?.missing ?? 0) + append.missing
    putEnd(lockId, last.sequence, append.lastHash, append.signedHead, missing)
    return true
  }
}
