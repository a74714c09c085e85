import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BACKOFF, reconnectDelayMs } from './backoff.ts'

function drawing(value: number) {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return { bytes: () => bytes }
}
const LOWEST = drawing(0)
const HIGHEST = drawing(2 ** 32 - 1)

const CEILINGS = [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]
for (const [failures, ceilingMs] of CEILINGS.entries()) {
  test(`after ${failures} failures the wait is between 1 s and ${ceilingMs} ms`, () => {
    assert.equal(reconnectDelayMs(failures, BACKOFF, LOWEST), 1_000)
    assert.equal(reconnectDelayMs(failures, BACKOFF, HIGHEST), ceilingMs)
  })
}

test('a week of failures is still a minute', () => {
  assert.equal(reconnectDelayMs(10_000, BACKOFF, HIGHEST), 60_000)
})
