import { createPublicKey, type KeyObject } from 'node:crypto'

const kinds = {
  ed25519: { asymmetricKeyType: 'ed25519' },
  x25519: { asymmetricKeyType: 'x25519' },
  p256: { asymmetricKeyType: 'ec', namedCurve: 'P-256' },
} as const

/**
 * Imports a raw public key of the right length.
 * Returns undefined when OpenSSL refuses it, for example a P-256 point that is not on the curve.
 */
export function importPublicKey(
  kind: keyof typeof kinds,
  keyBytes: Uint8Array,
): KeyObject | undefined {
  try {
    return createPublicKey({ key: keyBytes, format: 'raw-public', ...kinds[kind] })
  } catch {
    return undefined
  }
}
