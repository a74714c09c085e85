import type { Receipt } from '@mortise/protocol/wire'
import type { Verb } from '@mortise/protocol/words'
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
