import type { DatabaseSync } from 'node:sqlite'
import { MortiseError, assertInvariant } from '@mortise/protocol/errors'
import { bindingsMessage, bytesEqual } from '@mortise/protocol/wire'
import type { StorePosition } from '#lock/ports/store-rules.ts'
import { positionAfter } from '#lock/ports/store-rules.ts'
import type { Store, StoreWrite, StoredRegisters } from '#lock/ports/store.ts'
import { checkAuthority, inOurWords, openDatabase, storeError, translate } from './database.ts'
import { keepPrivate, makePrivateFile } from './files.ts'
import { loadNewestEntry, loadRegisters, loadStored, sha256 } from './load.ts'
import { bytesOf, integerOf } from './rows.ts'
import { migrate } from './schema.ts'
import type { Statements } from './statements.ts'
import { prepareStatements } from './statements.ts'
import type { OnWritePoint } from './write-point.ts'

export interface DiskStoreOptions {
  readonly path: string
  /** False: an absent or empty file is refused, because the lock has lived before. */
  readonly mayBeNew: boolean
  readonly onWritePoint?: OnWritePoint
}

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
  const { path, mayBeNew, onWritePoint = () => {} } = options
  if (mayBeNew && makePrivateFile(path)) onWritePoint('storeFileMade')
  // SQLite gives its log the mode of the store; a backup may have brought another one.
  for (const name of [path, `${path}-wal`]) keepPrivate(name)
  return inOurWords(() => {
    const database = openDatabase(path)
    try {
      migrate(database, mayBeNew)
      onWritePoint('storeMigrated')
      checkAuthority(database)
      return createStore(database, onWritePoint)
    } catch (error) {
      database.close()
      throw error
    }
  })
}

function createStore(database: DatabaseSync, onWritePoint: OnWritePoint): DiskStore {
  const statements = prepareStatements(database)
  const newest = loadNewestEntry(statements)
  const registers = loadRegisters(statements)
  let position: StorePosition = {
    newestSequence: newest?.sequence ?? 0,
    ...(registers && { registers }),
  }
  const outbox = createOutbox(statements)
  let broken = false

  const commit = (writes: readonly StoreWrite[]): void => {
    if (broken) throw new MortiseError('bug', 'storeBroken', 'a commit follows a failed one')
    broken = true
    const next = positionAfter(position, writes)
    statements.begin.run()
    onWritePoint('commitBegun')
    for (const write of writes) {
      put(statements, write)
      onWritePoint('commitWritten')
    }
    outbox.put()
    onWritePoint('commitReady')
    statements.commit.run()
    onWritePoint('commitDurable')
    position = next
    broken = false
  }

  return {
    load: () => inOurWords(() => loadStored(statements)),
    commit(writes) {
      if (writes.length === 0) return
      try {
        commit(writes)
      } catch (error) {
        rollBack(database)
        throw translate(error)
      }
    },
    entriesFrom: (sequence, entriesMax) =>
      inOurWords(() => readEntries(statements, sequence, entriesMax)),
    acknowledged: (sequence) => outbox.raise(Math.min(sequence, position.newestSequence)),
    acknowledgedSequence: outbox.sequence,
    bindTo: (lockId) => inOurWords(() => bindTo(statements, lockId, onWritePoint)),
    isBound: () => inOurWords(() => statements.identity.get() !== undefined),
    close() {
      if (!database.isOpen) return
      inOurWords(() => {
        if (!broken) outbox.put()
        database.close()
      })
    },
  }
}

/** The acknowledged mark: in memory until a commit takes it along, because losing it costs little. */
function createOutbox(statements: Statements) {
  const row = statements.acknowledged.get()
  let written = row === undefined ? 0 : integerOf(row, 'acknowledged')
  let acknowledged = written
  return {
    sequence: () => acknowledged,
    raise(sequence: number) {
      acknowledged = Math.max(acknowledged, sequence)
    },
    put() {
      if (acknowledged === written) return
      statements.putAcknowledged.run(acknowledged)
      written = acknowledged
    },
  }
}

function rollBack(database: DatabaseSync): void {
  // SQLite has rolled back by itself after some errors, as when the disk is full.
  if (!database.isOpen || !database.isTransaction) return
  try {
    database.exec('rollback')
  } catch {
    // The first error tells more, and the store takes no further commit in any case.
  }
}

function put(statements: Statements, write: StoreWrite): void {
  switch (write.type) {
    case 'entry':
      statements.putEntry.run(write.sequence, write.bytes)
      return
    case 'policy':
      putDocument(statements, 'policy', write.policy)
      return
    case 'bindings':
      putDocument(statements, 'bindings', bindingsMessage.encode({ bindings: write.bindings }))
      return
    case 'pinTag':
      statements.putPinTag.run(write.credentialId, write.tag)
      return
    case 'pinTagRemoved':
      statements.removePinTag.run(write.credentialId)
      return
    case 'usage':
      statements.putUsage.run(write.userId, write.usage.uses, write.usage.firstUseMs ?? null)
      return
    case 'usageRemoved':
      statements.removeUsage.run(write.userId)
      return
    case 'matter':
      putDocument(statements, 'matter', write.database)
      return
    case 'registers':
      putRegisters(statements, write.registers)
  }
}

function putDocument(statements: Statements, name: string, bytes: Uint8Array): void {
  statements.putDocument.run(name, bytes, sha256(bytes))
}

function putRegisters(statements: Statements, registers: StoredRegisters): void {
  statements.putRegisters.run(
    registers.boots,
    registers.timeFloorMs,
    registers.policyVersionFloor,
    registers.wrongCodes,
    registers.keypadLockouts,
    registers.keypadLockedUntilMs,
    registers.openIntent?.sequence ?? null,
    registers.openIntent?.verb ?? null,
    registers.operatingMode?.mode ?? null,
    registers.operatingMode?.untilMs ?? null,
    registers.householdOpenedMs ?? null,
    registers.policyConfirmedMs ?? null,
    registers.matterLockout?.wrongCodes ?? null,
    registers.matterLockout?.lockouts ?? null,
    registers.matterLockout?.lockedUntilMs ?? null,
    registers.timeUnexplainedMs ?? null,
    registers.lastingAlarms?.join(' ') ?? null,
    registers.battery?.join(' ') ?? null,
  )
}

function readEntries(
  statements: Statements,
  sequence: number,
  entriesMax: number,
): readonly Uint8Array[] {
  const rows = statements.entriesFrom.all(sequence, entriesMax)
  const first = Math.max(1, sequence)
  return rows.map((row, index) => {
    if (integerOf(row, 'sequence') !== first + index) throw storeError('storeCorrupt')
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
