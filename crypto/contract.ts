import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { concatBytes, toHex, utf8 } from '@mortise/protocol/wire'
import type { SealCrypto } from '@mortise/protocol/seal'
import { flipped, verifyContract } from './contract-verify.ts'
import { hex } from './edge-es256.ts'
import {
  chachaVectors,
  ed25519Vectors,
  hmacVectors,
  x25519Exchange,
  x25519Iterated,
  x25519Vectors,
} from './vectors.ts'

export { verifyContract }

/** Registers the tests that every `SealCrypto` must pass, those of `VerifyCrypto` included. */
export function cryptoContract(name: string, crypto: SealCrypto): void {
  verifyContract(name, crypto)
  describe(`${name}: SealCrypto`, () => {
    authenticating(crypto)
    sealing(crypto)
    opening(crypto)
    agreeing(crypto)
    signing(crypto)
    drawing(crypto)
  })
}

const isBug = { name: 'MortiseError', blame: 'bug', code: 'invariant' }

function authenticating(crypto: SealCrypto): void {
  for (const { name, key, data, tag } of hmacVectors) {
    it(`HMAC-SHA-256, RFC 4231 ${name}`, () => {
      const full = crypto.hmacSha256(hex(key), hex(data))
      assert.equal(full.length, 32)
      assert.equal(toHex(full).slice(0, tag.length), tag)
    })
  }
  it('HMAC-SHA-256 with no key is that with zeros (RFC 2104 section 2)', () => {
    const data = utf8('data')
    const zeros = crypto.hmacSha256(new Uint8Array(32), data)
    assert.deepEqual(crypto.hmacSha256(new Uint8Array(0), data), zeros)
  })
}

function sealing(crypto: SealCrypto): void {
  for (const vector of chachaVectors) {
    it(`ChaCha20-Poly1305, RFC 8439 ${vector.name}`, () => {
      const key = hex(vector.key)
      const nonce = hex(vector.nonce)
      const associated = hex(vector.associated)
      const sealed = crypto.chachaSeal(key, nonce, associated, hex(vector.plain))
      assert.equal(toHex(sealed), vector.sealed)
      const plain = crypto.chachaOpen(key, nonce, associated, sealed)
      assert.equal(toHex(plain ?? new Uint8Array(0)), vector.plain)
    })
  }
  it('ChaCha20-Poly1305 leaves its inputs alone', () => {
    const inputs = [32, 12, 5, 100].map((length) => new Uint8Array(length).fill(length))
    const [key, nonce, associated, plain] = inputs
    assert.ok(key && nonce && associated && plain)
    const before = inputs.map((input) => toHex(input))
    const sealed = crypto.chachaSeal(key, nonce, associated, plain)
    const sealedBefore = toHex(sealed)
    crypto.chachaOpen(key, nonce, associated, sealed)
    assert.deepEqual(
      inputs.map((input) => toHex(input)),
      before,
    )
    assert.equal(toHex(sealed), sealedBefore)
  })
}

function opening(crypto: SealCrypto): void {
  const key = new Uint8Array(32).fill(7)
  const nonce = new Uint8Array(12).fill(8)
  const associated = utf8('associated')
  const sealed = crypto.chachaSeal(key, nonce, associated, utf8('plain text'))

  it('ChaCha20-Poly1305 opens nothing that was changed by a byte', () => {
    for (const index of sealed.keys()) {
      const changed = flipped(sealed, index)
      assert.equal(crypto.chachaOpen(key, nonce, associated, changed), undefined, `byte ${index}`)
    }
    assert.equal(crypto.chachaOpen(flipped(key, 0), nonce, associated, sealed), undefined)
    assert.equal(crypto.chachaOpen(key, flipped(nonce, 0), associated, sealed), undefined)
    assert.equal(crypto.chachaOpen(key, nonce, flipped(associated, 0), sealed), undefined)
    assert.equal(crypto.chachaOpen(key, nonce, new Uint8Array(0), sealed), undefined)
  })
  it('ChaCha20-Poly1305 opens nothing of another length', () => {
    for (let length = 0; length < sealed.length; length += 1) {
      const cut = sealed.subarray(0, length)
      assert.equal(crypto.chachaOpen(key, nonce, associated, cut), undefined, `${length} bytes`)
    }
    const longer = concatBytes(sealed, new Uint8Array(1))
    assert.equal(crypto.chachaOpen(key, nonce, associated, longer), undefined)
  })
  it('ChaCha20-Poly1305 seals the empty text to a tag alone', () => {
    const empty = new Uint8Array(0)
    const tag = crypto.chachaSeal(key, nonce, empty, empty)
    assert.equal(tag.length, 16)
    assert.deepEqual(crypto.chachaOpen(key, nonce, empty, tag), empty)
  })
  it('ChaCha20-Poly1305 calls a key or nonce of another length our bug', () => {
    for (const [keyLength, nonceLength] of [
      [31, 12],
      [33, 12],
      [32, 11],
      [32, 24],
    ] as const) {
      const oddKey = new Uint8Array(keyLength)
      const oddNonce = new Uint8Array(nonceLength)
      assert.throws(() => crypto.chachaSeal(oddKey, oddNonce, associated, sealed), isBug)
      assert.throws(() => crypto.chachaOpen(oddKey, oddNonce, associated, sealed), isBug)
    }
  })
}

/**
 * u-coordinates of small order: 0, 1, p - 1 and the two of order eight, then p and p + 1, which
 * RFC 7748 section 5 reads as 0 and 1; and 0 with the bit set that section 5 masks.
 */
const smallOrderU = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000080',
] as const

function agreeing(crypto: SealCrypto): void {
  for (const { name, scalar, u, result } of x25519Vectors) {
    it(`X25519, RFC 7748 ${name}`, () => {
      assert.equal(toHex(crypto.x25519(hex(scalar), hex(u)) ?? new Uint8Array(0)), result)
    })
  }
  it('X25519, RFC 7748 5.2 iterated', () => {
    let scalar: Uint8Array = new Uint8Array(32).with(0, 9)
    let u = scalar
    for (let step = 1; step <= 1_000; step += 1) {
      const result = crypto.x25519(scalar, u)
      assert.ok(result)
      u = scalar
      scalar = result
      const expected = x25519Iterated.find((entry) => entry.steps === step)
      if (expected !== undefined) assert.equal(toHex(scalar), expected.result, `step ${step}`)
    }
  })
  it('X25519, RFC 7748 6.1', () => {
    const { alicePrivate, alicePublic, bobPrivate, bobPublic, shared } = x25519Exchange
    assert.equal(toHex(crypto.x25519PublicKey(hex(alicePrivate))), alicePublic)
    assert.equal(toHex(crypto.x25519PublicKey(hex(bobPrivate))), bobPublic)
    assert.deepEqual(crypto.x25519(hex(alicePrivate), hex(bobPublic)), hex(shared))
    assert.deepEqual(crypto.x25519(hex(bobPrivate), hex(alicePublic)), hex(shared))
  })
  for (const u of smallOrderU) {
    it(`X25519 refuses u = ${u}`, () => {
      assert.equal(crypto.x25519(hex(x25519Exchange.alicePrivate), hex(u)), undefined)
    })
  }
  it('X25519 reads a non-canonical u as its remainder (RFC 7748 section 5)', () => {
    const scalar = hex(x25519Exchange.alicePrivate)
    const nine = new Uint8Array(32).with(0, 9)
    const ninePlusPrime = hex(`f6${'ff'.repeat(30)}7f`)
    const publicKey = crypto.x25519PublicKey(scalar)
    assert.deepEqual(crypto.x25519(scalar, nine), publicKey)
    assert.deepEqual(crypto.x25519(scalar, ninePlusPrime), publicKey)
    assert.deepEqual(crypto.x25519(scalar, nine.with(31, 0x80)), publicKey)
  })
  it('X25519 refuses other lengths; for an own private key they are our bug', () => {
    const good = hex(x25519Exchange.alicePublic)
    for (const length of [0, 31, 33, 64]) {
      assert.equal(crypto.x25519(new Uint8Array(length).fill(1), good), undefined)
      assert.equal(crypto.x25519(good, new Uint8Array(length).fill(9)), undefined)
      assert.throws(() => crypto.x25519PublicKey(new Uint8Array(length)), isBug)
    }
  })
}

function signing(crypto: SealCrypto): void {
  for (const { name, seed, publicKey, message, signature } of ed25519Vectors) {
    it(`Ed25519, RFC 8032 7.1: ${name} is made`, () => {
      assert.equal(toHex(crypto.ed25519PublicKey(hex(seed))), publicKey)
      assert.equal(toHex(crypto.signEd25519(hex(seed), hex(message))), signature)
    })
  }
  it('Ed25519 calls a seed of another length our bug', () => {
    for (const length of [0, 31, 33, 64]) {
      assert.throws(() => crypto.ed25519PublicKey(new Uint8Array(length)), isBug)
      assert.throws(() => crypto.signEd25519(new Uint8Array(length), utf8('message')), isBug)
    }
  })
}

function drawing(crypto: SealCrypto): void {
  it('randomBytes gives the asked length, fresh each time, up to the last byte', () => {
    for (const length of [0, 1, 32, 65_536, 65_537, 200_000]) {
      assert.equal(crypto.randomBytes(length).length, length)
    }
    const draws = Array.from({ length: 100 }, () => toHex(crypto.randomBytes(16)))
    assert.equal(new Set(draws).size, draws.length)
    const long = crypto.randomBytes(200_000)
    for (let start = 0; start < long.length; start += 32) {
      const window = long.subarray(start, start + 32)
      assert.ok(
        window.some((byte) => byte !== 0),
        `zeros at ${start}`,
      )
    }
  })
  it('randomBytes calls an impossible length our bug', () => {
    for (const length of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_048_577]) {
      assert.throws(() => crypto.randomBytes(length), isBug)
    }
  })
}
