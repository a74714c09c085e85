import assert from 'node:assert/strict'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { DatabaseSync } from 'node:sqlite'
import { sql } from 'kysely'
import { storeContract } from '#hub/ports/store.contract.ts'
import { connect, prepareFile } from '#hub/adapters/sqlite/database.ts'
import { openSqliteStore } from '#hub/adapters/sqlite/store.ts'
import { temporaryFolder } from '#hub/testing/test-hub.ts'

const folders = new Map<string, string>()

storeContract('sqlite', (context, name) => {
  const key = `${context.name} ${name}`
  const folder = folders.get(key) ?? temporaryFolder(context)
  folders.set(key, folder)
  return openSqliteStore(join(folder, 'hub', 'hub.sqlite'))
})

const modeOf = (path: string): number => statSync(path).mode & 0o777

test('keeps folder and files to the user alone', async (context) => {
  const folder = join(temporaryFolder(context), 'hub')
  const path = join(folder, 'hub.sqlite')
  const store = await openSqliteStore(path)
  await store.markAllOffline(1)
  assert.equal(modeOf(folder), 0o700)
  for (const suffix of ['', '-wal', '-shm']) assert.equal(modeOf(path + suffix), 0o600)
  await store.close()
})

test('opens with a write-ahead log and full syncs', async (context) => {
  const path = join(temporaryFolder(context), 'hub.sqlite')
  prepareFile(path)
  const { db } = connect(path, 'write')
  const pragma = async (name: string): Promise<unknown> => {
    const [row] = (await sql.raw<object>(`pragma ${name}`).execute(db)).rows
    return Object.values(row ?? {})[0]
  }
  assert.equal(await pragma('journal_mode'), 'wal')
  assert.equal(await pragma('synchronous'), 2)
  assert.equal(await pragma('foreign_keys'), 1)
  await db.destroy()
})

test('never binds a Date, which node:sqlite would turn into NULL', async (context) => {
  const path = join(temporaryFolder(context), 'hub.sqlite')
  prepareFile(path)
  const { db } = connect(path, 'write')
  const query = sql`select ${new Date(0)} as instant`.execute(db)
  await assert.rejects(query, { code: 'unbindableValue', blame: 'bug' })
  await db.destroy()
})

test('says what to do about a file that is no store', async (context) => {
  const path = join(temporaryFolder(context), 'hub.sqlite')
  writeFileSync(path, 'x'.repeat(5_000))
  await assert.rejects(openSqliteStore(path), { code: 'storeUnavailable', blame: 'world' })
})

test('refuses a file that a newer hub has migrated', async (context) => {
  const path = join(temporaryFolder(context), 'hub.sqlite')
  await (await openSqliteStore(path)).close()
  const raw = new DatabaseSync(path)
  raw.exec("insert into kysely_migration (name, timestamp) values ('0999-later', '2030')")
  raw.close()
  await assert.rejects(openSqliteStore(path), { code: 'migrationFailed', blame: 'world' })
})
