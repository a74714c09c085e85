import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import { clockContract } from '#lock/ports/clock.contract.ts'
import { randomContract } from '#lock/ports/random.contract.ts'
import { timersContract } from '#lock/ports/timers.contract.ts'
import type { Timers } from '#lock/ports/timers.ts'
import { createSystemClock } from './clock.ts'
import { createSystemRandom } from './random.ts'
import { createSystemTimers } from './timers.ts'

clockContract('the system clock', createSystemClock)
randomContract('the system random', createSystemRandom)
timersContract('the system timers', () => {
  const timers = createSystemTimers()
  const pending = new Set<object>()
  let idle = () => {}
  const tracked: Timers = {
    set(delayMs, callback) {
      const entry = {}
      const done = () => {
        pending.delete(entry)
        if (pending.size === 0) idle()
      }
      pending.add(entry)
      const cancel = timers.set(delayMs, () => {
        callback()
        done()
      })
      return () => {
        cancel()
        done()
      }
    },
  }
  return {
    timers: tracked,
    nowMs: () => performance.now(),
    settle: () =>
      new Promise<void>((resolve) => {
        idle = resolve
        if (pending.size === 0) resolve()
      }),
  }
})

for (const delayMs of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
  test(`a delay of ${delayMs} ms is a bug of the caller`, () => {
    assert.throws(
      () => createSystemTimers().set(delayMs, () => {}),
      (error) => error instanceof MortiseError && error.code === 'timerDelay',
    )
  })
}

test('a delay beyond 32 bits does not fire at once', async () => {
  const timers = createSystemTimers()
  const ran: string[] = []
  const cancel = timers.set(2 ** 40, () => ran.push('month-long'))
  await new Promise<void>((resolve) => timers.set(5, resolve))
  cancel()
  assert.deepEqual(ran, [])
})
