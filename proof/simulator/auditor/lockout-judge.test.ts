import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createLockoutJudge } from './lockout-judge.ts'

const lockoutMs = 30_000

/** A keypad that was locked at the beginning, and what a judge of it finds when it is seen locked. */
function lockedKeypad() {
  let nowMs = 0
  const found: string[] = []
  const holds = (claim: string, kept: boolean): void => {
    if (!kept) found.push(claim)
  }
  const judge = createLockoutJudge({ nowMs: () => nowMs, holds })
  judge.lockedOut({ source: 'keypad', timeMs: 1_000, untilMs: 1_000 + lockoutMs })
  judge.committed()
  return {
    judge,
    pass: (durationMs: number) => {
      nowMs += durationMs
    },
    seenLocked: (): readonly string[] => {
      judge.looks({ keypadLockedUntilMs: nowMs + lockoutMs })
      return found
    },
  }
}

describe('the judge of lockouts', () => {
  test('takes one for over when its time is', () => {
    const { pass, seenLocked } = lockedKeypad()
    pass(lockoutMs)
    assert.deepEqual(seenLocked(), [])
    pass(2_000)
    assert.deepEqual(seenLocked(), ['channelsApart'])
  })

  test('lets one that ended in the dark begin again at the start', () => {
    const { judge, pass, seenLocked } = lockedKeypad()
    pass(12 * 3_600_000)
    judge.booted()
    judge.committed()
    assert.deepEqual(seenLocked(), [])
    pass(lockoutMs + 2_000)
    assert.deepEqual(seenLocked(), ['channelsApart'])
  })

  test('lets none begin again whose end was written down', () => {
    const { judge, pass, seenLocked } = lockedKeypad()
    pass(lockoutMs + 2_000)
    judge.committed()
    judge.booted()
    assert.deepEqual(seenLocked(), ['channelsApart'])
  })
})
