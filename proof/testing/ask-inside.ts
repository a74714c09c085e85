import assert from 'node:assert/strict'
import type { VirtualDoor } from '@mortise/lock/testing'

/** For so long everybody's owners can stop a factory reset. */
export const resetWaitMs = 3 * 86_400_000
const holdMs = 10_000

/** What somebody inside does to ask for a factory reset: the button is held, let go, and pressed once more. */
export function askInside(door: VirtualDoor, letTimePass: (durationMs: number) => void): void {
  door.hands.holdInsideButton(true)
  letTimePass(holdMs)
  door.hands.holdInsideButton(false)
  door.hands.pressInsideButton()
  assert.equal(door.snapshot().factoryReset?.stage, 'waiting')
}
