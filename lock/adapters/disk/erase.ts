import type { DatabaseSync } from 'node:sqlite'
import { inOurWords, translate } from './database.ts'
import type { Reserve } from './reserve.ts'
import type { Statements } from './statements.ts'
import type { OnWritePoint } from './write-point.ts'

export interface ErasingParts {
  readonly database: DatabaseSync
  readonly statements: Statements
  readonly reserve: Reserve
  readonly onWritePoint: OnWritePoint
  /** Makes new keys, durably: those of the ended life open nothing any more, nor name this lock. */
  readonly renewKeys: () => void
}

/** Zeros are written over what is removed, so that many pages at once would need room for a second copy. */
const ENTRIES_PER_STEP = 1_000

/**
 * Erases a life that a factory reset has ended. The note of it goes last, and every step may be done
 * twice: after a power cut in between, the next opening begins again.
 */
export function eraseEndedLife(parts: ErasingParts): void {
  const { statements, onWritePoint } = parts
  if (inOurWords(() => statements.lifeEnded.get()) === undefined) return
  parts.renewKeys()
  inOurWords(() => {
    while (statements.oldestEntry.get()?.['sequence'] !== null) {
      withRoom(parts, () => statements.eraseEntries.run(ENTRIES_PER_STEP))
      onWritePoint('lifeErasing')
    }
    withRoom(parts, () => inOneTransaction(statements, eraseRest))
    onWritePoint('lifeErased')
    withRoom(parts, () => statements.forgetEnd.run())
    onWritePoint('lifeForgotten')
  })
}

function eraseRest(statements: Statements): void {
  statements.removeDocuments.run()
  statements.removePinTags.run()
  statements.removeUsages.run()
  statements.eraseRegisters.run()
  statements.eraseOutbox.run()
  statements.eraseIdentity.run()
}

function inOneTransaction(statements: Statements, work: (statements: Statements) => void): void {
  statements.begin.run()
  work(statements)
  statements.commit.run()
}

/** Carries a step out, and leaves none of what it removed in SQLite's log. */
function withRoom(parts: ErasingParts, step: () => void): void {
  const { database, reserve, onWritePoint } = parts
  try {
    step()
  } catch (error) {
    if (database.isTransaction) database.exec('rollback')
    if (translate(error).code !== 'storeFull' || !reserve.spend()) throw error
    step()
  }
  onWritePoint('lifeStepWritten')
  database.exec('pragma wal_checkpoint(truncate)')
}
