import assert from 'node:assert/strict'
import { it } from 'node:test'
import { concatBytes } from '@mortise/protocol/wire'
import type { SealCrypto } from '@mortise/protocol/seal'
import fc from 'fast-check'
import { p256 } from '@noble/curves/nist.js'
import { derItem } from './edge-es256.ts'
import { nodeSealCrypto } from './node/seal.ts'
import { seedOf } from './seeds.ts'
import { webSealCrypto } from './web/index.ts'

/** The same question to both adapters; the lock and the phone must never answer differently. */
function agree<Answer>(ask: (crypto: SealCrypto) => Answer): Answer {
  const answer = ask(nodeSealCrypto)
  assert.deepEqual(ask(webSealCrypto), answer)
  return answer
}

const pairs = [
  { name: 'node makes, web checks', maker: nodeSealCrypto, checker: webSealCrypto },
  { name: 'web makes, node checks', maker: webSealCrypto, checker: nodeSealCrypto },
]

const bytes = fc.uint8Array({ maxLength: 300 })
const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const nonce = fc.uint8Array({ minLength: 12, maxLength: 12 })

/** One small damage: a byte changed, put in, or taken out. */
type Damage = (victim: Uint8Array) => Uint8Array

const damage: fc.Arbitrary<Damage> = fc
  .record({
    kind: fc.constantFrom('change', 'insert', 'remove'),
    at: fc.nat(1_000),
    byte: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ kind, at, byte }) => (victim: Uint8Array) => {
    const index = at % Math.max(victim.length, 1)
    const rest = victim.subarray(kind === 'insert' ? index : index + 1)
    const middle = kind === 'remove' ? new Uint8Array(0) : Uint8Array.of(byte)
    return concatBytes(victim.subarray(0, index), middle, rest)
  })

it('hashes: both give the same for any message in any pieces', (test) => {
  const seed = seedOf(test)
  const property = fc.property(fc.array(bytes), bytes, bytes, (parts, macKey, message) => {
    agree((crypto) => crypto.sha256(...parts))
    agree((crypto) => crypto.hmacSha256(macKey, message))
    agree((crypto) => crypto.equalConstantTime(macKey, message))
    assert.ok(agree((crypto) => crypto.equalConstantTime(message, message.slice())))
  })
  fc.assert(property, { seed, numRuns: 200 })
})

it('X25519: both derive the same keys and secrets, and so do both ends', (test) => {
  const seed = seedOf(test)
  const property = fc.property(key, key, (alice, bob) => {
    const alicePublic = agree((crypto) => crypto.x25519PublicKey(alice))
    const bobPublic = agree((crypto) => crypto.x25519PublicKey(bob))
    const shared = agree((crypto) => crypto.x25519(alice, bobPublic))
    assert.ok(shared)
    assert.deepEqual(
      agree((crypto) => crypto.x25519(bob, alicePublic)),
      shared,
    )
    // Any 32 bytes are a peer's key, also those on the twist.
    agree((crypto) => crypto.x25519(alice, bob))
  })
  fc.assert(property, { seed, numRuns: 50 })
})

for (const { name, maker, checker } of pairs) {
  it(`Ed25519: ${name}; damage gets the same verdict`, (test) => {
    const seed = seedOf(test)
    const property = fc.property(key, bytes, damage, (signer, message, damaged) => {
      const publicKey = maker.ed25519PublicKey(signer)
      const signature = maker.signEd25519(signer, message)
      assert.ok(checker.verifyEd25519(publicKey, message, signature))
      agree((crypto) => crypto.verifyEd25519(publicKey, message, damaged(signature)))
      agree((crypto) => crypto.verifyEd25519(damaged(publicKey), message, signature))
      agree((crypto) => crypto.verifyEd25519(publicKey, damaged(message), signature))
    })
    fc.assert(property, { seed, numRuns: 50 })
  })

  it(`ChaCha20-Poly1305: ${name}; damage is refused by both`, (test) => {
    const seed = seedOf(test)
    const property = fc.property(
      fc.record({ key, nonce, associated: bytes, plain: bytes, damaged: damage }),
      ({ key, nonce, associated, plain, damaged }) => {
        const sealed = maker.chachaSeal(key, nonce, associated, plain)
        assert.deepEqual(checker.chachaOpen(key, nonce, associated, sealed), plain)
        const changed = damaged(sealed)
        const opened = agree((crypto) => crypto.chachaOpen(key, nonce, associated, changed))
        // The damage may have put the very same byte back.
        if (!nodeSealCrypto.equalConstantTime(changed, sealed)) assert.equal(opened, undefined)
      },
    )
    fc.assert(property, { seed, numRuns: 200 })
  })
}

/** A fixed key pair: making P-256 signatures is no part of the port, checking them is. */
const es256Secret = new Uint8Array(32).fill(0x5a)
const es256Public = p256.getPublicKey(es256Secret, false)

it('ES256: both accept an authenticator of either kind of s; damage gets the same verdict', (test) => {
  const seed = seedOf(test)
  const property = fc.property(bytes, fc.boolean(), damage, (message, lowS, damaged) => {
    const signature = p256.sign(message, es256Secret, { lowS, format: 'der' })
    assert.ok(agree((crypto) => crypto.verifyEs256(es256Public, message, signature)))
    agree((crypto) => crypto.verifyEs256(es256Public, message, damaged(signature)))
    agree((crypto) => crypto.verifyEs256(damaged(es256Public), message, signature))
  })
  fc.assert(property, { seed, numRuns: 100 })
})

it('ES256: no second spelling of the same numbers is accepted', (test) => {
  const seed = seedOf(test)
  const padding = fc.integer({ min: 0, max: 3 })
  const property = fc.property(
    bytes,
    padding,
    padding,
    fc.boolean(),
    (message, padR, padS, long) => {
      const { r, s } = shortNumbers(message)
      const content = concatBytes(paddedInteger(r, padR), paddedInteger(s, padS))
      const length = long ? Uint8Array.of(0x81, content.length) : Uint8Array.of(content.length)
      const spelled = concatBytes(Uint8Array.of(0x30), length, content)
      const accepted = agree((crypto) => crypto.verifyEs256(es256Public, message, spelled))
      assert.equal(accepted, padR === 0 && padS === 0 && !long)
    },
  )
  fc.assert(property, { seed, numRuns: 150 })
})

/** The two INTEGER contents of a valid signature, as DER has them. */
function shortNumbers(message: Uint8Array): { readonly r: Uint8Array; readonly s: Uint8Array } {
  const signature = p256.sign(message, es256Secret, { lowS: true, format: 'der' })
  const lengthOfR = signature[3] ?? 0
  return { r: signature.slice(4, 4 + lengthOfR), s: signature.slice(6 + lengthOfR) }
}

function paddedInteger(content: Uint8Array, zeros: number): Uint8Array {
  return derItem(0x02, concatBytes(new Uint8Array(zeros), content))
}
