import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex, utf8 } from '@mortise/protocol/wire'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { ed25519Cases } from './edge-ed25519.ts'
import { es256Cases, hex } from './edge-es256.ts'
import { ed25519Vectors, sha256Vectors } from './vectors.ts'

/** Registers the tests that every `VerifyCrypto` must pass. */
export function verifyContract(name: string, crypto: VerifyCrypto): void {
  describe(`${name}: VerifyCrypto`, () => {
    hashing(crypto)
    verdicts(crypto)
    comparing(crypto)
  })
}

/** The bytes with one bit of one byte turned over. */
export function flipped(bytes: Uint8Array, index: number): Uint8Array {
  return bytes.with(index, (bytes[index] ?? 0) ^ 0x01)
}

function hashing(crypto: VerifyCrypto): void {
  for (const { name, message, digest } of sha256Vectors) {
    it(`SHA-256, FIPS 180-4: ${name}`, () => {
      const bytes = utf8(message)
      const third = Math.floor(bytes.length / 3)
      assert.equal(toHex(crypto.sha256(bytes)), digest)
      assert.equal(toHex(crypto.sha256(bytes.subarray(0, third), bytes.subarray(third))), digest)
    })
  }
  it('SHA-256 of no part is that of the empty message', () => {
    assert.deepEqual(crypto.sha256(), crypto.sha256(new Uint8Array(0)))
  })
}

function verdicts(crypto: VerifyCrypto): void {
  for (const { name, publicKey, message, signature } of ed25519Vectors) {
    it(`Ed25519, RFC 8032 7.1: ${name} is accepted, and no byte of it may change`, () => {
      const parts = [hex(publicKey), hex(message), hex(signature)] as const
      assert.equal(crypto.verifyEd25519(...parts), true)
      refusesEveryFlip(parts, (...changed) => crypto.verifyEd25519(...changed))
    })
  }
  for (const { name, accepted, publicKey, message, signature } of ed25519Cases) {
    it(`Ed25519, ${accepted ? 'accepted' : 'refused'}: ${name}`, () => {
      assert.equal(crypto.verifyEd25519(publicKey, message, signature), accepted)
    })
  }
  for (const { name, accepted, publicKey, message, signature } of es256Cases) {
    it(`ES256, ${accepted ? 'accepted' : 'refused'}: ${name}`, () => {
      assert.equal(crypto.verifyEs256(publicKey, message, signature), accepted)
    })
  }
  it('ES256: no byte of an accepted signature, key or message may change', () => {
    for (const { publicKey, message, signature } of es256Cases.filter((entry) => entry.accepted)) {
      const parts = [publicKey, message, signature] as const
      refusesEveryFlip(parts, (...changed) => crypto.verifyEs256(...changed))
    }
  })
}

type Parts = readonly [Uint8Array, Uint8Array, Uint8Array]

function refusesEveryFlip(parts: Parts, verify: (...parts: Parts) => boolean): void {
  for (const [part, bytes] of parts.entries()) {
    for (const index of bytes.keys()) {
      const [first, second, third] = parts
      const changed: Parts = [
        part === 0 ? flipped(first, index) : first,
        part === 1 ? flipped(second, index) : second,
        part === 2 ? flipped(third, index) : third,
      ]
      assert.equal(verify(...changed), false, `part ${part}, byte ${index}`)
    }
  }
}

function comparing(crypto: VerifyCrypto): void {
  const cases = [
    { left: '', right: '', equal: true },
    { left: '00', right: '', equal: false },
    { left: '', right: '00', equal: false },
    { left: '0102', right: '0102', equal: true },
    { left: '0102', right: '0103', equal: false },
    { left: '8002', right: '0002', equal: false },
    { left: '0102', right: '010200', equal: false },
  ]
  for (const { left, right, equal } of cases) {
    it(`equalConstantTime("${left}", "${right}") is ${equal}`, () => {
      assert.equal(crypto.equalConstantTime(hex(left), hex(right)), equal)
    })
  }
}
