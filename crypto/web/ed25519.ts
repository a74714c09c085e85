import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'

/**
 * Ed25519 verification without the cofactor, RFC 8032 section 5.1.7 step 3, second form: it is
 * "sufficient, but not required, to instead check [S]B = R + [k]A'".
 *
 * noble's own `verify` multiplies by the cofactor, OpenSSL does not. They differ only on
 * signatures that somebody built on purpose with points of mixed order, but then a phone would
 * call a history verified that the lock and the hub refuse. One equation for all keeps one truth.
 * Points, scalars and hashing are noble's; only the final comparison is ours.
 *
 * Returns false for non-canonical points, points of small order (as key and as commitment R) and
 * S at or above L.
 */
export function verifyEd25519(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const { Point } = ed25519
  const commitment = signature.subarray(0, 32)
  const response = littleEndian(signature.subarray(32))
  if (response >= Point.Fn.ORDER) return false
  const key = decodePoint(publicKey)
  if (key === undefined || key.isSmallOrder()) return false
  const digest = sha512.create().update(commitment).update(publicKey).update(message).digest()
  const challenge = Point.Fn.create(littleEndian(digest))
  const expected = Point.BASE.multiplyUnsafe(response).subtract(key.multiplyUnsafe(challenge))
  if (expected.isSmallOrder()) return false
  // Everything here is public, so an early exit gives nothing away.
  return expected.toBytes().every((byte, index) => byte === commitment[index])
}

/** Strict decoding (RFC 8032 section 5.1.3): y below p, on the curve, no negative zero. */
function decodePoint(encoded: Uint8Array) {
  try {
    return ed25519.Point.fromBytes(encoded, false)
  } catch {
    return undefined
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte)
  return value
}
