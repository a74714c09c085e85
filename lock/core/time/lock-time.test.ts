import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { seedOf } from '@mortise/access/testing'
import {
  agreementMsMax,
  hearOwner,
  jumpMsMax,
  momentOf,
  observeTime,
  powerOffMsMax,
  startTime,
  timeAtClaim,
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
      assert.deepEqual(momentOf(startTime(noon + floorMs, 0, now)), { ms: noon + lockMs, certain })
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
      const start = startTime(noon, 0, { monotonicMs: 0, wallMs: noon })
      const now = {
        monotonicMs: elapsedMs,
        ...(wallMs === undefined ? {} : { wallMs: noon + wallMs }),
      }
      assert.deepEqual(momentOf(observeTime(start, now)), { ms: noon + lockMs, certain })
    })
  }

  test('many small steps are no way around the limit', () => {
    let time = startTime(noon, 0, { monotonicMs: 0, wallMs: noon })
    for (let step = 1; step <= 10; step += 1) {
      time = observeTime(time, { monotonicMs: step, wallMs: noon + step * 60_000 })
    }
    assert.equal(time.certain, false)
    assert.ok(time.lockMs <= noon + jumpMsMax + 20)
  })

  test('uncertain time stays uncertain when the clock comes back', () => {
    const start = startTime(noon, 0, { monotonicMs: 0, wallMs: noon })
    const jumped = observeTime(start, { monotonicMs: 10, wallMs: noon + day })
    const back = observeTime(jumped, { monotonicMs: 20, wallMs: noon + 20 })
    assert.deepEqual(momentOf(back), { ms: noon + 20, certain: false })
  })

  test('a monotonic clock that goes back is a bug', () => {
    const start = startTime(noon, 0, { monotonicMs: 10, wallMs: noon })
    assert.throws(() => observeTime(start, { monotonicMs: 9, wallMs: noon }), { code: 'invariant' })
  })
})

const minute = 60_000
const year = 365 * day
type Outcome = readonly [lockMs: number, certain: boolean, unexplainedMs: number]

/** From noon, ten milliseconds later: what an owner's word leads to. */
const words: readonly (readonly [
  what: string,
  begin: { wallMs?: number; unexplainedMs?: number },
  later: { wallMs?: number },
  word: { signedMs: number; inside?: boolean },
  outcome: Outcome,
])[] = [
  [
    'a confirmed time ignores a phone that is ahead',
    { wallMs: 0 },
    { wallMs: 10 },
    { signedMs: year },
    [10, true, 0],
  ],
  [
    'a confirmed time ignores a phone that is behind',
    { wallMs: 0 },
    { wallMs: 10 },
    { signedMs: -year },
    [10, true, 0],
  ],
  [
    'a power cut that the phone agrees with is explained',
    { wallMs: 20 * day },
    { wallMs: 20 * day },
    { signedMs: 20 * day + minute },
    [20 * day + 10, true, 0],
  ],
  [
    'a power cut that the phone knows nothing of is doubted',
    { wallMs: 20 * day },
    { wallMs: 20 * day },
    { signedMs: minute },
    [20 * day + 10, false, 20 * day],
  ],
  [
    'two clocks that agree are followed as far as they say',
    { wallMs: 3 * year },
    { wallMs: 3 * year },
    { signedMs: 3 * year + minute },
    [3 * year, true, 0],
  ],
  [
    'a poisoned clock is not followed when the phone agrees with the lock',
    { wallMs: 0 },
    { wallMs: 50 * year },
    { signedMs: minute },
    [minute, true, minute - 10],
  ],
  [
    'a clock that lost its memory is replaced by the phone',
    { wallMs: -noon },
    { wallMs: -noon },
    { signedMs: 7 * day },
    [7 * day, true, 7 * day - 10],
  ],
  [
    'a lock without a clock takes the phone’s word for a power cut',
    {},
    {},
    { signedMs: 7 * day },
    [7 * day, true, 7 * day - 10],
  ],
  [
    'one phone alone moves time no further than a lone clock may',
    {},
    {},
    { signedMs: powerOffMsMax + agreementMsMax },
    [10, false, 0],
  ],
  [
    'many small moves count as one large one',
    { unexplainedMs: powerOffMsMax - day },
    {},
    { signedMs: 2 * day },
    [10, false, powerOffMsMax - day],
  ],
  [
    'somebody inside may move it further',
    {},
    {},
    { signedMs: 2 * year, inside: true },
    [2 * year, true, 0],
  ],
  ['nobody takes it back', {}, {}, { signedMs: -day, inside: true }, [10, false, 0]],
  [
    'two clocks that agree do not take it back',
    { wallMs: -year },
    { wallMs: -year },
    { signedMs: -year },
    [10, false, 0],
  ],
  [
    'a lock that had power is not moved by one phone',
    { wallMs: 0 },
    { wallMs: year },
    { signedMs: day },
    [10, false, 0],
  ],
]

const nowAt = (monotonicMs: number, wallMs: number | undefined) => ({
  monotonicMs,
  ...(wallMs === undefined ? {} : { wallMs: noon + wallMs }),
})

describe('an owner’s signed time', () => {
  for (const [what, begin, later, word, outcome] of words) {
    test(what, () => {
      const start = startTime(noon, begin.unexplainedMs ?? 0, nowAt(0, begin.wallMs))
      const now = nowAt(10, later.wallMs)
      const { signedMs, inside = false } = word
      const heard = hearOwner(observeTime(start, now), now, { signedMs: noon + signedMs, inside })
      const { lockMs, certain, unexplainedMs } = heard
      assert.deepEqual([lockMs - noon, certain, Math.round(unexplainedMs)], outcome)
    })
  }

  test('heals a lock whose clock stays poisoned, for this boot', () => {
    const poisoned = (ms: number) => nowAt(ms, 50 * year)
    const start = startTime(noon, 0, nowAt(0, 0))
    const doubted = observeTime(start, poisoned(10))
    const word = { signedMs: noon + 10, inside: false }
    const healed = hearOwner(doubted, poisoned(10), word)
    assert.deepEqual(momentOf(observeTime(healed, poisoned(day))), {
      ms: noon + day,
      certain: true,
    })
  })

  test('makes the lock follow its clock again when both agree', () => {
    const start = startTime(noon, 0, nowAt(0, undefined))
    const word = (ms: number) => ({ signedMs: noon + ms, inside: false })
    const alone = hearOwner(start, nowAt(10, undefined), word(10))
    assert.equal(alone.followsWall, false)
    const joined = hearOwner(alone, nowAt(20, minute), word(minute))
    assert.equal(joined.followsWall, true)
    assert.equal(observeTime(joined, nowAt(30, minute + 10)).certain, true)
  })

  test('corrects the drift of a lock without a clock, forward only', () => {
    const start = startTime(noon, 0, nowAt(0, undefined))
    const at = (ms: number) => ({ signedMs: noon + ms, inside: false })
    const first = hearOwner(start, nowAt(0, undefined), at(0))
    const slow = hearOwner(first, nowAt(60 * day, undefined), at(60 * day + 10 * minute))
    assert.equal(slow.lockMs, noon + 60 * day + 10 * minute)
    const behind = hearOwner(slow, nowAt(60 * day, undefined), at(60 * day + 9 * minute))
    assert.equal(behind.lockMs, slow.lockMs)
  })
})

const claims: readonly (readonly [
  what: string,
  floorMs: number,
  wallMs: number | undefined,
  signedMs: number | undefined,
  lockMs: number,
  certain: boolean,
])[] = [
  ['both agree', -noon, 0, minute, 0, true],
  ['a clock in the future, and a phone', -noon, 50 * year, 0, 0, false],
  ['a phone in the future, and a clock', -noon, 0, 50 * year, 0, false],
  ['no clock', -noon, undefined, 0, 0, true],
  ['a phone that tells no time', -noon, 0, undefined, 0, false],
  ['both before the floor', 0, -year, -year, 0, false],
  ['a phone before the floor, and no clock', 0, undefined, -year, 0, false],
]

describe('a claim settles the time', () => {
  for (const [what, floorMs, wallMs, signedMs, lockMs, certain] of claims) {
    test(what, () => {
      const now = nowAt(0, wallMs)
      const signed = signedMs === undefined ? undefined : noon + signedMs
      const before = startTime(0, 0, now)
      const time = timeAtClaim(noon + floorMs, before, now, signed)
      assert.deepEqual(momentOf(time), { ms: noon + lockMs, certain })
    })
  }
})

test('owners never take time back, and one source alone moves it by a month at most', (t) => {
  const seed = seedOf(t)
  const instant = fc.option(fc.integer({ min: noon - year, max: noon + year }), { nil: undefined })
  const happening = fc.record({
    elapsedMs: fc.integer({ min: 0, max: day }),
    wallMs: instant,
    signedMs: instant,
    restarts: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
      let ranMs = 0
      let monotonicMs = 0
      let time = startTime(noon, 0, { monotonicMs, wallMs: noon })
      for (const { elapsedMs, wallMs, signedMs, restarts } of happenings) {
        const lone = wallMs === undefined || signedMs === undefined
        monotonicMs = restarts ? 0 : monotonicMs + elapsedMs
        ranMs += elapsedMs
        // Never two sources at once, so none may move time on its own beyond the bound.
        const now = { monotonicMs, ...(lone && wallMs !== undefined ? { wallMs } : {}) }
        let next = restarts
          ? startTime(Math.floor(time.lockMs), Math.ceil(time.unexplainedMs), now)
          : observeTime(time, now)
        if (signedMs !== undefined && wallMs === undefined) {
          next = hearOwner(next, now, { signedMs, inside: false })
        }
        assert.ok(next.lockMs >= Math.floor(time.lockMs), 'never back')
        time = next
      }
      const corrections = happenings.length * (agreementMsMax + jumpMsMax)
      assert.ok(time.lockMs <= noon + ranMs * 1.002 + powerOffMsMax + corrections)
    }),
    { seed },
  )
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
      let time = startTime(noon, 0, { monotonicMs, wallMs: noon })
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
