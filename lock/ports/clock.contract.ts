import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Clock } from './clock.ts'

/** The contract of `Clock`; see the comment on the interface. */
export function clockContract(name: string, makeClock: () => Clock): void {
  describe(`${name} keeps the clock contract`, () => {
    test('the wall clock is a whole number of milliseconds, or undefined', () => {
      const wallMs = makeClock().wallMs()
      assert.ok(wallMs === undefined || Number.isInteger(wallMs))
    })

    test('the monotonic clock never goes back', () => {
      const clock = makeClock()
      let before = clock.monotonicMs()
      for (let reading = 0; reading < 1_000; reading += 1) {
        const after = clock.monotonicMs()
        assert.ok(Number.isFinite(after) && after >= before)
        before = after
      }
    })
  })
}
