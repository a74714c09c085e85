import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Biometric, BiometricShown } from './biometric.ts'

export interface BiometricSubject {
  readonly biometric: Biometric
  /** Somebody shows this to the reader, which has it enrolled under its id where it has one. */
  readonly show: (shown: BiometricShown) => void
  readonly settle: () => void | Promise<void>
  /** Cuts the power, kills the process and opens the same hardware again. */
  readonly restart: () => BiometricSubject | Promise<BiometricSubject>
}

const finger: BiometricShown = {
  credentialType: 'fingerprint',
  credentialId: new Uint8Array(16).fill(7),
}
const stranger: BiometricShown = { credentialType: 'face' }

/** The contract of `Biometric`; see the comment on the interface. */
export function biometricContract(
  name: string,
  makeSubject: () => BiometricSubject | Promise<BiometricSubject>,
): void {
  describe(`${name} keeps the contract of biometric readers`, () => {
    test('one call for each that is shown while somebody listens, none before or after', async () => {
      const { biometric, show, settle } = await makeSubject()
      const seen: BiometricShown[] = []
      show(finger)
      await settle()
      const stop = biometric.onShown((shown) => seen.push(shown))
      await settle()
      assert.deepEqual(seen, [])
      show(finger)
      show(stranger)
      show(finger)
      await settle()
      assert.deepEqual(seen, [finger, stranger, finger])
      stop()
      show(finger)
      await settle()
      assert.equal(seen.length, 3)
    })

    test('a restart shows nothing', async () => {
      const first = await makeSubject()
      first.show(finger)
      const second = await first.restart()
      const seen: BiometricShown[] = []
      second.biometric.onShown((shown) => seen.push(shown))
      await second.settle()
      assert.deepEqual(seen, [])
    })
  })
}
