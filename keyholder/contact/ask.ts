import { sameContent } from '@mortise/access'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Answer, Reply } from '@mortise/protocol/wire'
import type { Reason, State } from '@mortise/protocol/words'
import { KeyholderError, LockRefusal } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import type { Contact, Sighting } from './contact.ts'
import { keepChallenge, rememberAccess, requireCredential, takeChallenge } from './contact.ts'
import type { Addressee } from './exchange.ts'
import { exchange, newReplyKey } from './exchange.ts'
import { recordFreshState } from './sighting.ts'

/** What an answer tells, beyond the state that goes into the contact. */
export interface AskResult extends Sighting {
  /** Why this device would be refused, when the lock gave no challenge. */
  readonly noChallengeReason?: Reason
}

/** For whom a challenge is wanted. */
interface Asker {
  readonly credentialId?: Uint8Array
  readonly invitationId?: Uint8Array
}

/**
 * Asks the lock how it is, with a nonce of this device's own, so that an old answer is found out;
 * a challenge for the next command comes along and is kept.
 * @throws KeyholderError of the exchange, or `replyMismatched`
 */
export async function ask(contact: Contact): Promise<AskResult> {
  const { device, known } = contact
  const sentAtMs = device.clock.nowMs()
  const asker = known.credential === undefined ? {} : { credentialId: known.credential.id }
  const answer = await askLock(device, known, asker)
  keepChallenge(contact, answer.challenge, sentAtMs)
  const sighting = await recordFreshState(contact, answer.state, sentAtMs)
  if (answer.access !== undefined && !sameContent(answer.access, contact.known.access)) {
    contact.known = await rememberAccess(device, contact.lockId, answer.access)
  }
  return answer.reason === undefined ? sighting : { ...sighting, noChallengeReason: answer.reason }
}

/** One question, without a contact. */
export async function askLock(device: Device, lock: Addressee, asker: Asker): Promise<Answer> {
  const nonce = device.crypto.randomBytes(32)
  const replyKey = newReplyKey(device)
  const request = { type: 'ask', nonce, replyTo: replyKey.publicKey, ...asker } as const
  return freshAnswer(await exchange(device, lock, request, replyKey), nonce)
}

function freshAnswer(reply: Reply, nonce: Uint8Array): Answer {
  if (reply.type !== 'answer' || !carriesNonce(reply.state, nonce)) {
    throw new KeyholderError('replyMismatched')
  }
  return reply
}

function carriesNonce(state: State, nonce: Uint8Array): boolean {
  return state.nonce !== undefined && bytesEqual(state.nonce, nonce)
}

/**
 * A challenge for the next command: the one in hand, or else one that is asked for.
 * @throws LockRefusal when the lock gives none to this device; KeyholderError `wayTooSlow` when it
 *   came too late to be used, and as `ask`
 */
export async function obtainChallenge(contact: Contact): Promise<Uint8Array> {
  requireCredential(contact)
  const inHand = takeChallenge(contact)
  if (inHand !== undefined) return inHand
  const { noChallengeReason } = await ask(contact)
  if (contact.challenge === undefined)
    throw new LockRefusal('refused', noChallengeReason ?? 'unknownCredential')
  const asked = takeChallenge(contact)
  if (asked === undefined) throw new KeyholderError('wayTooSlow')
  return asked
}
