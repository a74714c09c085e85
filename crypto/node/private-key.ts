import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** Imports a raw 32-byte private key; every 32 bytes are one (RFC 8032 5.1.5, RFC 7748 section 5). */
export function importPrivateKey(kind: 'ed25519' | 'x25519', keyBytes: Uint8Array): KeyObject {
  return createPrivateKey({ key: keyBytes, format: 'raw-private', asymmetricKeyType: kind })
}

/** Public halves of keys that are still held: HPKE asks for the recipient's with every message. */
const publicHalves = new WeakMap<KeyObject, Uint8Array>()

/** The raw 32 bytes of the public half of an Ed25519 or X25519 key; the caller's own copy. */
export function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const known = publicHalves.get(privateKey) ?? exportPublicHalf(privateKey)
  publicHalves.set(privateKey, known)
  return known.slice()
}

function exportPublicHalf(privateKey: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(privateKey).export({ format: 'raw-public' }))
}
