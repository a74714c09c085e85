import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { MortiseError } from '@mortise/protocol/errors'
import type { StoreErrorCode } from '#lock/ports/store.ts'
import { AUTHORITY_TABLES } from './schema.ts'

/**
 * How SQLite is opened.
 *
 * WAL with synchronous FULL syncs the log once per commit (https://sqlite.org/pragma.html
 * #pragma_synchronous): half of the time of a rollback journal, which syncs three files or more.
 * The exclusive lock makes this process the one writer, keeps the WAL index in its memory
 * (https://sqlite.org/wal.html section 2.2), and falls with the process however it ends.
 */
const SETTINGS = [
  'pragma locking_mode = exclusive',
  'pragma journal_mode = wal',
  'pragma synchronous = full',
  // Tags of removed codes are overwritten, not just unlinked.
  'pragma secure_delete = on',
  'pragma cell_size_check = on',
  'pragma trusted_schema = off',
] as const

/** Opens the file, which must be there, and takes it for this process alone. */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(locationOf(path), { allowExtension: false, timeout: 0 })
  try {
    for (const setting of SETTINGS) database.exec(setting)
    const mode = database.prepare('pragma journal_mode').get()?.['journal_mode']
    // SQLite answers with the old mode, without an error, when it cannot change it.
    if (mode !== 'wal') throw storeError('storeUnwritable')
    // The exclusive lock is taken by the first transaction that writes, not by the pragma.
    database.exec('begin exclusive; commit')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/**
 * SQLite believes that a write which is cut off damages nothing beside it ("powersafe overwrite",
 * https://sqlite.org/psow.html) unless it is told otherwise. Memory cards write whole blocks, and the
 * block at the end of the log holds the last commit as well: without this, a power cut in one commit
 * could take an acknowledged one with it. Costs four kilobytes a commit.
 */
function locationOf(path: string): URL {
  const location = pathToFileURL(path)
  location.searchParams.set('psow', '0')
  return location
}

/** @throws MortiseError `storeCorrupt` (world): a page of the authority is damaged. */
export function checkAuthority(database: DatabaseSync): void {
  for (const table of AUTHORITY_TABLES) {
    const result = database.prepare(`pragma quick_check('${table}')`).get()
    if (result?.['quick_check'] !== 'ok') throw storeError('storeCorrupt')
  }
}

const TEXTS: Readonly<Record<StoreErrorCode, readonly [message: string, nextStep: string]>> = {
  storeInUse: [
    'another process has the store open',
    'Stop the other lock process, or give this one a data folder of its own.',
  ],
  storeCorrupt: [
    'the store is damaged',
    'Restore the store from a backup. The door still opens by key and thumbturn.',
  ],
  storeTooNew: ['the store was made by newer software', 'Start the newer software.'],
  storeOfAnotherLock: [
    'the store belongs to another lock than the keys beside it',
    'Put back the store and the secrets of the same lock.',
  ],
  storeMissing: [
    'the lock has its keys, but its store is gone',
    'Restore the store from a backup. To start over on purpose, remove the secrets as well.',
  ],
  storeFull: [
    'there is no room for the store',
    'Make room on the disk of the data folder; connect the lock to its hub, which takes its history.',
  ],
  storeUnwritable: [
    'the store cannot be written',
    'Check that the disk is mounted, writable and healthy.',
  ],
}

export function storeError(code: StoreErrorCode, cause?: unknown): MortiseError<StoreErrorCode> {
  const [message, nextStep] = TEXTS[code]
  return new MortiseError('world', code, message, { nextStep, cause })
}

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const CODES: Readonly<Record<number, StoreErrorCode>> = {
  3: 'storeUnwritable',
  5: 'storeInUse',
  6: 'storeInUse',
  8: 'storeUnwritable',
  10: 'storeUnwritable',
  11: 'storeCorrupt',
  13: 'storeFull',
  14: 'storeUnwritable',
  19: 'storeCorrupt',
  24: 'storeCorrupt',
  26: 'storeCorrupt',
}

/** Says in our words what SQLite threw; our own errors pass through. */
export function translate(error: unknown): MortiseError {
  if (error instanceof MortiseError) return error
  const code = CODES[resultCodeOf(error) & 0xff]
  if (code !== undefined) return storeError(code, error)
  return new MortiseError('bug', 'storeFailed', 'the store failed', { cause: error })
}

function resultCodeOf(error: unknown): number {
  const found = error instanceof Error && 'errcode' in error ? error.errcode : 0
  return typeof found === 'number' ? found : 0
}

/** Runs work on the store and says its errors in our words. */
export function inOurWords<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw translate(error)
  }
}
