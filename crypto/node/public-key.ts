import { createPublicKey, type KeyObject } from 'node:crypto'

/**
 * The fixed DER of a SubjectPublicKeyInfo that precedes the raw key bytes (RFC 8410 section 4 for
 * Ed25519 and X25519, RFC 5480 section 2 for P-256).
 */
const prefixes = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  x25519: Buffer.from('302a300506032b656e032100', 'hex'),
  p256: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
} as const

/**
 * Imports a raw public key of the right length.
 * Returns undefined when OpenSSL refuses it, for example a P-256 point that is not on the curve.
 */
export function importPublicKey(
  kind: keyof typeof prefixes,
  keyBytes: Uint8Array,
): KeyObject | undefined {
  const der = Buffer.concat([prefixes[kind], keyBytes])
  try {
    return createPublicKey({ key: der, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}
