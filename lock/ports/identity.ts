/**
 * The lock's private keys. They are made once, on the first start, and are durable before anybody
 * learns the public halves; they never change, and never reach a log, a page or another process.
 */
export interface Identity {
  /** Ed25519 seed, 32 bytes: the lock's name and signature. */
  readonly identitySeed: Uint8Array
  /** X25519 private key, 32 bytes: opens what phones seal to the lock. */
  readonly sealingPrivateKey: Uint8Array
}

/** What makes the tags of this lock's codes worthless without this lock. */
export interface PinSecrets {
  /** Argon2 nonce (RFC 9106 section 3.1), 16 bytes, one per lock. */
  readonly pinSalt: Uint8Array
  /** Argon2 secret value (RFC 9106 section 3.1), 32 bytes; never in the store beside the tags. */
  readonly pinPepper: Uint8Array
}

export interface LockSecrets extends Identity, PinSecrets {}
