import {
  changePolicy,
  draftPerson,
  draftVoicePin,
  LockRefusal,
  operateByVoice,
} from '@mortise/keyholder'
import { directHub } from '#proof/testing/direct-hub.ts'
import { createPerson, introduce } from '#proof/testing/person.ts'
import type { Person } from '#proof/testing/person.ts'
import type { DiskLock } from '#proof/testing/disk-lock.ts'
import { ownersContact, prepareHousehold } from './acts.ts'
import type { Say } from './acts.ts'

/** An assistant, and what people tell it (docs/decisions/0029). */

export const voicePin = '604917'
export const wrongVoicePin = '604918'

function assistantOf(disk: DiskLock): Person {
  const { nowMs } = disk
  const seed = new Uint8Array(32).fill(0x53)
  return createPerson({ name: 'Speaker', hub: directHub(() => disk), nowMs, seed })
}

/** A household whose assistant opens with a voice PIN, and that was told a wrong one so many times. */
export function prepareAssistant(wrongBefore = 0): (disk: DiskLock) => Promise<void> {
  return async (disk) => {
    await prepareHousehold()(disk)
    const contact = await ownersContact(disk)
    const { name, credential } = assistantOf(disk)
    const draft = draftPerson(contact.device, { name, role: 'agent' }, [credential])
    await changePolicy(contact, draft)
    disk.door.hands.pressInsideButton()
    const pin = draftVoicePin(contact.device, draft.user.id, { pin: voicePin })
    await changePolicy(contact, pin)
    for (let left = wrongBefore; left > 0; left -= 1) await verdictOnPin(disk, wrongVoicePin)
  }
}

/** What the lock answers an assistant that was told this: `done`, or the reason of its refusal. */
export async function verdictOnPin(disk: DiskLock, pin: string): Promise<string> {
  const contact = await introduce(assistantOf(disk), disk.lock)
  try {
    return (await operateByVoice(contact, 'unlock', pin)).outcome
  } catch (error) {
    if (error instanceof LockRefusal) return error.reason
    throw error
  }
}

/** Tells the assistant a PIN, and waits for what it is told. */
export async function sayPin(disk: DiskLock, pin: string, say: Say): Promise<void> {
  const end = disk.onHash(() => say({ saw: 'hashing', at: 'voice' }))
  const contact = await introduce(assistantOf(disk), disk.lock)
  try {
    const { sequence } = await operateByVoice(contact, 'unlock', pin)
    say({ saw: 'receipt', sequence })
  } catch (error) {
    if (!(error instanceof LockRefusal)) throw error
    say({ saw: 'refusal' })
    if ((disk.store.load().registers?.tries.voice?.lockedUntilMs ?? 0) > 0)
      say({ saw: 'lockout', at: 'voice' })
  } finally {
    end()
  }
}
