import type { Operation, Receipt } from '@mortise/protocol/wire'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Enrolment, OperatingMode, State, Verb } from '@mortise/protocol/words'
import { performCommand } from './command.ts'
import type { Contact } from './contact.ts'

/**
 * Locks or unlocks: one round trip when a challenge is in hand.
 * @returns the lock's receipt; only this is a success.
 * @throws LockRefusal with the lock's reason; KeyholderError, of which `noAnswer` means that
 *   nobody knows what the bolt did.
 */
export async function operate(contact: Contact, verb: Verb): Promise<Receipt> {
  return performCommand(contact, { type: verb })
}

/**
 * Unlocks for so many seconds, whatever the lock's settings say: see `limits.unlockSecondsMax`.
 * @throws as `operate`
 */
export async function unlockFor(contact: Contact, timeoutSeconds: number): Promise<Receipt> {
  return performCommand(contact, { type: 'unlock', timeoutSeconds })
}

/**
 * Opens as an assistant, with the voice PIN that it was told. The lock checks and counts it.
 * @throws as `operate`
 */
export async function operateByVoice(
  contact: Contact,
  verb: Exclude<Verb, 'lock'>,
  pin: string,
): Promise<Receipt> {
  return performCommand(contact, { type: verb, pin })
}

/**
 * Takes the lock into a mode, until a lock time or until somebody ends it.
 * @throws as `operate`
 */
export async function setOperatingMode(
  contact: Contact,
  operatingMode: OperatingMode,
  untilMs?: number,
): Promise<Receipt> {
  const until = untilMs === undefined ? {} : { untilMs }
  return performCommand(contact, { type: 'setOperatingMode', operatingMode, ...until })
}

/**
 * Sets the lock back at once, with the inside button pressed before. Nobody owns it afterwards, this
 * device neither, and its keys and id are new: there is nothing more to say to the old ones.
 * @throws as `operate`
 */
export async function orderFactoryReset(contact: Contact): Promise<Receipt> {
  return performCommand(contact, { type: 'factoryReset' })
}

/**
 * Stops a factory reset that somebody inside has asked for, while it waits.
 * @throws as `operate`
 */
export async function stopFactoryReset(contact: Contact): Promise<Receipt> {
  return performCommand(contact, { type: 'stopFactoryReset' })
}

/** A finger or a face for the reader at the door to learn, and whose it will be. */
export type EnrolmentOrder = Omit<Extract<Operation, { type: 'enrolCredential' }>, 'type'>

/**
 * Has the reader at the door learn a finger or a face: the `order` of `draftBiometric`. It opens
 * nothing before a policy lists it: follow `enrolmentIn`, and sign the draft once it says `enrolled`.
 * @throws as `operate`
 */
export async function beginEnrolment(contact: Contact, order: EnrolmentOrder): Promise<Receipt> {
  return performCommand(contact, { type: 'enrolCredential', ...order })
}

/**
 * How far the reader is with what was begun under this id. Undefined when the lock does not wait for
 * it any more: the time is over, it was started anew, or somebody began another.
 */
export function enrolmentIn({ enrolment }: State, credentialId: Uint8Array): Enrolment | undefined {
  const isOurs = enrolment !== undefined && bytesEqual(enrolment.credentialId, credentialId)
  return isOurs ? enrolment : undefined
}
