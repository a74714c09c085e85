import type { Kysely } from 'kysely'
import type { PreparedRun } from '#hub/adapters/sqlite/database.ts'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'
import type { WriteQueue } from '#hub/adapters/sqlite/write-queue.ts'

/** What each part of the store works with. */
export interface Connections {
  /** Sees what was committed. */
  readonly reader: Kysely<Tables>
  readonly write: WriteQueue['write']
  /** Only inside of `write`: adds one journal entry to the transaction that is open. */
  readonly insertEntry: PreparedRun
}
