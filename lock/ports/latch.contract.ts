import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Latch } from './latch.ts'

/** A latch with a clock that the test winds. */
export interface LatchSubject {
  readonly latch: Latch
  /** Lets so much time pass. */
  readonly pass: (ms: number) => void
  /** Kills the process, also in the middle of a pull, and opens the same hardware again. */
  readonly restart: () => LatchSubject
}

/** The contract of `Latch`, sentence by sentence; see the comment on the interface. */
export function latchContract(name: string, makeSubject: () => LatchSubject): void {
  describe(`${name} keeps the latch contract`, () => {
    const heard = (latch: Latch): boolean[] => {
      const reports: boolean[] = []
      latch.onChange((pulled) => {
        assert.equal(latch.isPulled(), pulled)
        reports.push(pulled)
      })
      return reports
    }

    test('a pull is told once, and its end once', () => {
      const { latch, pass } = makeSubject()
      const reports = heard(latch)
      latch.pull(5000)
      assert.deepEqual(reports, [], 'no listener may be called before pull has returned')
      pass(4999)
      assert.deepEqual(reports, [true])
      pass(1)
      assert.deepEqual(reports, [true, false])
      assert.equal(latch.isPulled(), false)
    })

    test('a later pull counts anew', () => {
      const { latch, pass } = makeSubject()
      const reports = heard(latch)
      latch.pull(5000)
      pass(4000)
      latch.pull(5000)
      pass(4999)
      assert.deepEqual(reports, [true])
      pass(1)
      assert.deepEqual(reports, [true, false])
    })

    test('opening and restarting pull nothing, and a pull does not outlive its process', () => {
      const first = makeSubject()
      first.latch.pull(5000)
      first.pass(1)
      const second = first.restart()
      const reports = heard(second.latch)
      second.pass(10_000)
      assert.equal(second.latch.isPulled(), false)
      assert.deepEqual(reports, [])
    })

    test('an ended registration hears nothing more', () => {
      const { latch, pass } = makeSubject()
      const reports: boolean[] = []
      const stop = latch.onChange((pulled) => reports.push(pulled))
      stop()
      latch.pull(10)
      pass(100)
      assert.deepEqual(reports, [])
    })
  })
}
