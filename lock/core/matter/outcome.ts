import type { LockUserChange, MatterAnswer, MatterStatus } from '#core/matter/commands.ts'
import type { MatterDatabase } from '#core/matter/database.ts'

/** What a management command leads to. */
export interface MatterOutcome {
  readonly answer: MatterAnswer
  /** The database after it; the same object when nothing changed. */
  readonly database: MatterDatabase
  readonly changes: readonly LockUserChange[]
}

/** Nothing changed. */
export function answered(database: MatterDatabase, answer: MatterAnswer): MatterOutcome {
  return { answer, database, changes: [] }
}

export function refused(database: MatterDatabase, status: MatterStatus): MatterOutcome {
  return answered(database, { status })
}

export function changed(
  database: MatterDatabase,
  changes: readonly LockUserChange[],
  fields: Omit<MatterAnswer, 'status'> = {},
): MatterOutcome {
  return { answer: { status: 'success', ...fields }, database, changes }
}

/** Who sent a command, and what the lock hands it for what it may create. */
export interface Sender {
  readonly fabricIndex: number
  readonly nowMs: number
  /** 32 fresh random bytes: the ids of a new user and a new credential. */
  readonly random: Uint8Array
}

export function isIndex(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max
}
