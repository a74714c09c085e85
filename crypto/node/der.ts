import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/**
 * The fixed DER that precedes the raw key bytes. Public keys are SubjectPublicKeyInfo
 * (RFC 8410 section 4 for the Edwards and Montgomery curves, RFC 5480 section 2 for P-256);
 * private keys are PKCS #8 holding a CurvePrivateKey (RFC 8410 section 7).
 */
const prefixes = {
  ed25519Public: Buffer.from('302a300506032b6570032100', 'hex'),
  x25519Public: Buffer.from('302a300506032b656e032100', 'hex'),
  p256Public: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
  ed25519Private: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519Private: Buffer.from('302e020100300506032b656e04220420', 'hex'),
} as const

/**
 * Imports a raw public key of the right length.
 * Returns undefined when OpenSSL refuses it, for example a P-256 point that is not on the curve.
 */
export function importPublicKey(
  kind: 'ed25519Public' | 'x25519Public' | 'p256Public',
  keyBytes: Uint8Array,
): KeyObject | undefined {
  try {
    return createPublicKey({
      key: Buffer.concat([prefixes[kind], keyBytes]),
      format: 'der',
      type: 'spki',
    })
  } catch {
    return undefined
  }
}

/** Imports a raw 32-byte private key; every 32 bytes are one (RFC 8032 5.1.5, RFC 7748 section 5). */
export function importPrivateKey(
  kind: 'ed25519Private' | 'x25519Private',
  keyBytes: Uint8Array,
): KeyObject {
  const der = Buffer.concat([prefixes[kind], keyBytes])
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } finally {
    der.fill(0)
  }
}

/** The raw 32 bytes of the public half of an Ed25519 or X25519 key. */
export function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return new Uint8Array(der.subarray(der.length - 32))
}
