import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { seedOf } from '@mortise/access/testing'
import {
  confirmTime,
  jumpMsMax,
  momentOf,
  observeTime,
  powerOffMsMax,
  startTime,
} from '#core/time/lock-time.ts'

const day = 86_400_000
const noon = Date.UTC(2026, 5, 1, 12)

/** Numbers are milliseconds relative to `noon`. */
const boots: readonly (readonly [
  what: string,
  floorMs: number,
  wallMs: number | undefined,
  lockMs: number,
  certain: boolean,
])[] = [
  ['a fresh lock believes its clock', -noon, 0, 0, true],
  ['a fresh lock without a clock starts at zero', -noon, undefined, -noon, false],
  ['a clock ahead of the floor is followed', 0, day, day, true],
  ['a clock a little behind is held at the floor', 0, -60_000, 0, true],
  ['a clock at the edge of a little behind', 0, -jumpMsMax, 0, true],
  ['a clock that lost its memory', 0, -jumpMsMax - 1, 0, false],
  ['a clock set to 1970', 0, -noon, 0, false],
  ['no clock', 0, undefined, 0, false],
  ['a month without power', 0, powerOffMsMax, powerOffMsMax, true],
  ['longer than a month', 0, powerOffMsMax + 1, 0, false],
  ['beyond the end of the protocol’s time', 0, 1e15, 0, false],
]

describe('the time at boot', () => {
  for (const [what, floorMs, wallMs, lockMs, certain] of boots) {
    test(what, () => {
      const now = { monotonicMs: 5, ...(wallMs === undefined ? {} : { wallMs: noon + wallMs }) }
      assert.deepEqual(momentOf(startTime(noon + floorMs, now)), { ms: noon + lockMs, certain })
    })
  }
})

/** From noon: after `elapsed` the wall clock says noon + `wall`. */
const moments: readonly (readonly [
  what: string,
  elapsedMs: number,
  wallMs: number | undefined,
  lockMs: number,
  certain: boolean,
])[] = [
  ['both clocks agree', 1000, 1000, 1000, true],
  ['the wall clock is set back', 1000, -day, 1000, true],
  ['the wall clock is corrected by two minutes', 0, jumpMsMax, jumpMsMax, true],
  ['the wall clock jumps further', 0, jumpMsMax + 1, 0, false],
  ['the wall clock jumps a year', 1000, 365 * day, 1000, false],
  ['the wall clock is gone', 1000, undefined, 1000, false],
  ['quartz that drifts for ten days', 10 * day, 10 * day + 300_000, 10 * day + 300_000, true],
]

describe('the time later', () => {
  for (const [what, elapsedMs, wallMs, lockMs, certain] of moments) {
    test(what, () => {
      const start = startTime(noon, { monotonicMs: 0, wallMs: noon })
      const now = {
        monotonicMs: elapsedMs,
        ...(wallMs === undefined ? {} : { wallMs: noon + wallMs }),
      }
      assert.deepEqual(momentOf(observeTime(start, now)), { ms: noon + lockMs, certain })
    })
  }

  test('many small steps are no way around the limit', () => {
    let time = startTime(noon, { monotonicMs: 0, wallMs: noon })
    for (let step = 1; step <= 10; step += 1) {
      time = observeTime(time, { monotonicMs: step, wallMs: noon + step * 60_000 })
    }
    assert.equal(time.certain, false)
    assert.ok(time.lockMs <= noon + jumpMsMax + 20)
  })

  test('uncertain time stays uncertain when the clock comes back', () => {
    const start = startTime(noon, { monotonicMs: 0, wallMs: noon })
    const jumped = observeTime(start, { monotonicMs: 10, wallMs: noon + day })
    const back = observeTime(jumped, { monotonicMs: 20, wallMs: noon + 20 })
    assert.deepEqual(momentOf(back), { ms: noon + 20, certain: false })
  })

  test('a monotonic clock that goes back is a bug', () => {
    const start = startTime(noon, { monotonicMs: 10, wallMs: noon })
    assert.throws(() => observeTime(start, { monotonicMs: 9, wallMs: noon }), { code: 'invariant' })
  })
})

const confirmations: readonly (readonly [
  what: string,
  wallMs: number | undefined,
  lockMs: number,
  certain: boolean,
])[] = [
  ['takes the clock that jumped ahead', 30 * day, 30 * day, true],
  ['takes a clock a little behind without going back', -60_000, 10, true],
  ['does not take a clock far behind', -day, 10, false],
  ['cannot confirm without a clock', undefined, 10, false],
]

describe('an owner’s confirmation', () => {
  for (const [what, wallMs, lockMs, certain] of confirmations) {
    test(what, () => {
      const start = startTime(noon, { monotonicMs: 0 })
      const now = { monotonicMs: 10, ...(wallMs === undefined ? {} : { wallMs: noon + wallMs }) }
      const confirmed = confirmTime(observeTime(start, now), now)
      assert.deepEqual(momentOf(confirmed), { ms: noon + lockMs, certain })
    })
  }

  test('counts the ceiling from there', () => {
    const later = { monotonicMs: 10, wallMs: noon + 30 * day }
    const start = startTime(noon, { monotonicMs: 0 })
    const time = confirmTime(observeTime(start, later), later)
    const next = observeTime(time, { monotonicMs: 20, wallMs: noon + 30 * day + 10 })
    assert.deepEqual(momentOf(next), { ms: noon + 30 * day + 10, certain: true })
  })
})

test('time never goes back, and never runs away without an owner', (t) => {
  const seed = seedOf(t)
  const observation = fc.record({
    elapsedMs: fc.integer({ min: 0, max: day }),
    wallMs: fc.option(fc.integer({ min: 0, max: 2 * noon }), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 30 }), (observations) => {
      let monotonicMs = 0
      let time = startTime(noon, { monotonicMs, wallMs: noon })
      for (const { elapsedMs, wallMs } of observations) {
        monotonicMs += elapsedMs
        const next = observeTime(time, { monotonicMs, ...(wallMs === undefined ? {} : { wallMs }) })
        assert.ok(next.lockMs >= time.lockMs + elapsedMs)
        assert.ok(next.lockMs <= noon + monotonicMs * 1.001 + jumpMsMax)
        time = next
      }
    }),
    { seed },
  )
})
