import type { Kysely } from 'kysely'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'
import type { WriteQueue } from '#hub/adapters/sqlite/write-queue.ts'

/** What each part of the store works with. */
export interface Connections {
  /** Sees what was committed. */
  readonly reader: Kysely<Tables>
  readonly write: WriteQueue['write']
}
