import type { SealCrypto } from '@mortise/protocol/seal'
import { openRequest, sealReply, signStatement } from '@mortise/protocol/seal'
import { lockIdOf } from '@mortise/protocol/verify'
import type { StatementLabel } from '@mortise/protocol/verify'
import type { Identity } from '#lock/ports/identity.ts'

/** The lock's keys at work. The private halves stay in here. */
export interface LockKeys {
  readonly lockId: Uint8Array
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  readonly sign: (label: StatementLabel, body: Uint8Array) => Uint8Array
  /** See `openRequest`. */
  readonly open: (sealed: Uint8Array) => Uint8Array | undefined
  /** See `sealReply`. */
  readonly seal: (replyTo: Uint8Array, signed: Uint8Array) => Uint8Array
}

export function createKeys(crypto: SealCrypto, identity: Identity): LockKeys {
  const { identitySeed, sealingPrivateKey } = identity
  const lockKey = crypto.ed25519PublicKey(identitySeed)
  const lockId = lockIdOf(crypto, lockKey)
  return {
    lockId,
    lockKey,
    sealingKey: crypto.x25519PublicKey(sealingPrivateKey),
    sign: (label, body) => signStatement(crypto, label, identitySeed, body),
    open: (sealed) => openRequest(crypto, lockId, sealingPrivateKey, sealed),
    seal: (replyTo, signed) => sealReply(crypto, lockId, replyTo, signed),
  }
}
