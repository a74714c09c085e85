import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import type { LogLevel, LogValue } from '#hub/ports/log.ts'
import { createJsonLog } from '#hub/adapters/log/json-lines.ts'

const clock = { nowMs: () => 1_800_000_000_000 }

function written(fields: Readonly<Record<string, LogValue>>): string {
  const lines: string[] = []
  createJsonLog(clock, (line) => void lines.push(line)).write('info', 'something', fields)
  assert.equal(lines.length, 1)
  return lines[0] ?? ''
}

test('writes one object a line, whatever is in it', () => {
  const line = written({ message: 'two\nlines "and" more', count: 2, missing: undefined })
  assert.equal(line.indexOf('\n'), line.length - 1)
  assert.deepEqual(JSON.parse(line), {
    time: '2027-01-15T08:00:00.000Z',
    level: 'info',
    event: 'something',
    message: 'two\nlines "and" more',
    count: 2,
  })
})

const secretNames = [
  'token',
  'setupToken',
  'cookie',
  'authorization',
  'nonce',
  'sealed',
  'signature',
  'pin',
  'enrolmentSecret',
  'password',
  'setupLink',
]
test('blanks fields by their names', () => {
  for (const name of secretNames) {
    assert.ok(!written({ [name]: 'canary' }).includes('canary'), name)
  }
})

test('blanks what looks like a token wherever it stands', () => {
  for (const bytes of [16, 32, 64, 400]) {
    const canary = randomBytes(bytes).toString('base64url')
    const message = `refused https://hub.example/setup#${canary} from somebody`
    assert.ok(!written({ message }).includes(canary), canary)
    assert.ok(written({ message }).includes('from somebody'))
  }
})

test('leaves short names and shortened ids alone', () => {
  assert.ok(written({ lockId: 'a1b2c3d4', route: '/api/v1/locks/:id/relay' }).includes('a1b2c3d4'))
  assert.ok(written({ route: '/api/v1/locks/:id/relay' }).includes('/api/v1/locks/:id/relay'))
})

test('keeps to the least level', () => {
  const lines: string[] = []
  const log = createJsonLog(clock, (line) => void lines.push(line), 'warn')
  for (const level of ['debug', 'info', 'warn', 'error'] satisfies LogLevel[]) log.write(level, 'x')
  assert.deepEqual(
    lines.map((line) => /"level":"(\w+)"/.exec(line)?.[1]),
    ['warn', 'error'],
  )
})
