import { createHash, hash, timingSafeEqual, verify } from 'node:crypto'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { isDerSignatureLength, isP256Point } from '#crypto/checks.ts'
import { isAcceptableEd25519Point } from './ed25519-point.ts'
import { keyCache } from './key-cache.ts'
import { importPublicKey } from './public-key.ts'

/**
 * One public key costs about 2 KiB of OpenSSL memory. 1,024 hold every credential of a large
 * house and the busiest locks of one hub process in 2 MiB; a stranger who floods the cache with
 * keys only makes others pay one import (7 to 15 microseconds) again.
 */
const publicKeysMax = 1_024

/** Latin-1 maps each byte to one character, so different keys have different names. */
function nameOfPublicKey(keyBytes: Uint8Array): string {
  return Buffer.from(keyBytes.buffer, keyBytes.byteOffset, keyBytes.byteLength).toString('latin1')
}

const ed25519Key = keyCache({
  keysMax: publicKeysMax,
  nameOf: nameOfPublicKey,
  importKey: (keyBytes) =>
    isAcceptableEd25519Point(keyBytes) ? importPublicKey('ed25519', keyBytes) : undefined,
})

const p256Key = keyCache({
  keysMax: publicKeysMax,
  nameOf: nameOfPublicKey,
  importKey: (keyBytes) => importPublicKey('p256', keyBytes),
})

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return bytes(hash('sha256', only, 'buffer'))
  const digest = createHash('sha256')
  for (const part of parts) digest.update(part)
  return bytes(digest.digest())
}

/** The same memory without the Buffer methods, so that both adapters return equal values. */
function bytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  if (!isAcceptableEd25519Point(signature.subarray(0, 32))) return false
  const key = ed25519Key(publicKey)
  if (key === undefined) return false
  try {
    return verify(null, message, key, signature)
  } catch {
    return false
  }
}

function verifyEs256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isP256Point(publicKey) || !isDerSignatureLength(signature)) return false
  const key = p256Key(publicKey)
  if (key === undefined) return false
  try {
    return verify('sha256', message, { key, dsaEncoding: 'der' }, signature)
  } catch {
    return false
  }
}

function equalConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * The checking half on node:crypto (OpenSSL).
 *
 * Ed25519: RFC 8032 section 5.1.7 without the cofactor, that is `[S]B = R + [k]A` compared byte by
 * byte. Stricter than the RFC, as WebCrypto is ("Secure Curves", Ed25519 verify): points of small
 * order are refused, as key and as commitment R. So are S at or above L and non-canonical points.
 * ES256: strict DER only. Both values of s are accepted: WebAuthn Level 3 section 6.5.5 does not
 * ask authenticators for the low one, and nothing in Mortise takes a signature for an identifier.
 */
export const nodeVerifyCrypto: VerifyCrypto = {
  sha256,
  verifyEd25519,
  verifyEs256,
  equalConstantTime,
}
