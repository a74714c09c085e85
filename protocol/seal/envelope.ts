import { limits } from '#protocol/limits.ts'
import { hpkeOpen, hpkeSeal } from '#protocol/seal/hpke.ts'
import { pad, unpad } from '#protocol/seal/padding.ts'
import type { SealCrypto } from '#protocol/seal/port.ts'
import { field, bytes, message, only, record } from '#protocol/wire/codec.ts'
import { x25519PublicKey } from '#protocol/wire/fields.ts'
import { labelled } from '#protocol/wire/labels.ts'
import type { Label } from '#protocol/wire/labels.ts'

/** HPKE (RFC 9180) around a padded message; the info binds purpose and lock. */
const sealedMessage = message(
  record({
    v: field(0, only(1)),
    encapsulated: field(1, x25519PublicKey),
    ciphertext: field(2, bytes(limits.messageBytesMax)),
  }),
  limits.messageBytesMax,
)

const noAssociatedData = new Uint8Array(0)

function seal(
  crypto: SealCrypto,
  label: Label,
  lockId: Uint8Array,
  recipient: Uint8Array,
  plain: Uint8Array,
): Uint8Array {
  const { encapsulated, ciphertext } = hpkeSeal(
    crypto,
    recipient,
    labelled(label, lockId),
    noAssociatedData,
    pad(plain),
    crypto.randomBytes(32),
  )
  return sealedMessage.encode({ v: 1, encapsulated, ciphertext })
}

function open(
  crypto: SealCrypto,
  label: Label,
  lockId: Uint8Array,
  privateKey: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  const { encapsulated, ciphertext } = sealedMessage.decode(sealed)
  const info = labelled(label, lockId)
  const padded = hpkeOpen(crypto, privateKey, encapsulated, info, noAssociatedData, ciphertext)
  return padded === undefined ? undefined : unpad(padded)
}

/** Seals an encoded request to the lock's X25519 sealing key. */
export function sealRequest(
  crypto: SealCrypto,
  lockId: Uint8Array,
  sealingKey: Uint8Array,
  request: Uint8Array,
): Uint8Array {
  return seal(crypto, 'sealRequest', lockId, sealingKey, request)
}

/** Opens a request at the lock; undefined when it was sealed to another key. Throws WireError. */
export function openRequest(
  crypto: SealCrypto,
  lockId: Uint8Array,
  sealingPrivateKey: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  return open(crypto, 'sealRequest', lockId, sealingPrivateKey, sealed)
}

/** Seals a signed reply to the asker's `replyTo` key. */
export function sealReply(
  crypto: SealCrypto,
  lockId: Uint8Array,
  replyTo: Uint8Array,
  signedReply: Uint8Array,
): Uint8Array {
  return seal(crypto, 'sealReply', lockId, replyTo, signedReply)
}

/** Opens a reply at the asker; undefined when it was sealed to another key. Throws WireError. */
export function openReply(
  crypto: SealCrypto,
  lockId: Uint8Array,
  replyPrivateKey: Uint8Array,
  sealed: Uint8Array,
): Uint8Array | undefined {
  return open(crypto, 'sealReply', lockId, replyPrivateKey, sealed)
}
