import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { InsideButton } from './inside-button.ts'

export interface InsideButtonSubject {
  readonly insideButton: InsideButton
  /** Presses and lets go. */
  readonly press: () => void
  /** Presses and keeps it down, or lets it go. */
  readonly hold: (held: boolean) => void
  readonly settle: () => void | Promise<void>
  /** Cuts the power, kills the process and opens the same hardware again. */
  readonly restart: () => InsideButtonSubject | Promise<InsideButtonSubject>
}

/** The contract of `InsideButton`; see the comment on the interface. */
export function insideButtonContract(
  name: string,
  makeSubject: () => InsideButtonSubject | Promise<InsideButtonSubject>,
): void {
  describe(`${name} keeps the inside button contract`, () => {
    test('one call per press while somebody listens, none before or after', async () => {
      const { insideButton, press, settle } = await makeSubject()
      let count = 0
      press()
      await settle()
      const stop = insideButton.onPress(() => {
        count += 1
      })
      await settle()
      assert.equal(count, 0)
      press()
      press()
      await settle()
      assert.equal(count, 2)
      stop()
      press()
      await settle()
      assert.equal(count, 2)
    })

    test('every press is let go once, in its order, however long it is held', async () => {
      const { insideButton, press, hold, settle } = await makeSubject()
      const told: string[] = []
      insideButton.onPress(() => told.push('press'))
      insideButton.onRelease(() => told.push('release'))
      press()
      await settle()
      assert.deepEqual(told.splice(0), ['press', 'release'])
      hold(true)
      await settle()
      assert.deepEqual(told.splice(0), ['press'])
      hold(false)
      hold(false)
      await settle()
      assert.deepEqual(told, ['release'])
    })

    test('a restart is not a press', async () => {
      const first = await makeSubject()
      first.press()
      const second = await first.restart()
      let count = 0
      second.insideButton.onPress(() => {
        count += 1
      })
      await second.settle()
      assert.equal(count, 0)
    })
  })
}
