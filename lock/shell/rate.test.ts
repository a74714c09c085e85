import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRate } from './rate.ts'

const CASES: readonly { what: string; atMs: readonly number[]; allowed: readonly boolean[] }[] = [
  { what: 'a burst of one second', atMs: [0, 0, 0], allowed: [true, true, false] },
  { what: 'an even flow', atMs: [0, 500, 1_000, 1_500], allowed: [true, true, true, true] },
  {
    what: 'a pause saves no more than one second',
    atMs: [0, 9e6, 9e6, 9e6],
    allowed: [true, true, true, false],
  },
  { what: 'half a token is none', atMs: [0, 0, 499], allowed: [true, true, false] },
]

for (const { what, atMs, allowed } of CASES) {
  test(`two per second: ${what}`, () => {
    const withinRate = createRate(2)
    assert.deepEqual(
      atMs.map((ms) => withinRate(ms)),
      allowed,
    )
  })
}
