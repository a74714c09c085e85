import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { concatBytes, toHex, utf8 } from '@mortise/protocol/wire'
import { hpkeOpen, hpkeSeal, type SealCrypto } from '@mortise/protocol/seal'
import { flipped } from './contract-verify.ts'
import { hex } from './edge-es256.ts'
import { nodeSealCrypto } from './node/seal.ts'
import { hpkeVector } from './vectors.ts'
import { webSealCrypto } from './web/index.ts'

const adapters = { node: nodeSealCrypto, web: webSealCrypto }

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
