/**
 * The cryptography that Mortise needs from its platform, as small synchronous ports. They are
 * synchronous because every awaited WebCrypto call costs more than the primitive itself, and
 * because a pure core cannot await. `@mortise/crypto` has one adapter for Node (node:crypto) and
 * one for the browser (noble); both pass the same contract suite.
 */

/** What it takes to check: hashes and signatures. The hub is given this half and no other. */
export interface VerifyCrypto {
  /** SHA-256 (FIPS 180-4). Returns 32 bytes. */
  readonly sha256: (...parts: readonly Uint8Array[]) => Uint8Array
  /**
   * Ed25519 (RFC 8032 section 5.1.7). `publicKey` 32 bytes, `signature` 64 bytes.
   * Returns false for every malformed key or signature; never throws.
   */
  readonly verifyEd25519: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => boolean
  /**
   * ECDSA on P-256 with SHA-256, as WebAuthn ES256 sends it. `publicKey` is the 65-byte
   * uncompressed point (SEC 1 section 2.3.3), `signature` is DER. Returns false for anything malformed.
   */
  readonly verifyEs256: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => boolean
  /** Compares in time that depends on the lengths only. */
  readonly equalConstantTime: (left: Uint8Array, right: Uint8Array) => boolean
}

/** Keyed hashing, for what a program gives out and takes back itself. */
export interface MacCrypto {
  /** HMAC-SHA-256 (RFC 2104). Returns 32 bytes. */
  readonly hmacSha256: (key: Uint8Array, message: Uint8Array) => Uint8Array
}

/** What it takes to sign, seal and open. Never within the hub's reach (tools/rooms.ts). */
export interface SealCrypto extends VerifyCrypto, MacCrypto {
  /** ChaCha20-Poly1305 (RFC 8439). `key` 32 bytes, `nonce` 12 bytes. Returns ciphertext then tag. */
  readonly chachaSeal: (
    key: Uint8Array,
    nonce: Uint8Array,
    associated: Uint8Array,
    plain: Uint8Array,
  ) => Uint8Array
  /** The inverse of `chachaSeal`, or undefined when the tag does not match. */
  readonly chachaOpen: (
    key: Uint8Array,
    nonce: Uint8Array,
    associated: Uint8Array,
    sealed: Uint8Array,
  ) => Uint8Array | undefined
  /** X25519 (RFC 7748): the public key of a 32-byte private key. */
  readonly x25519PublicKey: (privateKey: Uint8Array) => Uint8Array
  /** X25519 shared secret, or undefined when it is all zero (RFC 7748 section 6.1) or malformed. */
  readonly x25519: (privateKey: Uint8Array, publicKey: Uint8Array) => Uint8Array | undefined
  /** Ed25519 public key of a 32-byte seed. */
  readonly ed25519PublicKey: (seed: Uint8Array) => Uint8Array
  /** Ed25519 signature (64 bytes) with a 32-byte seed. */
  readonly signEd25519: (seed: Uint8Array, message: Uint8Array) => Uint8Array
  /** Random bytes fit for keys. */
  readonly randomBytes: (length: number) => Uint8Array
}
