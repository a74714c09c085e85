import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { webSealCrypto } from '@mortise/crypto/web'
import { hpkeOpen, hpkeSeal } from '#protocol/seal/hpke.ts'
import type { SealCrypto } from '#protocol/seal/port.ts'
import { concatBytes, toHex, utf8 } from '#protocol/wire/bytes.ts'

/** RFC 9180 appendix A.2.1 and, for sequence number 0, A.2.1.1. */
const hpkeVector = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  ephemeralPrivate: 'f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600',
  recipientPublic: '4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a',
  recipientPrivate: '8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb',
  encapsulated: '1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a',
  sharedSecret: '0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7',
  key: 'ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91',
  nonce: '5c4d98150661b848853b547f',
  associated: '436f756e742d30',
  plain: '4265617574792069732074727574682c20747275746820626561757479',
  ciphertext:
    '1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28',
} as const

const adapters = { node: nodeSealCrypto, web: webSealCrypto }

const hex = (text: string): Uint8Array => Uint8Array.fromHex(text)

/** The bytes with one bit of one byte turned over. */
function flipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.with(index, (bytes[index] ?? 0) ^ 0x01)
}

const info = hex(hpkeVector.info)
const associated = hex(hpkeVector.associated)
const recipientPublic = hex(hpkeVector.recipientPublic)
const recipientPrivate = hex(hpkeVector.recipientPrivate)
const encapsulated = hex(hpkeVector.encapsulated)
const ciphertext = hex(hpkeVector.ciphertext)
const empty = new Uint8Array(0)

function seal(crypto: SealCrypto, plain: Uint8Array) {
  const ephemeral = hex(hpkeVector.ephemeralPrivate)
  return hpkeSeal(crypto, recipientPublic, info, associated, plain, ephemeral)
}

/** The adapter, writing down the keys and nonces that reach the AEAD and what they came from. */
function watched(crypto: SealCrypto) {
  const seen = {
    sharedSecrets: new Set<string>(),
    keys: new Set<string>(),
    nonces: new Set<string>(),
  }
  const watching: SealCrypto = {
    ...crypto,
    hmacSha256: (key, message) => {
      seen.sharedSecrets.add(toHex(key))
      return crypto.hmacSha256(key, message)
    },
    chachaSeal: (key, nonce, associated, plain) => {
      seen.keys.add(toHex(key))
      seen.nonces.add(toHex(nonce))
      return crypto.chachaSeal(key, nonce, associated, plain)
    },
  }
  return { seen, watching }
}

for (const [name, crypto] of Object.entries(adapters)) {
  describe(`HPKE on ${name}`, () => {
    it('seals as RFC 9180 A.2.1.1, sequence number 0', () => {
      const sealed = seal(crypto, hex(hpkeVector.plain))
      assert.equal(toHex(sealed.encapsulated), hpkeVector.encapsulated)
      assert.equal(toHex(sealed.ciphertext), hpkeVector.ciphertext)
    })

    it('passes through the shared secret, key and nonce of RFC 9180 A.2.1', () => {
      const { seen, watching } = watched(crypto)
      seal(watching, hex(hpkeVector.plain))
      // The shared secret is the salt of the extraction of `secret` (RFC 9180 section 5.1).
      assert.ok(seen.sharedSecrets.has(hpkeVector.sharedSecret))
      assert.deepEqual([...seen.keys], [hpkeVector.key])
      assert.deepEqual([...seen.nonces], [hpkeVector.nonce])
    })

    it('opens RFC 9180 A.2.1.1', () => {
      const plain = hpkeOpen(crypto, recipientPrivate, encapsulated, info, associated, ciphertext)
      assert.equal(toHex(plain ?? empty), hpkeVector.plain)
    })

    refusals(crypto)
    lengths(crypto)
  })
}

function refusals(crypto: SealCrypto): void {
  it('opens nothing when a byte of the ciphertext, encapsulated key, info or associated data changed', () => {
    for (const index of ciphertext.keys()) {
      const changed = flipped(ciphertext, index)
      const opened = hpkeOpen(crypto, recipientPrivate, encapsulated, info, associated, changed)
      assert.equal(opened, undefined, `ciphertext, byte ${index}`)
    }
    for (const index of encapsulated.keys()) {
      const changed = flipped(encapsulated, index)
      const opened = hpkeOpen(crypto, recipientPrivate, changed, info, associated, ciphertext)
      assert.equal(opened, undefined, `encapsulated key, byte ${index}`)
    }
    for (const index of info.keys()) {
      const changed = flipped(info, index)
      const opened = hpkeOpen(
        crypto,
        recipientPrivate,
        encapsulated,
        changed,
        associated,
        ciphertext,
      )
      assert.equal(opened, undefined, `info, byte ${index}`)
    }
    for (const index of associated.keys()) {
      const changed = flipped(associated, index)
      const opened = hpkeOpen(crypto, recipientPrivate, encapsulated, info, changed, ciphertext)
      assert.equal(opened, undefined, `associated data, byte ${index}`)
    }
  })

  it('opens nothing when only the masked bit of the encapsulated key changed', () => {
    // RFC 7748 section 5 ignores this bit, so the Diffie-Hellman result stays; the KEM context
    // (RFC 9180 section 4.1) holds the bytes as sent and tells the two apart.
    const changed = encapsulated.with(31, (encapsulated[31] ?? 0) ^ 0x80)
    assert.deepEqual(
      crypto.x25519(recipientPrivate, changed),
      crypto.x25519(recipientPrivate, encapsulated),
    )
    const opened = hpkeOpen(crypto, recipientPrivate, changed, info, associated, ciphertext)
    assert.equal(opened, undefined)
  })

  it('opens nothing for another recipient', () => {
    const other = flipped(recipientPrivate, 5)
    assert.equal(hpkeOpen(crypto, other, encapsulated, info, associated, ciphertext), undefined)
  })

  it('opens nothing when bytes wander between info and associated data', () => {
    const moved = concatBytes(info, associated)
    assert.equal(
      hpkeOpen(crypto, recipientPrivate, encapsulated, moved, empty, ciphertext),
      undefined,
    )
  })

  it('opens nothing under an encapsulated key of small order', () => {
    for (const first of [0, 1]) {
      const small = new Uint8Array(32).with(0, first)
      assert.equal(
        hpkeOpen(crypto, recipientPrivate, small, info, associated, ciphertext),
        undefined,
      )
    }
  })

  it('seals nothing to a recipient key that would let everybody open it', () => {
    const ephemeral = hex(hpkeVector.ephemeralPrivate)
    const refused = { name: 'MortiseError', blame: 'caller', code: 'recipientKeyRefused' }
    for (const key of [
      new Uint8Array(32),
      new Uint8Array(32).with(0, 1),
      empty,
      new Uint8Array(33).fill(9),
    ]) {
      assert.throws(
        () => hpkeSeal(crypto, key, info, associated, utf8('secret'), ephemeral),
        refused,
      )
    }
  })
}

function lengths(crypto: SealCrypto): void {
  it('opens nothing of another length', () => {
    for (let length = 0; length < ciphertext.length; length += 1) {
      const cut = ciphertext.subarray(0, length)
      const opened = hpkeOpen(crypto, recipientPrivate, encapsulated, info, associated, cut)
      assert.equal(opened, undefined, `ciphertext of ${length} bytes`)
    }
    const longer = concatBytes(ciphertext, empty, Uint8Array.of(0))
    assert.equal(
      hpkeOpen(crypto, recipientPrivate, encapsulated, info, associated, longer),
      undefined,
    )
    for (const length of [0, 31, 33, 64]) {
      const odd = new Uint8Array(length).fill(9)
      assert.equal(hpkeOpen(crypto, recipientPrivate, odd, info, associated, ciphertext), undefined)
    }
  })

  it('seals and opens the empty text', () => {
    const sealed = seal(crypto, empty)
    assert.equal(sealed.ciphertext.length, 16)
    const opened = hpkeOpen(
      crypto,
      recipientPrivate,
      sealed.encapsulated,
      info,
      associated,
      sealed.ciphertext,
    )
    assert.deepEqual(opened, empty)
  })
}
