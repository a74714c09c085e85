import assert from 'node:assert/strict'
import test from 'node:test'
import { isSessionAlive, sessionEnds, shouldTouchSession } from '#core/session.ts'

const day = 24 * 3_600_000
const minute = 60_000

/** created, last seen, now (days), alive. */
const lives: readonly (readonly [number, number, number, boolean])[] = [
  [0, 0, 0, true],
  [0, 0, 29.999, true],
  [0, 0, 30, false],
  [0, 29, 58.999, true],
  [0, 29, 59, false],
  [0, 89, 89.999, true],
  [0, 89, 90, false],
  [5, 5, 1, true],
]
for (const [created, seen, now, alive] of lives) {
  test(`made on day ${created}, seen on day ${seen}, is ${alive ? 'alive' : 'over'} on day ${now}`, () => {
    const times = { createdAtMs: created * day, lastSeenAtMs: seen * day }
    assert.equal(isSessionAlive(times, now * day), alive)
  })
}

test('says both ends, the idle one never after the last', () => {
  assert.deepEqual(sessionEnds({ createdAtMs: 0, lastSeenAtMs: 80 * day }), {
    idleExpiresAtMs: 90 * day,
    expiresAtMs: 90 * day,
  })
})

test('writes down the last use every five minutes at most', () => {
  const times = { createdAtMs: 0, lastSeenAtMs: 100 * minute }
  assert.equal(shouldTouchSession(times, 104.9 * minute), false)
  assert.equal(shouldTouchSession(times, 105 * minute), true)
  assert.equal(shouldTouchSession(times, 50 * minute), false)
})
