import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue, StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import type { CompiledQuery, SqliteDatabase, SqliteStatement } from 'kysely'
import { MortiseError, assertInvariant } from '@mortise/protocol/errors'
import type { Tables } from '#hub/adapters/sqlite/schema.ts'

/** Prepared statements that are kept; the store has fewer different ones. */
const statementsMax = 256

/** Makes the folder (0700) and the file (0600) before SQLite would with the umask's rights. */
export function prepareFile(path: string): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

/**
 * Opens one connection. `synchronous = FULL` in WAL mode syncs the log at every commit (SQLite
 * documentation, "PRAGMA synchronous"); NORMAL would lose the last commits in a power cut.
 */
export function connect(path: string, access: 'write' | 'read'): Connection {
  const database = new DatabaseSync(path, { readOnly: access === 'read', timeout: 5_000 })
  if (access === 'write') {
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    database.exec('pragma foreign_keys = on')
  }
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: adapt(database) }) })
  return { db, prepare: (query) => prepared(database, query.compile()) }
}

/** One connection, for queries, and for those that are too frequent to be built each time. */
export interface Connection {
  readonly db: Kysely<Tables>
  readonly prepare: Prepare
}

/**
 * Builds and compiles a query once. The values that stand in it only hold their places; the call
 * gives them anew, in the order in which they were written. What changes rows belongs to whatever
 * transaction is open on the connection.
 */
export type Prepare = <Row>(query: {
  readonly compile: () => CompiledQuery<Row>
}) => (...parameters: readonly SQLInputValue[]) => readonly Row[]

function prepared<Row>(
  database: DatabaseSync,
  { sql, parameters: places }: CompiledQuery<Row>,
): (...parameters: readonly SQLInputValue[]) => readonly Row[] {
  const statement = database.prepare(sql)
  return (...parameters) => {
    assertInvariant(parameters.length === places.length, 'each place of a query has its value')
    const rows: readonly unknown[] = statement.all(...parameters)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the rows of a query have the type that its builder worked out; Kysely's own driver asserts the same.
    return rows as readonly Row[]
  }
}

/** The little of better-sqlite3 that Kysely's dialect asks for, on node:sqlite. */
function adapt(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => {
      kept.clear()
      database.close()
    },
    prepare: (sql) => {
      const known = kept.get(sql)
      if (known !== undefined) return known
      const statement = adaptStatement(database.prepare(sql))
      if (kept.size < statementsMax) kept.set(sql, statement)
      return statement
    },
  }
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  }
}

/** node:sqlite binds a `Date` as NULL without a word, so nothing but the plain types passes. */
function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'number' || typeof value === 'string') return value
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value
  throw new MortiseError('bug', 'unbindableValue', `cannot bind a ${typeof value} to SQL`)
}
