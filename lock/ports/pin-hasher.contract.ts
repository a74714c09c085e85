import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { PinSecrets } from './identity.ts'
import type { PinHasher } from './pin-hasher.ts'

const SECRETS: PinSecrets = {
  pinSalt: new Uint8Array(16).fill(1),
  pinPepper: new Uint8Array(32).fill(2),
}

/** The contract of `PinHasher`; see the comment on the interface. */
export function pinHasherContract(
  name: string,
  makeHasher: (secrets: PinSecrets) => PinHasher,
): void {
  describe(`${name} keeps the pin hasher contract`, () => {
    test('the same code gives the same 32 bytes, also after a restart', async () => {
      const hasher = makeHasher(SECRETS)
      const first = await hasher.hash('739146')
      assert.equal(first.length, 32)
      assert.deepEqual(await hasher.hash('739146'), first)
      assert.deepEqual(await makeHasher(SECRETS).hash('739146'), first)
    })

    test('another code, salt or pepper gives another hash', async () => {
      const others = [
        makeHasher(SECRETS).hash('739147'),
        makeHasher(SECRETS).hash('0739146'),
        makeHasher({ ...SECRETS, pinSalt: new Uint8Array(16).fill(3) }).hash('739146'),
        makeHasher({ ...SECRETS, pinPepper: new Uint8Array(32).fill(4) }).hash('739146'),
      ]
      const hashes = await Promise.all([makeHasher(SECRETS).hash('739146'), ...others])
      assert.equal(new Set(hashes.map((hash) => hash.toHex())).size, hashes.length)
    })

    test('it works beside the caller', async () => {
      const hasher = makeHasher(SECRETS)
      let turns = 0
      let pending: NodeJS.Immediate
      const turn = () => {
        turns += 1
        pending = setImmediate(turn)
      }
      pending = setImmediate(turn)
      // A hash on this thread would resolve without letting the event loop turn once.
      for (const pin of ['739146', '739147', '739148']) await hasher.hash(pin)
      clearImmediate(pending)
      assert.ok(turns > 0)
    })
  })
}
