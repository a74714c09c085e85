import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Chacha20Poly1305 } from '@hpke/chacha20poly1305'
import { CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'
import { hpkeOpen, hpkeSeal, type SealCrypto } from '@mortise/protocol/seal'
import fc from 'fast-check'
import { nodeSealCrypto } from './node/seal.ts'
import { seedOf } from './seeds.ts'
import { webSealCrypto } from './web/index.ts'

/** An implementation that we did not write, on WebCrypto. */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
})

const adapters = { node: nodeSealCrypto, web: webSealCrypto }

const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const bytes = fc.uint8Array({ maxLength: 1_000 })
const messages = fc.record({
  recipientPrivate: key,
  ephemeral: key,
  info: bytes,
  associated: bytes,
  plain: bytes,
})

for (const [name, crypto] of Object.entries(adapters)) {
  describe(`HPKE between ${name} and @hpke/core`, () => {
    it('they open what we seal', async (test) => {
      const seed = seedOf(test)
      const property = fc.asyncProperty(messages, async (message) => {
        const sealed = weSeal(crypto, message)
        assert.deepEqual(await theyOpen(message, sealed), message.plain)
      })
      await fc.assert(property, { seed, numRuns: 25 })
    })

    it('we open what they seal', async (test) => {
      const seed = seedOf(test)
      const property = fc.asyncProperty(messages, async (message) => {
        const { recipientPrivate, info, associated } = message
        const { encapsulated, ciphertext } = await theySeal(crypto, message)
        const opened = hpkeOpen(
          crypto,
          recipientPrivate,
          encapsulated,
          info,
          associated,
          ciphertext,
        )
        assert.deepEqual(opened, message.plain)
      })
      await fc.assert(property, { seed, numRuns: 25 })
    })
  })
}

type Message = typeof messages extends fc.Arbitrary<infer Value> ? Value : never

function weSeal(crypto: SealCrypto, message: Message) {
  const { recipientPrivate, ephemeral, info, associated, plain } = message
  const recipientPublic = crypto.x25519PublicKey(recipientPrivate)
  return hpkeSeal(crypto, recipientPublic, info, associated, plain, ephemeral)
}

/** The library asks for ArrayBuffers, so each view is copied into one of its own. */
function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer
}

async function theyOpen(
  message: Message,
  sealed: { readonly encapsulated: Uint8Array; readonly ciphertext: Uint8Array },
): Promise<Uint8Array> {
  const recipientKey = await suite.kem.importKey('raw', buffer(message.recipientPrivate), false)
  const recipient = { recipientKey, enc: buffer(sealed.encapsulated), info: buffer(message.info) }
  const plain = await suite.open(recipient, buffer(sealed.ciphertext), buffer(message.associated))
  return new Uint8Array(plain)
}

async function theySeal(crypto: SealCrypto, message: Message) {
  const publicKey = crypto.x25519PublicKey(message.recipientPrivate)
  const recipientPublicKey = await suite.kem.importKey('raw', buffer(publicKey), true)
  const sender = { recipientPublicKey, info: buffer(message.info) }
  const { enc, ct } = await suite.seal(sender, buffer(message.plain), buffer(message.associated))
  return { encapsulated: new Uint8Array(enc), ciphertext: new Uint8Array(ct) }
}
