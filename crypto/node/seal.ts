import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  diffieHellman,
  hash,
  randomFillSync,
  sign,
} from 'node:crypto'
import { assertInvariant } from '@mortise/protocol/errors'
import type { SealCrypto } from '@mortise/protocol/seal'
import { lengths, requireLength, requireRandomLength } from '#crypto/checks.ts'
import { keyCache } from './key-cache.ts'
import { importPrivateKey, rawPublicKey } from './private-key.ts'
import { importPublicKey } from './public-key.ts'
import { nodeVerifyCrypto } from './verify.ts'

/**
 * A process has one long-lived key of each kind; eight leave room for a demo with several doors.
 * The price is exposure: a kept key lives in OpenSSL's memory after the caller dropped its bytes,
 * an HPKE ephemeral until eight newer keys have pushed it out. It buys 45 microseconds per
 * signature and per opened message. Who reads this memory also reads the long-lived keys beside
 * it, and root on the lock is outside the promise.
 */
const privateKeysMax = 8

/** A digest, so that the cache does not leave the key itself in strings that nobody can erase. */
function nameOfPrivateKey(keyBytes: Uint8Array): string {
  return hash('sha256', keyBytes, 'hex')
}

const ed25519Key = keyCache({
  keysMax: privateKeysMax,
  nameOf: nameOfPrivateKey,
  importKey: (keyBytes) => importPrivateKey('ed25519', keyBytes),
})

const x25519Key = keyCache({
  keysMax: privateKeysMax,
  nameOf: nameOfPrivateKey,
  importKey: (keyBytes) => importPrivateKey('x25519', keyBytes),
})

function privateKey(keys: typeof ed25519Key, keyBytes: Uint8Array) {
  requireLength('private key', keyBytes, lengths.privateKey)
  const key = keys(keyBytes)
  assertInvariant(key !== undefined, 'every 32 bytes are a private key')
  return key
}

function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(message).digest())
}

function chachaSeal(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  requireLength('ChaCha20-Poly1305 key', key, lengths.chachaKey)
  requireLength('ChaCha20-Poly1305 nonce', nonce, lengths.chachaNonce)
  const options = { authTagLength: lengths.chachaTag }
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, options)
  cipher.setAAD(associated, { plaintextLength: plain.length })
  const sealed = new Uint8Array(plain.length + lengths.chachaTag)
  sealed.set(cipher.update(plain))
  cipher.final()
  sealed.set(cipher.getAuthTag(), plain.length)
  return sealed
}

function chachaOpen(
  key: Uint8Array,
  nonce: Uint8Array,
  associated: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  requireLength('ChaCha20-Poly1305 key', key, lengths.chachaKey)
  requireLength('ChaCha20-Poly1305 nonce', nonce, lengths.chachaNonce)
  const plainLength = sealed.length - lengths.chachaTag
  if (plainLength < 0) return undefined
  const options = { authTagLength: lengths.chachaTag }
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, options)
  decipher.setAAD(associated, { plaintextLength: plainLength })
  decipher.setAuthTag(sealed.subarray(plainLength))
  const plain = new Uint8Array(decipher.update(sealed.subarray(0, plainLength)))
  try {
    decipher.final()
    return plain
  } catch {
    // The stream cipher has run before the tag could be checked; nothing of it may survive.
    plain.fill(0)
    return undefined
  }
}

function x25519(privateKeyBytes: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
  if (privateKeyBytes.length !== 32 || publicKey.length !== 32) return undefined
  // The peer's key is not kept: in HPKE it is mostly an ephemeral one, never seen again.
  const peer = importPublicKey('x25519', publicKey)
  if (peer === undefined) return undefined
  try {
    // OpenSSL refuses the all-zero result of a small-order peer (RFC 7748 section 6.1).
    return new Uint8Array(
      diffieHellman({ privateKey: privateKey(x25519Key, privateKeyBytes), publicKey: peer }),
    )
  } catch {
    return undefined
  }
}

/** The complete port on node:crypto (OpenSSL). What is accepted: see `nodeVerifyCrypto`. */
export const nodeSealCrypto: SealCrypto = {
  ...nodeVerifyCrypto,
  hmacSha256,
  chachaSeal,
  chachaOpen,
  x25519,
  x25519PublicKey: (keyBytes) => rawPublicKey(privateKey(x25519Key, keyBytes)),
  ed25519PublicKey: (seed) => rawPublicKey(privateKey(ed25519Key, seed)),
  signEd25519: (seed, message) => new Uint8Array(sign(null, message, privateKey(ed25519Key, seed))),
  randomBytes: (length) => {
    requireRandomLength(length)
    return randomFillSync(new Uint8Array(length))
  },
}
