import { openReply, sealRequest } from '@mortise/protocol/seal'
import { verifyStatement } from '@mortise/protocol/verify'
import type { Reply, Request } from '@mortise/protocol/wire'
import { bytesEqual, replyMessage, requestMessage, WireError } from '@mortise/protocol/wire'
import { KeyholderError } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import type { LockKeys } from '#keyholder/known-lock.ts'

/** Whom to speak to. */
export interface Addressee extends LockKeys {
  readonly lockId: Uint8Array
}

/** A key for one reply, so that nobody who takes this device later can read old ones. */
export interface ReplyKey {
  readonly privateKey: Uint8Array
  readonly publicKey: Uint8Array
}

export function newReplyKey(device: Device): ReplyKey {
  const privateKey = device.crypto.randomBytes(32)
  return { privateKey, publicKey: device.crypto.x25519PublicKey(privateKey) }
}

/**
 * Seals a request, sends it, and returns the reply that this lock signed. Whether it answers this
 * very request is for the caller to check.
 * @throws KeyholderError `replyUnreadable`, `replyForged`, `wrongLock`, or what the hub port throws.
 */
export async function exchange(
  device: Device,
  lock: Addressee,
  request: Request,
  replyKey: ReplyKey,
): Promise<Reply> {
  const plain = requestMessage.encode(request)
  const sealed = sealRequest(device.crypto, lock.lockId, lock.sealingKey, plain)
  const sealedReply = await device.hub.relay(lock.lockId, sealed)
  const signed = openSealedReply(device, lock, replyKey, sealedReply)
  const reply = readable(() => replyMessage.decode(verifiedBody(device, lock, signed)))
  if (!bytesEqual(reply.state.lockId, lock.lockId)) throw new KeyholderError('wrongLock')
  return reply
}

function openSealedReply(
  device: Device,
  lock: Addressee,
  replyKey: ReplyKey,
  sealedReply: Uint8Array,
): Uint8Array {
  const signed = readable(() =>
    openReply(device.crypto, lock.lockId, replyKey.privateKey, sealedReply),
  )
  if (signed === undefined) throw new KeyholderError('replyUnreadable')
  return signed
}

function verifiedBody(device: Device, lock: Addressee, signed: Uint8Array): Uint8Array {
  const body = verifyStatement(device.crypto, 'reply', lock.lockKey, signed)
  if (body === undefined) throw new KeyholderError('replyForged')
  return body
}

function readable<Value>(decode: () => Value): Value {
  try {
    return decode()
  } catch (cause) {
    if (cause instanceof WireError) throw new KeyholderError('replyUnreadable', { cause })
    throw cause
  }
}
