import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** The fixed DER of a PKCS #8 CurvePrivateKey that precedes the raw bytes (RFC 8410 section 7). */
const prefixes = {
  ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  x25519: Buffer.from('302e020100300506032b656e04220420', 'hex'),
} as const

/** Imports a raw 32-byte private key; every 32 bytes are one (RFC 8032 5.1.5, RFC 7748 section 5). */
export function importPrivateKey(kind: keyof typeof prefixes, keyBytes: Uint8Array): KeyObject {
  const der = Buffer.concat([prefixes[kind], keyBytes])
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  } finally {
    der.fill(0)
  }
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
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return new Uint8Array(der.subarray(der.length - 32))
}
