import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 as nobleX25519 } from '@noble/curves/ed25519.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import type { SealCrypto } from '@mortise/protocol/seal'
import { lengths, requireLength, requireRandomLength } from '#crypto/checks.ts'
import { webVerifyCrypto } from './verify.ts'

/** Web Cryptography section 10.1.1: getRandomValues refuses more than 65,536 bytes in one call. */
const randomChunkBytes = 65_536

function chachaSeal(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  requireLength('ChaCha20-Poly1305 key', key, lengths.chachaKey)
  requireLength('ChaCha20-Poly1305 nonce', nonce, lengths.chachaNonce)
  return chacha20poly1305(key, nonce, associated).encrypt(plain)
}

function chachaOpen(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  requireLength('ChaCha20-Poly1305 key', key, lengths.chachaKey)
  requireLength('ChaCha20-Poly1305 nonce', nonce, lengths.chachaNonce)
  if (sealed.length < lengths.chachaTag) return undefined
  try {
    return chacha20poly1305(key, nonce, associated).decrypt(sealed)
  } catch {
    return undefined
  }
}

function x25519(privateKey: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
  if (privateKey.length !== 32 || publicKey.length !== 32) return undefined
  try {
    return nobleX25519.getSharedSecret(privateKey, publicKey)
  } catch {
    return undefined
  }
}

function randomBytes(length: number): Uint8Array {
  requireRandomLength(length)
  const drawn = new Uint8Array(length)
  for (let start = 0; start < length; start += randomChunkBytes) {
    globalThis.crypto.getRandomValues(drawn.subarray(start, start + randomChunkBytes))
  }
  return drawn
}

/**
 * The complete port on noble, in plain JavaScript: it also works where a browser's WebCrypto has
 * no Ed25519, X25519 or ChaCha20-Poly1305. JavaScript cannot promise constant time (just-in-time
 * compiler, garbage collector); noble avoids secret-dependent branches and lookups as far as the
 * language lets it.
 */
export const webSealCrypto: SealCrypto = {
  ...webVerifyCrypto,
  hmacSha256: (key, message) => hmac(sha256, key, message),
  chachaSeal,
  chachaOpen,
  x25519,
  x25519PublicKey: (privateKey) => {
    requireLength('private key', privateKey, lengths.privateKey)
    return nobleX25519.getPublicKey(privateKey)
  },
  ed25519PublicKey: (seed) => {
    requireLength('private key', seed, lengths.privateKey)
    return ed25519.getPublicKey(seed)
  },
  signEd25519: (seed, message) => {
    requireLength('private key', seed, lengths.privateKey)
    return ed25519.sign(message, seed)
  },
  randomBytes,
}
