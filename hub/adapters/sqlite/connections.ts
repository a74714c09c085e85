import type { Kysely } from 'kysely'
import type { Prepare } from '#hub/adapters/sqlite/database.ts'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'
import type { WriteQueue } from '#hub/adapters/sqlite/write-queue.ts'

/** What each part of the store works with. */
export interface Connections {
  /** Sees what was committed. */
  readonly reader: Kysely<Tables>
  readonly write: WriteQueue['write']
  /** A query of the reader that is asked too often to be built each time. */
  readonly prepareRead: Prepare
  /** The same for what is called inside of `write`. */
  readonly prepareWrite: Prepare
}
