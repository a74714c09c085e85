import { createECDH, createPrivateKey, hash, sign } from 'node:crypto'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { assertInvariant } from '@mortise/protocol/errors'
import type { SealCrypto } from '@mortise/protocol/seal'
import { bytesEqual, concatBytes, toBase64Url, utf8 } from '@mortise/protocol/wire'
import type { PasskeySigner } from '#proof/testing/passkey-prover.ts'

/** What worlds sign and seal with: the real port, or a stand-in that keeps no secret. */
export type CryptoKind = 'cheap' | 'real'

/** Cryptography that draws the same bytes in the same world. */
export function worldCrypto(kind: CryptoKind, chance: () => number): SealCrypto {
  const randomBytes = (length: number): Uint8Array => {
    const bytes = new Uint8Array(length)
    for (let index = 0; index < length; index += 1) bytes[index] = Math.floor(chance() * 256)
    return bytes
  }
  return { ...(kind === 'real' ? nodeSealCrypto : cheapCrypto), randomBytes }
}

/** The passkey that this secret of 32 bytes stands for. */
export function worldPasskey(kind: CryptoKind, secret: Uint8Array): PasskeySigner {
  return kind === 'real' ? realPasskey(secret) : cheapPasskey(secret)
}

function realPasskey(secret: Uint8Array): PasskeySigner {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(secret)
  const publicKey = Uint8Array.from(pair.getPublicKey())
  const [d, x, y] = [secret, publicKey.subarray(1, 33), publicKey.subarray(33)].map(toBase64Url)
  assertInvariant(d !== undefined && x !== undefined && y !== undefined, 'a point has two halves')
  const key = createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', d, x, y } })
  return { publicKey, sign: (message) => Uint8Array.from(sign('sha256', message, key)) }
}

/** Of the length of a point on the curve, and none. */
function cheapPasskey(secret: Uint8Array): PasskeySigner {
  const half = publicOf(secret)
  const publicKey = concatBytes(Uint8Array.of(4), half, half)
  return { publicKey, sign: (message) => signature(publicKey, message) }
}

/** One call to the platform for all parts: most are short, and the call is what costs. */
function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  const bytes = parts.length === 1 && only !== undefined ? only : concatBytes(...parts)
  return new Uint8Array(hash('sha256', bytes, 'buffer'))
}

const publicLabel = utf8('public')
const signedLabel = utf8('signed')
const tagLabel = utf8('tag')
const tagBytes = 16

/**
 * Only hashes: a tenth of the cost, so that a thousand years are a matter of minutes. Whoever knows
 * a public key could sign, so forgers in these worlds are those who do not try; what a forger meets
 * is asked of the real port, of its contract suites and of the published attacks. A changed bit is
 * found as ever.
 */
const cheapCrypto: Omit<SealCrypto, 'randomBytes'> = {
  sha256,
  equalConstantTime: nodeSealCrypto.equalConstantTime,
  hmacSha256: (key, message) => sha256(key, message),
  ed25519PublicKey: publicOf,
  signEd25519: (seed, message) => signature(publicOf(seed), message),
  verifyEd25519: (publicKey, message, given) => bytesEqual(signature(publicKey, message), given),
  verifyEs256: (publicKey, message, given) => bytesEqual(signature(publicKey, message), given),
  chachaSeal: (key, nonce, associated, plain) =>
    concatBytes(plain, tagOf(key, nonce, associated, plain)),
  chachaOpen(key, nonce, associated, sealed) {
    const plain = sealed.slice(0, Math.max(0, sealed.length - tagBytes))
    const tag = tagOf(key, nonce, associated, plain)
    return bytesEqual(tag, sealed.subarray(plain.length)) ? plain : undefined
  },
  x25519PublicKey: publicOf,
  x25519(privateKey, publicKey) {
    const own = publicOf(privateKey)
    // Both sides have to come to the same secret: the two public keys in one order.
    const [first, second] = Buffer.compare(own, publicKey) < 0 ? [own, publicKey] : [publicKey, own]
    return sha256(first, second)
  },
}

function publicOf(secret: Uint8Array): Uint8Array {
  return sha256(publicLabel, secret)
}

function signature(publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const half = sha256(signedLabel, publicKey, message)
  return concatBytes(half, half)
}

function tagOf(...parts: readonly Uint8Array[]): Uint8Array {
  return sha256(tagLabel, ...parts).subarray(0, tagBytes)
}
