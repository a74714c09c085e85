import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import { clockContract } from '#lock/ports/clock.contract.ts'
import { timersContract } from '#lock/ports/timers.contract.ts'
import { createManualTime } from './manual-time.ts'

clockContract('manual time', () => createManualTime({ wallMs: 1_000 }).clock)
timersContract('manual time', () => {
  const time = createManualTime()
  return { timers: time.timers, nowMs: time.clock.monotonicMs, settle: time.settle }
})

test('a timer runs at its own time, not at the end of the advance', () => {
  const time = createManualTime()
  const ranAtMs: number[] = []
  time.timers.set(10, () => {
    ranAtMs.push(time.clock.monotonicMs())
    time.timers.set(5, () => ranAtMs.push(time.clock.monotonicMs()))
  })
  time.advance(100)
  assert.deepEqual(ranAtMs, [10, 15])
  assert.equal(time.clock.monotonicMs(), 100)
})

test('the wall clock follows, can be set alone, and can be lost', () => {
  const time = createManualTime({ wallMs: 1_000 })
  time.advance(50)
  assert.equal(time.clock.wallMs(), 1_050)
  time.setWall(7)
  time.advance(1)
  assert.equal(time.clock.wallMs(), 8)
  assert.equal(time.clock.monotonicMs(), 51)
  time.setWall(undefined)
  assert.equal(time.clock.wallMs(), undefined)
})

test('a timer that sets itself for ever is found out', () => {
  const time = createManualTime()
  const again = () => {
    time.timers.set(1, again)
  }
  again()
  assert.throws(time.settle, (error) => error instanceof MortiseError && error.blame === 'bug')
})
