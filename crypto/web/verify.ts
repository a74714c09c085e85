import { p256 } from '@noble/curves/nist.js'
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import type { VerifyCrypto } from '@mortise/protocol/verify'
import { isDerSignatureLength, isP256Point } from '#crypto/checks.ts'
import { verifyEd25519 } from './ed25519.ts'

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const digest = nobleSha256.create()
  for (const part of parts) digest.update(part)
  return digest.digest()
}

function verifyEs256(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (!isP256Point(publicKey) || !isDerSignatureLength(signature)) return false
  try {
    return p256.verify(signature, message, publicKey, { lowS: false, prehash: true, format: 'der' })
  } catch {
    return false
  }
}

function equalConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0)
  return difference === 0
}

/** The checking half on noble. It accepts exactly what `nodeVerifyCrypto` accepts. */
export const webVerifyCrypto: VerifyCrypto = {
  sha256,
  verifyEd25519,
  verifyEs256,
  equalConstantTime,
}
