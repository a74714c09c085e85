import type { Transaction } from 'kysely'
import type { JournalAppend, JournalStore } from '#hub/ports/store.ts'
import type { Connections } from '#hub/adapters/sqlite/connections.ts'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'

/** The hub's copies of the locks' journals. */
export function journalPart({ reader, write, insertEntry }: Connections): JournalStore {
  return {
    appendEntries: (lockId, append) =>
      write(async (db) => appendTo(db, insertEntry, lockId, append)),

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

async function appendTo(
  db: Transaction<Tables>,
  insertEntry: Connections['insertEntry'],
  lockId: string,
  append: JournalAppend,
): Promise<boolean> {
  const last = append.entries.at(-1)
  const journal = await db
    .selectFrom('journal')
    .select(['last_sequence', 'missing'])
    .where('lock_id', '=', lockId)
    .executeTakeFirst()
  if (last === undefined || (journal?.last_sequence ?? 0) !== append.after) return false
  for (const { sequence, bytes } of append.entries) insertEntry(lockId, sequence, bytes)
  const end = {
    last_sequence: last.sequence,
    last_hash: append.lastHash,
    signed_head: append.signedHead,
    missing: (journal?.missing ?? 0) + append.missing,
  }
  await db
    .insertInto('journal')
    .values({ lock_id: lockId, ...end })
    .onConflict((conflict) => conflict.column('lock_id').doUpdateSet(end))
    .execute()
  return true
}
