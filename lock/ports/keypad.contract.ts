import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Keypad, KeypadKey } from './keypad.ts'
import { KEYPAD_KEYS } from './keypad.ts'

export interface KeypadSubject {
  readonly keypad: Keypad
  readonly press: (key: KeypadKey) => void
  readonly settle: () => void | Promise<void>
  /** Kills the process and opens the same hardware again. */
  readonly restart: () => KeypadSubject | Promise<KeypadSubject>
}

/** The contract of `Keypad`; see the comment on the interface. */
export function keypadContract(
  name: string,
  makeSubject: () => KeypadSubject | Promise<KeypadSubject>,
): void {
  describe(`${name} keeps the keypad contract`, () => {
    test('every key is told once, in the order of the presses', async () => {
      const { keypad, press, settle } = await makeSubject()
      const keys: KeypadKey[] = []
      keypad.onKey((key) => keys.push(key))
      const typed = [...KEYPAD_KEYS, ...KEYPAD_KEYS.toReversed()]
      for (const key of typed) press(key)
      await settle()
      assert.deepEqual(keys, typed)
    })

    test('keys pressed while nobody listens, or before a restart, are lost', async () => {
      const first = await makeSubject()
      first.press('1')
      await first.settle()
      const keys: KeypadKey[] = []
      const stop = first.keypad.onKey((key) => keys.push(key))
      first.press('2')
      await first.settle()
      stop()
      first.press('3')
      await first.settle()
      const second = await first.restart()
      second.keypad.onKey((key) => keys.push(key))
      await second.settle()
      second.press('4')
      await second.settle()
      assert.deepEqual(keys, ['2', '4'])
    })
  })
}
