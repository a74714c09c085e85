import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import { createVirtualDoor } from './door.ts'
import { createManualTime } from './manual-time.ts'
import { NEW_DOOR } from './physics.ts'
import { createFileStore } from './record-file.ts'
import { decodeRecord, encodeRecord } from './record.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mortise-door-'))
  path = join(folder, 'deep', 'door.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const isUnreadable = (error: unknown) =>
  error instanceof MortiseError && error.code === 'doorStateUnreadable' && error.blame === 'world'

describe('the file of the door', () => {
  test('what was saved is loaded, in one private file', () => {
    const store = createFileStore(path)
    assert.equal(store.load(), undefined)
    const record = { ...NEW_DOOR, bolt: 'between', batteryPercent: 12 } as const
    store.save(NEW_DOOR)
    store.save(record)
    assert.deepEqual(createFileStore(path).load(), record)
    assert.deepEqual(readdirSync(join(folder, 'deep')), ['door.json'])
    assert.equal(statSync(path).mode & 0o777, 0o600)
  })

  test('a half-written replacement beside it is not read', () => {
    const store = createFileStore(path)
    store.save(NEW_DOOR)
    writeFileSync(`${path}.new`, '{"version":1,"bolt":"ext')
    assert.deepEqual(createFileStore(path).load(), NEW_DOOR)
    store.save({ ...NEW_DOOR, leaf: 'open' })
    assert.equal(createFileStore(path).load()?.leaf, 'open')
  })

  const good: Record<string, unknown> = JSON.parse(encodeRecord(NEW_DOOR))
  const rows: [string, string][] = [
    ['nothing', ''],
    ['half a file', encodeRecord(NEW_DOOR).slice(0, 100)],
    ['a list', '[]'],
    ['no version', JSON.stringify({ ...good, version: undefined })],
    ['a later version', JSON.stringify({ ...good, version: 4 })],
    ['an unknown bolt place', JSON.stringify({ ...good, bolt: 'unknown' })],
    ['a missing field', JSON.stringify({ ...good, leaf: undefined })],
    ['an extra field', JSON.stringify({ ...good, owner: 'me' })],
    ['a negative battery', JSON.stringify({ ...good, batteryPercent: -1 })],
    ['a fraction', JSON.stringify({ ...good, batteryMillivolts: 1.5 })],
    ['a missing count', JSON.stringify({ ...good, counts: { motorDrives: 1 } })],
    [
      'a fault of another kind',
      JSON.stringify({ ...good, faults: { ...NEW_DOOR.faults, jam: 1 } }),
    ],
  ]
  test('a door of version 1 gets the battery that it had, at room temperature', () => {
    const { chemistry: _, celsius: __, movementsOnPercent: ___, templates: ____, ...first } = good
    const text = JSON.stringify({ ...first, version: 1, batteryPercent: 40 })
    assert.deepEqual(decodeRecord(text), { ...NEW_DOOR, batteryPercent: 40 })
  })
  test('a door of version 2 has a reader that knows nobody', () => {
    const { templates: _, ...second } = good
    assert.deepEqual(decodeRecord(JSON.stringify({ ...second, version: 2 })), NEW_DOOR)
  })
  rows.push(
    ['a template of nobody', JSON.stringify({ ...good, templates: [{ whose: 'Anna' }] })],
    ['a template that is no list', JSON.stringify({ ...good, templates: {} })],
    ['too hot for a door', JSON.stringify({ ...good, celsius: 61 })],
    ['a battery of coal', JSON.stringify({ ...good, chemistry: 'coal' })],
  )
  for (const [name, text] of rows) {
    test(`${name} is refused, and left as it is`, () => {
      const store = createFileStore(path)
      store.save(NEW_DOOR)
      writeFileSync(path, text)
      assert.throws(() => decodeRecord(text), isUnreadable)
      assert.throws(() => createVirtualDoor({ ...createManualTime(), store }), isUnreadable)
      assert.equal(readFileSync(path, 'utf8'), text)
    })
  }

  test('a folder where the file should be is said in words, and cannot be written', () => {
    assert.throws(() => createFileStore(folder).load(), isUnreadable)
    assert.throws(
      () => createFileStore(folder).save(NEW_DOOR),
      (error) => error instanceof MortiseError && error.code === 'doorStateUnwritable',
    )
  })
})

const CHILD = `
import { createVirtualDoor } from './door.ts'
import { createManualTime } from './manual-time.ts'
import { createFileStore } from './record-file.ts'
const door = createVirtualDoor({ ...createManualTime(), store: createFileStore(process.argv[1]) })
door.ports.actuator.drive('extend')
process.stdout.write('moving')
setInterval(() => {}, 1000)
`

test('kill -9 in mid-movement leaves the bolt between and the count, and nothing moves after', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', CHILD, path], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const time = createManualTime()
  const door = createVirtualDoor({ ...time, store: createFileStore(path) })
  door.onChange(() => assert.fail('nothing may change by itself'))
  time.settle()
  assert.equal(door.snapshot().bolt, 'between')
  assert.equal(door.snapshot().boltMovements, 1)
  assert.equal(door.snapshot().counts.motorDrives, 1)
})
