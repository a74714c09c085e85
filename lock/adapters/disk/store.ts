import { assertInvariant } from '@mortise/protocol/errors'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Store, StoreRoom } from '#lock/ports/store.ts'
import { keepBudget } from './budget.ts'
import type { Budget, StoreSize } from './budget.ts'
import { checkAuthority, inOurWords, openDatabase, storeError } from './database.ts'
import { eraseEndedLife } from './erase.ts'
import { keepPrivate, makePrivateFile } from './files.ts'
import { loadRegisters, loadStored } from './load.ts'
import { isRoomDear, openReserve } from './reserve.ts'
import type { Reserve } from './reserve.ts'
import { bytesOf, integerOf } from './rows.ts'
import { migrate } from './schema.ts'
import type { Statements } from './statements.ts'
import { prepareStatements } from './statements.ts'
import type { OnWritePoint } from './write-point.ts'
import { createWriter, keepLogShort } from './writer.ts'
import type { Parts, Writer } from './writer.ts'

export interface DiskStoreOptions extends StoreSize {
  readonly path: string
  /** False: an absent or empty file is refused, because the lock has lived before. */
  readonly mayBeNew: boolean
  readonly onWritePoint?: OnWritePoint
  /** Called before a life that a factory reset has ended is erased; makes new keys, durably. */
  readonly renewKeys?: () => void
}

/** Beside the store. */
export const RESERVE_SUFFIX = '-reserve'

export interface DiskStore extends Store {
  /**
   * Ties the store to a lock on its first start, and checks the tie on every other.
   * @throws MortiseError `storeOfAnotherLock` (world)
   */
  readonly bindTo: (lockId: Uint8Array) => void
  readonly isBound: () => boolean
}

/**
 * Opens the store, and makes it when it is not there and may be new.
 * @throws MortiseError with a `StoreErrorCode`
 */
export function openDiskStore(options: DiskStoreOptions): DiskStore {
  const { path, mayBeNew, onWritePoint = () => {}, renewKeys = () => {} } = options
  if (mayBeNew && makePrivateFile(path)) onWritePoint('storeFileMade')
  // SQLite gives its log the mode of the store; a backup may have brought another one.
  for (const name of [path, `${path}-wal`]) keepPrivate(name)
  return inOurWords(() => {
    const database = openDatabase(path)
    try {
      migrate(database, mayBeNew)
      onWritePoint('storeMigrated')
      checkAuthority(database)
      const reserve = openReserve(path + RESERVE_SUFFIX, options.reserveBytes)
      const budget = keepBudget(database, options)
      const statements = prepareStatements(database)
      eraseEndedLife({ database, statements, reserve, onWritePoint, renewKeys })
      const parts = { database, reserve, budget, onWritePoint }
      return createStore(createWriter(statements, parts), statements, parts)
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function createStore(writer: Writer, statements: Statements, parts: Parts): DiskStore {
  const { database, reserve, budget, onWritePoint } = parts
  return {
    load: () => inOurWords(() => loadStored(statements)),
    commit(writes) {
      if (writes.length > 0) writer.commit(writes)
    },
    entriesFrom: (sequence, entriesMax) =>
      inOurWords(() =>
        readEntries(statements, Math.max(sequence, writer.journalFrom()), entriesMax),
      ),
    room: () => inOurWords(() => roomOf(reserve, budget)),
    tendReserve() {
      inOurWords(() => budget.lower())
      reserve.grow()
      if (reserve.room().reserve === 'whole') inOurWords(() => keepLogShort(database, false))
    },
    acknowledged: writer.acknowledged,
    acknowledgedSequence: writer.acknowledgedSequence,
    bindTo: (lockId) => inOurWords(() => bindTo(statements, lockId, onWritePoint)),
    isBound: () => inOurWords(() => statements.identity.get() !== undefined),
    close() {
      if (!database.isOpen) return
      inOurWords(() => {
        writer.end()
        database.close()
      })
    },
  }
}

/**
 * What the largest turn needs, the removal of entries included. A log that cannot be written back,
 * because the database would have to grow, could not be begun anew: so it must not come to that.
 */
const FREE_PAGES_MIN = 8

function roomOf(reserve: Reserve, budget: Budget): StoreRoom {
  const room = reserve.room()
  if (room.reserve !== 'spent' && !budget.isRaised() && !isRoomDear(room)) return room
  return { ...room, reserve: budget.freePages() < FREE_PAGES_MIN ? 'exhausted' : 'spent' }
}

function readEntries(
  statements: Statements,
  sequence: number,
  entriesMax: number,
): readonly Uint8Array[] {
  const rows = statements.entriesFrom.all(sequence, entriesMax)
  return rows.map((row, index) => {
    if (integerOf(row, 'sequence') !== sequence + index) throw storeError('storeCorrupt')
    return bytesOf(row, 'bytes')
  })
}

function bindTo(statements: Statements, lockId: Uint8Array, onWritePoint: OnWritePoint): void {
  assertInvariant(lockId.length === 32, 'a lock id has 32 bytes')
  const row = statements.identity.get()
  if (row === undefined) {
    if (loadRegisters(statements) !== undefined) throw storeError('storeCorrupt')
    statements.putIdentity.run(lockId)
    onWritePoint('storeBound')
    return
  }
  if (!bytesEqual(bytesOf(row, 'lock_id'), lockId)) throw storeError('storeOfAnotherLock')
}
