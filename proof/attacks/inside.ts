import assert from 'node:assert/strict'
import type { Household } from '#proof/testing/household.ts'

export const resetWaitMs = 3 * 86_400_000

/** What somebody inside does to ask for a factory reset. */
export function askForReset({ test: lockOf }: Household): void {
  const { door, time } = lockOf()
  door.hands.holdInsideButton(true)
  time.advance(10_000)
  door.hands.holdInsideButton(false)
  door.hands.pressInsideButton()
  assert.equal(door.snapshot().factoryReset?.stage, 'waiting')
}
