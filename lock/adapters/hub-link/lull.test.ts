import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createManualTime } from '#lock/adapters/virtual/manual-time.ts'
import { createLull } from './lull.ts'

const patience = { quietMs: 20, longestMs: 100 }
type Step = readonly [atMs: number, what: 'noted' | 'hurry']

const cases: Record<string, readonly [steps: readonly Step[], reachedAtMs: readonly number[]]> = {
  'nothing happened': [[], []],
  'one thing': [[[5, 'noted']], [25]],
  'things in a row count once, from the last one': [
    [
      [0, 'noted'],
      [15, 'noted'],
      [30, 'noted'],
    ],
    [50],
  ],
  'what never ends is told about after the longest wait': [
    Array.from({ length: 15 }, (_, index): Step => [index * 10, 'noted']),
    [100, 160],
  ],
  'a hurry does not wait': [
    [
      [0, 'noted'],
      [7, 'hurry'],
    ],
    [7],
  ],
  'what comes right after a hurry does not hold it up': [
    [
      [3, 'hurry'],
      [3, 'noted'],
      [3, 'hurry'],
    ],
    [3],
  ],
  'after one, the next begins anew': [
    [
      [0, 'noted'],
      [40, 'noted'],
    ],
    [20, 60],
  ],
}

for (const [what, [steps, reachedAtMs]] of Object.entries(cases)) {
  test(what, () => {
    const time = createManualTime()
    const reached: number[] = []
    const lull = createLull(time.timers, patience, () => reached.push(time.clock.monotonicMs()))
    for (const [atMs, step] of steps) {
      const waitMs = atMs - time.clock.monotonicMs()
      // Waiting for nothing would end the turn.
      if (waitMs > 0) time.advance(waitMs)
      lull[step]()
    }
    time.advance(1_000)
    assert.deepEqual(reached, reachedAtMs)
  })
}
