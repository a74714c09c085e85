import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { testSeed } from '@mortise/protocol/testing'
import { fullBucket, isFull, takeToken } from '#core/bucket.ts'

const rate = { burst: 3, perSecond: 0.5 }

/** Takes at these seconds; a dot is a token, a number the seconds to wait. */
const tables: readonly (readonly [string, readonly number[], string])[] = [
  ['a burst, then none', [0, 0, 0, 0, 0], '. . . 2 2'],
  ['grows back one in two seconds', [0, 0, 0, 2, 2], '. . . . 2'],
  ['waits less the later it is asked', [0, 0, 0, 1], '. . . 1'],
  ['never holds more than the burst', [0, 100, 100, 100, 100], '. . . . 2'],
  ['a clock that goes back adds nothing', [10, 10, 10, 0, 9, 10], '. . . 2 2 2'],
]
for (const [name, seconds, expected] of tables) {
  test(name, () => {
    let bucket = fullBucket(rate, 0)
    const shown = seconds.map((second) => {
      const taken = takeToken(bucket, rate, second * 1_000)
      bucket = taken.bucket
      return taken.allowed ? '.' : String(taken.retryAfterSeconds)
    })
    assert.equal(shown.join(' '), expected)
  })
}

test('knows when nothing would be lost by forgetting it', () => {
  const { bucket } = takeToken(fullBucket(rate, 0), rate, 0)
  assert.equal(isFull(fullBucket(rate, 0), rate, 0), true)
  assert.equal(isFull(bucket, rate, 1_999), false)
  assert.equal(isFull(bucket, rate, 2_000), true)
})

test('never allows more than the burst and what has grown since', () => {
  const seed = testSeed()
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 3_000 }), { maxLength: 200 }), (pauses) => {
      let bucket = fullBucket(rate, 0)
      let nowMs = 0
      let allowed = 0
      for (const pause of pauses) {
        nowMs += pause
        const taken = takeToken(bucket, rate, nowMs)
        bucket = taken.bucket
        if (taken.allowed) allowed += 1
        assert.ok(allowed <= rate.burst + (nowMs / 1_000) * rate.perSecond + 1e-6)
      }
    }),
    { seed },
  )
})
