import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Timers } from './timers.ts'

export interface TimersSubject {
  readonly timers: Timers
  /** The monotonic time of these timers. */
  readonly nowMs: () => number
  /** Lets time pass until every timer that is set has run. */
  readonly settle: () => void | Promise<void>
}

/** The contract of `Timers`; see the comment on the interface. */
export function timersContract(name: string, makeSubject: () => TimersSubject): void {
  describe(`${name} keeps the timers contract`, () => {
    test('runs once, not before its time, and never inside set', async () => {
      const { timers, nowMs, settle } = makeSubject()
      const ranAtMs: number[] = []
      const setAtMs = nowMs()
      for (const delayMs of [0, 5]) timers.set(delayMs, () => ranAtMs.push(nowMs() - setAtMs))
      assert.deepEqual(ranAtMs, [])
      await settle()
      assert.equal(ranAtMs.length, 2)
      for (const [index, delayMs] of [0, 5].entries()) assert.ok((ranAtMs[index] ?? -1) >= delayMs)
    })

    test('earlier due runs first; with the same due time, set first runs first', async () => {
      const { timers, settle } = makeSubject()
      const ran: string[] = []
      timers.set(40, () => ran.push('late'))
      timers.set(2, () => ran.push('early'))
      timers.set(2, () => ran.push('early too'))
      await settle()
      assert.deepEqual(ran, ['early', 'early too', 'late'])
    })

    test('a cancelled timer does not run, also when another one cancels it', async () => {
      const { timers, settle } = makeSubject()
      const ran: string[] = []
      const cancelFirst = timers.set(1, () => ran.push('cancelled at once'))
      cancelFirst()
      cancelFirst()
      timers.set(2, () => cancelThird())
      const cancelThird = timers.set(20, () => ran.push('cancelled by the second'))
      timers.set(25, () => ran.push('fourth'))
      await settle()
      assert.deepEqual(ran, ['fourth'])
    })

    test('a timer may set the next one', async () => {
      const { timers, settle } = makeSubject()
      const ran: string[] = []
      timers.set(1, () => {
        ran.push('first')
        timers.set(0, () => ran.push('second'))
      })
      await settle()
      assert.deepEqual(ran, ['first', 'second'])
    })
  })
}
