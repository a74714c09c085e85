import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { shapeOf } from './testing/shape.ts'
import { createTestLine } from './testing/test-line.ts'

/**
 * The shapes of every `--json` answer. Scripts rely on them: members may be added, never renamed or
 * removed. After a change on purpose: MORTISE_WRITE_GOLDEN=1 node --test cli/json.test.ts
 */
const goldenPath = join(import.meta.dirname, 'testdata', 'json-shapes.json')

test('the shapes of JSON answers are as golden', async (context) => {
  const line = createTestLine(context)
  await line.begin()
  const other = line.anotherDevice()
  const key = await other.run(['key', '--name', 'tablet'])
  const lampKey = await line.anotherDevice().run(['key', '--name', 'speaker'])
  const shapes: Record<string, unknown> = {}
  const script: readonly (readonly string[])[] = [
    ['key'],
    ['status'],
    ['unlock'],
    ['unlock', '--for', '30s'],
    ['lock'],
    ['mode', 'vacation', '--for', '2h'],
    ['mode', 'sleep'],
    ['code', 'add', 'Plumber', '--for', '2h'],
    ['who', '--for', '1h'],
    ['explain', 'Plumber'],
    ['code', 'list'],
    ['finger', 'add', 'Plumber', '--which', 'right thumb'],
    ['finger', 'remove', 'Plumber'],
    ['face', 'add', 'Plumber'],
    ['face', 'remove', 'Plumber'],
    ['people'],
    ['people', 'add-key', 'Ben', key.stdout.split('\n')[0] ?? ''],
    ['invite', 'Ivy', '--role', 'guest', '--for', '2h'],
    ['people', 'invitations'],
    ['people', 'withdraw', 'Ivy'],
    ['settings'],
    ['settings', 'set', 'quiet-hours', 'daily 22:00-06:00'],
    ['holiday', 'add', 'Christmas', '2026-12-24', '2026-12-26', '--mode', 'vacation'],
    ['holiday', 'list'],
    ['holiday', 'remove', 'Christmas'],
    ['history', '--limit', '3'],
    ['safety-code'],
    ['doctor'],
    ['people', 'add-key', 'Speaker', lampKey.stdout.split('\n')[0] ?? '', '--role', 'agent'],
    ['voice', 'add', 'Speaker'],
    ['voice', 'remove', 'Speaker'],
    ['code', 'remove', 'Plumber'],
    ['people', 'remove-device', 'Ben', 'tablet', '--preview'],
    ['people', 'remove', 'Ben'],
    ['help'],
    ['open'],
  ]
  for (const args of script) {
    if (args[1] === 'add') line.meanwhile(() => line.lock.enrolmentGoes({ stage: 'enrolled' }))
    const { json } = await line.run([...args, '--json'])
    shapes[args.slice(0, 2).join(' ')] = shapeOf(json)
  }
  const link = (await line.run(['invite', 'Cleo', '--role', 'guest', '--for', '2h'])).stdout
  const accepted = await line.anotherDevice().run(['accept', '--json'], link.split('\n')[0])
  shapes['accept'] = shapeOf(accepted.json)
  line.hub.online = false
  shapes['status offline'] = shapeOf((await line.run(['status', '--json'])).json)
  shapes['unlock offline'] = shapeOf((await line.run(['unlock', '--json'])).json)
  const text = `${JSON.stringify(shapes, null, 2)}\n`
  if (process.env['MORTISE_WRITE_GOLDEN'] === '1') writeFileSync(goldenPath, text)
  assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(goldenPath, 'utf8')))
})
