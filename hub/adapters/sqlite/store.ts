import { MortiseError } from '@mortise/protocol/errors'
import type { Store } from '#hub/ports/store.ts'
import { accountPart } from '#hub/adapters/sqlite/accounts.ts'
import { connect, prepareFile } from '#hub/adapters/sqlite/database.ts'
import { journalPart } from '#hub/adapters/sqlite/journals.ts'
import { lockPart } from '#hub/adapters/sqlite/locks.ts'
import { migrate } from '#hub/adapters/sqlite/migrations.ts'
import { sessionPart } from '#hub/adapters/sqlite/sessions.ts'
import { createWriteQueue } from '#hub/adapters/sqlite/write-queue.ts'

/**
 * Opens the store in the file at `path`, making it and its folder when they are not there.
 * @throws MortiseError `storeUnavailable` (world) when the file cannot be used.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const { writer, reader } = await open(path)
  const queue = createWriteQueue(writer.db)
  const connections = {
    reader: reader.db,
    write: queue.write,
    prepareRead: reader.prepare,
    prepareWrite: writer.prepare,
  }
  return {
    ...accountPart(connections),
    ...sessionPart(connections),
    ...lockPart(connections),
    ...journalPart(connections),
    close: async () => {
      await queue.drain()
      await reader.db.destroy()
      await writer.db.destroy()
    },
  }
}

async function open(path: string) {
  try {
    prepareFile(path)
    const writer = connect(path, 'write')
    await migrate(writer.db)
    return { writer, reader: connect(path, 'read') }
  } catch (cause) {
    if (cause instanceof MortiseError) throw cause
    throw new MortiseError('world', 'storeUnavailable', 'the store cannot be opened', {
      nextStep: `Check that this user may write to ${path} and that the disk is not full.`,
      cause,
    })
  }
}
