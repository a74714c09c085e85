import type { DatabaseSync } from 'node:sqlite'
import { MortiseError } from '@mortise/protocol/errors'
import { bindingsMessage } from '@mortise/protocol/wire'
import { lockoutSources } from '@mortise/protocol/words'
import type { StorePosition } from '#lock/ports/store-rules.ts'
import { positionAfter, removalsFirst } from '#lock/ports/store-rules.ts'
import type { StoreWrite, StoredRegisters } from '#lock/ports/store.ts'
import type { Budget } from './budget.ts'
import { storeError, translate } from './database.ts'
import { loadJournalFrom, loadNewestEntry, loadRegisters, sha256 } from './load.ts'
import { isRoomDear } from './reserve.ts'
import type { Reserve } from './reserve.ts'
import { integerOf } from './rows.ts'
import type { Statements } from './statements.ts'
import type { OnWritePoint } from './write-point.ts'

export interface Parts {
  readonly database: DatabaseSync
  readonly reserve: Reserve
  readonly budget: Budget
  readonly onWritePoint: OnWritePoint
}

/** The half of the store that writes; see `Store`. */
export interface Writer {
  readonly commit: (writes: readonly StoreWrite[]) => void
  /** The oldest entry that is kept. */
  readonly journalFrom: () => number
  readonly acknowledged: (sequence: number) => void
  readonly acknowledgedSequence: () => number
  /** Takes along what only memory holds yet. */
  readonly end: () => void
}

export function createWriter(statements: Statements, parts: Parts): Writer {
  const { database, reserve, onWritePoint } = parts
  const newest = loadNewestEntry(statements)
  const registers = loadRegisters(statements)
  let position: StorePosition = {
    newestSequence: newest?.sequence ?? 0,
    ...(registers && { registers }),
  }
  const outbox = createOutbox(statements)
  keepLogShort(database, isRoomDear(reserve.room()))
  let journalFrom = loadJournalFrom(statements)
  let broken = false

  const commitOnce = (writes: readonly StoreWrite[]): void => {
    if (broken) throw new MortiseError('bug', 'storeBroken', 'a commit follows a failed one')
    broken = true
    const ordered = removalsFirst(writes)
    const next = positionAfter(position, ordered)
    statements.begin.run()
    onWritePoint('commitBegun')
    for (const write of ordered) {
      put(statements, write)
      onWritePoint('commitWritten')
    }
    outbox.put()
    onWritePoint('commitReady')
    statements.commit.run()
    onWritePoint('commitDurable')
    outbox.isDurable()
    journalFrom = journalFromAfter(journalFrom, ordered)
    position = next
    broken = false
  }
  const remedies = remediesOf(parts)
  const commit = (writes: readonly StoreWrite[], untried = remedies): void => {
    try {
      commitOnce(writes)
    } catch (error) {
      rollBack(database)
      const said = translate(error)
      if (said.code !== 'storeFull' || database.isTransaction) throw said
      // Nothing of it is there: it may be tried again, or another one in its place.
      broken = false
      const helps = untried.findIndex((remedy) => remedy())
      if (helps === -1) throw storeError('storeFull')
      commit(writes, untried.slice(helps + 1))
    }
  }
  return {
    commit: (writes) => commit(writes),
    journalFrom: () => journalFrom,
    acknowledged: (sequence) => outbox.raise(Math.min(sequence, position.newestSequence)),
    acknowledgedSequence: outbox.sequence,
    end() {
      if (broken) return
      try {
        if (outbox.put()) onWritePoint('markWritten')
      } catch (error) {
        // Losing the mark costs one repeated upload.
        if (translate(error).code !== 'storeFull') throw error
      }
    },
  }
}

function journalFromAfter(before: number, writes: readonly StoreWrite[]): number {
  return writes.reduce(
    (from, write) =>
      write.type === 'entriesPruned' ? Math.max(from, write.throughSequence + 1) : from,
    before,
  )
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
      const isNews = acknowledged !== written
      if (isNews) statements.putAcknowledged.run(acknowledged)
      return isNews
    },
    isDurable() {
      written = acknowledged
    },
  }
}

/** What may help when there is no room, the cheapest first; each tells whether it is worth another try. */
function remediesOf({ database, reserve, budget }: Parts): readonly (() => boolean)[] {
  return [
    () => writeBack(database),
    () => {
      keepLogShort(database, true)
      return reserve.spend() && writeBack(database)
    },
    budget.raise,
  ]
}

/**
 * Copies the log to the database, so that the next commit writes over it: a log that cannot grow is as
 * good as one that can.
 * @returns whether there was anything to copy, and room for it
 */
function writeBack(database: DatabaseSync): boolean {
  try {
    const row = database.prepare('pragma wal_checkpoint(passive)').get() ?? {}
    return integerOf(row, 'checkpointed') > 0
  } catch {
    // The database has to grow for it, and cannot.
    return false
  }
}

/** SQLite writes its log back after a thousand pages; what it grows by until then may be all there is. */
export function keepLogShort(database: DatabaseSync, isShort: boolean): void {
  database.exec(`pragma wal_autocheckpoint = ${isShort ? 32 : 1000}`)
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
    case 'entriesPruned':
      statements.pruneEntries.run(write.throughSequence)
      return
    case 'factoryReset':
      statements.removeDocuments.run()
      statements.removePinTags.run()
      statements.removeUsages.run()
      statements.endLife.run()
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
    registers.openIntent?.sequence ?? null,
    registers.openIntent?.verb ?? null,
    registers.operatingMode?.mode ?? null,
    registers.operatingMode?.untilMs ?? null,
    registers.householdOpenedMs ?? null,
    registers.policyConfirmedMs ?? null,
    registers.timeUnexplainedMs ?? null,
    registers.standingAlarms?.join(' ') ?? null,
    registers.battery?.join(' ') ?? null,
    registers.journalLoss?.after ?? null,
    registers.journalLoss?.hash ?? null,
    triesText(registers.tries),
  )
}

/** `keypad:2:1:1800000030000 matter:0:3:0`: wrong ones, lockouts in a row, and locked until when. */
function triesText(tries: StoredRegisters['tries']): string {
  return lockoutSources
    .flatMap((source) => {
      const of = tries[source]
      return of === undefined
        ? []
        : [[source, of.wrongCodes, of.lockouts, of.lockedUntilMs].join(':')]
    })
    .join(' ')
}
