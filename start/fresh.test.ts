import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { assertNotInUse, assertNotRunning, forget } from './fresh.ts'

function dataFolder(context: TestContext, files: readonly string[]): string {
  const data = mkdtempSync(join(tmpdir(), 'mortise-start-'))
  context.after(() => rmSync(data, { recursive: true, force: true }))
  for (const file of files) {
    mkdirSync(dirname(join(data, file)), { recursive: true })
    writeFileSync(join(data, file), '')
  }
  return data
}

const hubFiles = [
  'hub/hub.sqlite',
  'hub/hub.sqlite-wal',
  'hub/identity.json',
  'hub/link.txt',
  'hub/code-cache/v26/0af1',
]
const lockFiles = [
  'lock/lock.db',
  'lock/lock.db-reserve',
  'lock/secrets',
  'lock/door.json.new',
  'lock/code-cache/v26/0af1',
]

test('forgets hub and lock, and nothing beside them', (context) => {
  const beside = ['mortise.log', 'notes/hub/hub.sqlite', 'hubs/identity.json', 'lock.db']
  const data = dataFolder(context, [...hubFiles, ...lockFiles, ...beside])
  forget(data)
  assert.equal(existsSync(join(data, 'hub')), false)
  assert.equal(existsSync(join(data, 'lock')), false)
  for (const file of beside) assert.ok(existsSync(join(data, file)), file)
  forget(data)
  forget(join(data, 'not there'))
})

const foreignFiles = [
  'hub/package.json',
  'hub/hub.sqlite.bak',
  'lock/core/step.ts',
  'lock/.git/HEAD',
]
for (const foreign of foreignFiles) {
  test(`deletes nothing where there is ${foreign}`, (context) => {
    const files = [...hubFiles, ...lockFiles, foreign]
    const data = dataFolder(context, files)
    assert.throws(() => forget(data), { code: 'notOurFolder', blame: 'caller' })
    for (const file of files) assert.ok(existsSync(join(data, file)), file)
  })
}

test('follows no link out of the data folder', (context) => {
  const elsewhere = dataFolder(context, hubFiles)
  const data = dataFolder(context, [])
  symlinkSync(join(elsewhere, 'hub'), join(data, 'hub'))
  forget(data)
  for (const file of hubFiles) assert.ok(existsSync(join(elsewhere, file)), file)
})

/** As the hub opens it, and as the lock does. */
const openings = {
  'hub/hub.sqlite': 'pragma journal_mode = wal; create table one (two)',
  'lock/lock.db':
    'pragma locking_mode = exclusive; pragma journal_mode = wal; begin exclusive; commit',
} as const
for (const [file, opening] of Object.entries(openings)) {
  test(`refuses while ${file} is open, and not after it`, (context) => {
    const data = dataFolder(context, [file])
    assertNotInUse(data)
    const database = new DatabaseSync(join(data, file))
    database.exec(opening)
    assert.throws(() => assertNotInUse(data), { code: 'alreadyRunning', blame: 'caller' })
    database.close()
    assertNotInUse(data)
  })
}

test('takes a damaged database for one that nobody uses', (context) => {
  const data = dataFolder(context, ['hub/hub.sqlite'])
  writeFileSync(
    join(data, 'hub/hub.sqlite'),
    'no database at all, but long enough to be read as one',
  )
  assertNotInUse(data)
})

test('refuses where something answers on the port', async (context) => {
  const server = createServer((_, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  context.after(() => server.close())
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  await assert.rejects(assertNotRunning(address.port), { code: 'alreadyRunning' })
})
