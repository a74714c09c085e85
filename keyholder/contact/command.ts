import { limits } from '@mortise/protocol/limits'
import { unreachable } from '@mortise/protocol/errors'
import { commandHash } from '@mortise/protocol/verify'
import { bytesEqual, commandMessage } from '@mortise/protocol/wire'
import type { Operation, Proof, Receipt, Reply } from '@mortise/protocol/wire'
import { KeyholderError, LockRefusal } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import { obtainChallenge } from './ask.ts'
import type { Contact } from './contact.ts'
import { inTurn, keepChallenge, requireCredential } from './contact.ts'
import type { Addressee } from './exchange.ts'
import { exchange, newReplyKey } from './exchange.ts'
import { recordFreshState } from './sighting.ts'

/** One command to one lock, with the way to prove it. */
export interface CommandOrder {
  readonly operation: Operation
  readonly challenge: Uint8Array
  readonly prove: (commandHash: Uint8Array) => Promise<Proof>
}

/**
 * Builds a command, has it proven, sends it and returns the receipt for exactly this command.
 * The receipt may say no: see `settle`.
 * @throws KeyholderError of the exchange or the prover, or `replyMismatched`
 */
export async function sendCommand(
  device: Device,
  lock: Addressee,
  order: CommandOrder,
): Promise<Receipt> {
  const replyKey = newReplyKey(device)
  const command = commandMessage.encode({
    v: 1,
    lockId: lock.lockId,
    operation: order.operation,
    challenge: order.challenge,
    replyTo: replyKey.publicKey,
    timeMs: device.clock.nowMs(),
  })
  const hash = commandHash(device.crypto, command)
  const proof = await order.prove(hash)
  const reply = await exchange(device, lock, { type: 'signed', command, proof }, replyKey)
  return receiptFor(reply, lock.lockId, hash)
}

function receiptFor(reply: Reply, lockId: Uint8Array, hash: Uint8Array): Receipt {
  if (reply.type !== 'receipt') throw new KeyholderError('replyMismatched')
  if (!bytesEqual(reply.lockId, lockId)) throw new KeyholderError('wrongLock')
  if (!bytesEqual(reply.commandHash, hash)) throw new KeyholderError('replyMismatched')
  return reply
}

/** Returns a receipt that says yes, and throws LockRefusal for every other. */
export function settle(receipt: Receipt): Receipt {
  switch (receipt.outcome) {
    case 'done':
      return receipt
    case 'refused':
    case 'failed':
      throw new LockRefusal(receipt.outcome, receipt.reason, receipt)
    default:
      return unreachable(receipt.outcome)
  }
}

/**
 * Performs an operation with the contact's own credential. A challenge that the lock no longer
 * accepts is replaced once: the lock has signed that it did nothing, so nothing happens twice. That
 * word is worth something for as long as the lock remembers which commands it took: a hub may have
 * kept a second copy until then. What waited too long, for the way or behind another command, is
 * not sent any more.
 * @throws LockRefusal, KeyholderError
 */
export async function performCommand(contact: Contact, operation: Operation): Promise<Receipt> {
  const { clock } = contact.device
  const wantedAtMs = clock.nowMs()
  return inTurn(contact, async () => {
    const { receipt, waitedMs } = await attemptCommand(contact, operation, wantedAtMs)
    if (receipt.reason === 'commandRepeated') {
      // The lock took the first copy, and its receipt is what is missing.
      throw new KeyholderError('noAnswer')
    }
    if (!isStale(receipt) || waitedMs >= limits.challengeLifeMs) return settle(receipt)
    return settle((await attemptCommand(contact, operation, clock.nowMs())).receipt)
  })
}

function isStale({ outcome, reason }: Receipt): boolean {
  if (outcome !== 'refused') return false
  return reason === 'challengeUnknown' || reason === 'challengeExpired'
}

interface Attempt {
  readonly receipt: Receipt
  /** From when it was sent to its answer. */
  readonly waitedMs: number
}

async function attemptCommand(
  contact: Contact,
  operation: Operation,
  wantedAtMs: number,
): Promise<Attempt> {
  const { device, known } = contact
  const credential = requireCredential(contact)
  const challenge = await obtainChallenge(contact)
  // Who has tapped and waited for longer may have walked away: the door must not open behind them.
  if (device.clock.nowMs() - wantedAtMs > limits.challengeLifeMs) {
    throw new KeyholderError('wayTooSlow')
  }
  let sentAtMs = device.clock.nowMs()
  const prove = async (hash: Uint8Array): Promise<Proof> => {
    const proof = await device.prover.prove(hash, credential)
    // A gesture takes as long as a person likes; the command leaves only after it.
    sentAtMs = device.clock.nowMs()
    return proof
  }
  const receipt = await sendCommand(device, known, { operation, challenge, prove })
  const waitedMs = device.clock.nowMs() - sentAtMs
  keepChallenge(contact, receipt.nextChallenge, sentAtMs)
  await recordFreshState(contact, receipt.state, sentAtMs)
  return { receipt, waitedMs }
}
