import { MortiseError } from '#protocol/errors.ts'
import { concatBytes, utf8 } from '#protocol/wire/bytes.ts'
import type { SealCrypto } from './port.ts'

/**
 * HPKE (RFC 9180) in base mode, single shot (section 6.1), for the one suite
 * DHKEM(X25519, HKDF-SHA256) 0x0020, HKDF-SHA256 0x0001, ChaCha20Poly1305 0x0003 (section 7).
 * Base mode says nothing about the sender: Mortise signs inside the seal.
 *
 * A single shot uses sequence number 0 only, so the nonce is `base_nonce` itself (section 5.2),
 * and the exporter secret (section 5.3) is not derived. All outputs that are asked of HKDF-Expand
 * fit into one block of SHA-256.
 */

/** A sealed message: `encapsulated` is the 32-byte `enc`, `ciphertext` is plain length + 16 bytes. */
export interface HpkeSealed {
  readonly encapsulated: Uint8Array
  readonly ciphertext: Uint8Array
}

const publicKeyBytes = 32
const keyBytes = 32
const nonceBytes = 12
const hashBytes = 32

const empty = new Uint8Array(0)
const version = utf8('HPKE-v1')
/** Section 4.1: "KEM" and I2OSP(kem_id, 2). */
const kemSuite = Uint8Array.of(...utf8('KEM'), 0x00, 0x20)
/** Section 5.1: "HPKE", then kem_id, kdf_id and aead_id of two bytes each. */
const hpkeSuite = Uint8Array.of(...utf8('HPKE'), 0x00, 0x20, 0x00, 0x01, 0x00, 0x03)
/** Section 5, table 1. */
const modeBase = Uint8Array.of(0x00)

/**
 * Seals `plain` so that only the holder of the recipient's private key opens it (section 6.1, SealBase).
 * @param recipientPublicKey X25519, 32 bytes.
 * @param info binds the message to its purpose; the opener must give the same bytes.
 * @param associated authenticated but not sent; the opener must give the same bytes.
 * @param ephemeralPrivateKey 32 fresh random bytes, used for this one message and then dropped.
 *   Using it twice for one recipient and info reuses key and nonce, which gives both texts away.
 * @throws MortiseError `recipientKeyRefused` (caller) when the recipient's key is not 32 bytes or
 *   of small order, so that everybody could open the message (section 7.1.4). Where that key comes
 *   from a stranger, this must be handled.
 */
export function hpkeSeal(
  crypto: SealCrypto,
  recipientPublicKey: Uint8Array,
  info: Uint8Array,
  associated: Uint8Array,
  plain: Uint8Array,
  ephemeralPrivateKey: Uint8Array,
): HpkeSealed {
  const { encapsulated, sharedSecret } = encapsulate(
    crypto,
    recipientPublicKey,
    ephemeralPrivateKey,
  )
  const { key, nonce } = keySchedule(crypto, sharedSecret, info)
  return { encapsulated, ciphertext: crypto.chachaSeal(key, nonce, associated, plain) }
}

/**
 * Opens what `hpkeSeal` made (section 6.1, OpenBase).
 * Returns undefined for everything else: another recipient, info or associated data, altered
 * bytes, wrong lengths, an encapsulated key of small order. The reason is not told,
 * so that nobody learns from it.
 */
export function hpkeOpen(
  crypto: SealCrypto,
  recipientPrivateKey: Uint8Array,
  encapsulated: Uint8Array,
  info: Uint8Array,
  associated: Uint8Array,
  ciphertext: Uint8Array,
): Uint8Array | undefined {
  const sharedSecret = decapsulate(crypto, recipientPrivateKey, encapsulated)
  if (sharedSecret === undefined) return undefined
  const { key, nonce } = keySchedule(crypto, sharedSecret, info)
  return crypto.chachaOpen(key, nonce, associated, ciphertext)
}

/**
 * Encap of DHKEM (section 4.1), with the ephemeral key as an argument instead of GenerateKeyPair.
 * @throws MortiseError `recipientKeyRefused` (caller), see `hpkeSeal`.
 */
export function encapsulate(
  crypto: SealCrypto,
  recipientPublicKey: Uint8Array,
  ephemeralPrivateKey: Uint8Array,
): { readonly encapsulated: Uint8Array; readonly sharedSecret: Uint8Array } {
  const encapsulated = crypto.x25519PublicKey(ephemeralPrivateKey)
  const diffieHellman = crypto.x25519(ephemeralPrivateKey, recipientPublicKey)
  if (diffieHellman === undefined) {
    throw new MortiseError(
      'caller',
      'recipientKeyRefused',
      'the recipient has no usable X25519 key',
    )
  }
  const kemContext = concatBytes(encapsulated, recipientPublicKey)
  return { encapsulated, sharedSecret: extractAndExpand(crypto, diffieHellman, kemContext) }
}

/** Decap of DHKEM (section 4.1); undefined when the encapsulated key is malformed or of small order. */
export function decapsulate(
  crypto: SealCrypto,
  recipientPrivateKey: Uint8Array,
  encapsulated: Uint8Array,
): Uint8Array | undefined {
  if (encapsulated.length !== publicKeyBytes) return undefined
  const diffieHellman = crypto.x25519(recipientPrivateKey, encapsulated)
  if (diffieHellman === undefined) return undefined
  const kemContext = concatBytes(encapsulated, crypto.x25519PublicKey(recipientPrivateKey))
  return extractAndExpand(crypto, diffieHellman, kemContext)
}

/** KeySchedule (section 5.1) with mode_base, whose PSK and PSK id are empty. */
export function keySchedule(
  crypto: SealCrypto,
  sharedSecret: Uint8Array,
  info: Uint8Array,
): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const pskIdHash = labeledExtract(crypto, hpkeSuite, empty, 'psk_id_hash', empty)
  const infoHash = labeledExtract(crypto, hpkeSuite, empty, 'info_hash', info)
  const context = concatBytes(modeBase, pskIdHash, infoHash)
  const secret = labeledExtract(crypto, hpkeSuite, sharedSecret, 'secret', empty)
  return {
    key: labeledExpand(crypto, hpkeSuite, secret, 'key', context, keyBytes),
    nonce: labeledExpand(crypto, hpkeSuite, secret, 'base_nonce', context, nonceBytes),
  }
}

/** ExtractAndExpand of DHKEM (section 4.1). */
function extractAndExpand(
  crypto: SealCrypto,
  diffieHellman: Uint8Array,
  kemContext: Uint8Array,
): Uint8Array {
  const pseudorandomKey = labeledExtract(crypto, kemSuite, empty, 'eae_prk', diffieHellman)
  return labeledExpand(crypto, kemSuite, pseudorandomKey, 'shared_secret', kemContext, hashBytes)
}

/** LabeledExtract (section 4): HKDF-Extract (RFC 5869 section 2.2) is one HMAC keyed by the salt. */
function labeledExtract(
  crypto: SealCrypto,
  suite: Uint8Array,
  salt: Uint8Array,
  label: string,
  inputKey: Uint8Array,
): Uint8Array {
  return crypto.hmacSha256(salt, concatBytes(version, suite, utf8(label), inputKey))
}

/** LabeledExpand (section 4) up to 32 bytes: the first block of HKDF-Expand (RFC 5869 section 2.3). */
function labeledExpand(
  crypto: SealCrypto,
  suite: Uint8Array,
  pseudorandomKey: Uint8Array,
  label: string,
  info: Uint8Array,
  length: number,
): Uint8Array {
  const lengthBytes = Uint8Array.of(0, length)
  const labeledInfo = concatBytes(lengthBytes, version, suite, utf8(label), info)
  const block = crypto.hmacSha256(pseudorandomKey, concatBytes(labeledInfo, Uint8Array.of(1)))
  return block.subarray(0, length)
}
