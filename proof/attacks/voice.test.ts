import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  changePolicy,
  draftVisitorCode,
  draftVoicePin,
  operate,
  operateByVoice,
} from '@mortise/keyholder'
import type { Contact } from '@mortise/keyholder'
import { createMemoryDisk } from '@mortise/lock/testing'
import { foundHousehold } from '#proof/testing/household.ts'
import type { Household, HouseholdOptions } from '#proof/testing/household.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { addMember, verdictOf } from './members.ts'
import type { Member } from './members.ts'
import { forgetsTries } from './weaknesses.ts'

/**
 * A voice at the window: whoever shouts has the assistant, its key and its microphone, and no PIN
 * (docs/decisions/0029). Level: at the door.
 */

const voicePin = '604917'
const keypadCode = '739146'
const wrongCodeEntryLimit = 10

async function bolted(options: HouseholdOptions = {}): Promise<Household> {
  const settings = { wrongCodeEntryLimit }
  const household = await foundHousehold({ settings, ...options })
  const { contact } = household
  await changePolicy(
    contact,
    draftVisitorCode(contact.device, { name: 'Vera', role: 'resident' }, { pin: keypadCode }),
  )
  await operate(contact, 'lock')
  return household
}

/** Lets an assistant of a household open for whoever tells it the PIN. */
async function allowVoice({ contact, test: lockOf }: Household, { userId }: Member): Promise<void> {
  lockOf().door.hands.pressInsideButton()
  await changePolicy(contact, draftVoicePin(contact.device, userId, { pin: voicePin }))
}

async function withSpeaker(
  options: HouseholdOptions = {},
): Promise<Household & { readonly speaker: Contact }> {
  const household = await bolted(options)
  const speaker = await addMember(household, { name: 'Speaker', role: 'agent' })
  await allowVoice(household, speaker)
  return { ...household, speaker: speaker.contact }
}

const say = (contact: Contact, pin: string): Promise<string> =>
  verdictOf(operateByVoice(contact, 'unlock', pin))

const isOpen = ({ test: lockOf }: Household): boolean =>
  lockOf().door.snapshot().bolt === 'retracted'

function refusals({ test: lockOf }: Household): readonly (string | undefined)[] {
  const { store, lock } = lockOf()
  const refused = readJournal(store, lock.lockId).filter(({ outcome }) => outcome === 'refused')
  return refused.map(({ reason }) => reason)
}

async function assertOwnerRules(household: Household): Promise<void> {
  assert.equal(await verdictOf(operate(household.contact, 'unlock')), 'done')
  assert.ok(isOpen(household))
}

describe('"unlock the door", shouted from outside (P17; row 69)', () => {
  test('opens where the assistant holds the key of a person', async () => {
    const household = await bolted()
    const speaker = await addMember(household, { name: 'Speaker', role: 'resident' })
    assert.equal(await verdictOf(operate(speaker.contact, 'unlock')), 'done')
    assert.ok(isOpen(household))
  })

  test('opens nothing with an assistant as it comes, nor without the PIN once it may open', async () => {
    const household = await bolted()
    const speaker = await addMember(household, { name: 'Speaker', role: 'agent' })
    const before = household.test().movements()
    assert.equal(await verdictOf(operate(speaker.contact, 'unlock')), 'verbNotAllowed')
    assert.equal(await say(speaker.contact, voicePin), 'verbNotAllowed')
    await allowVoice(household, speaker)
    assert.equal(await verdictOf(operate(speaker.contact, 'unlock')), 'voicePinNeeded')
    assert.equal(household.test().movements(), before)
    assert.deepEqual(refusals(household), [
      'verbNotAllowed',
      'verbNotAllowed',
      'anotherCredentialNeeded',
    ])
    await assertOwnerRules(household)
  })

  test("is not allowed by an owner's phone alone: it takes the button inside", async () => {
    const household = await bolted()
    const { contact } = household
    const { userId } = await addMember(household, { name: 'Speaker', role: 'agent' })
    const draft = draftVoicePin(contact.device, userId, { pin: voicePin })
    // The button that was pressed for the claim is not taken for this.
    household.test().time.advance(11 * 60_000)
    await ask(contact)
    assert.equal(await verdictOf(changePolicy(contact, draft)), 'insideButtonNeeded')
    await assertOwnerRules(household)
  })
})

describe('a PIN that everybody in the room has heard (P17; row 70)', () => {
  test('opens at the keypad where it is the code of a person', async () => {
    const household = await withSpeaker()
    await household.type(`${keypadCode}#`)
    assert.ok(isOpen(household))
  })

  test('opens neither at the keypad nor as the second way in of a guest who has heard it', async () => {
    const household = await withSpeaker()
    const guest = await addMember(household, { name: 'Gus', credentialRule: 'dual' })
    const before = household.test().movements()
    await household.type(`${voicePin}#`)
    assert.equal(await say(guest.contact, voicePin), 'channelClosed')
    assert.equal(household.test().movements(), before)
    assert.deepEqual(refusals(household), ['unknownCode', 'channelClosed'])
    await assertOwnerRules(household)
  })

  test('opens once: what the assistant sent is nothing that can be sent again', async () => {
    const household = await bolted()
    const member = await addMember(household, { name: 'Speaker', role: 'agent' })
    await allowVoice(household, member)
    const heard = await member.prepare((contact) => operateByVoice(contact, 'unlock', voicePin))
    await household.test().deliver(heard)
    assert.ok(isOpen(household))
    await operate(household.contact, 'lock')
    const before = household.test().movements()
    await household.test().deliver(heard)
    await household.restart()
    await household.test().deliver(heard)
    assert.equal(household.test().movements(), before)
    await assertOwnerRules(household)
  })
})

describe('voice PINs tried one after the other, by sound or by light (P7, P17; rows 71, 74)', () => {
  /** Guesses until voice is locked, and counts what was compared. */
  async function guess(household: Household, speaker: Contact, guessesMax: number) {
    let compared = 0
    for (let number = 0; number < guessesMax; number += 1) {
      const verdict = await say(speaker, String(100_000 + number))
      if (verdict === 'voiceLockedOut') break
      assert.equal(verdict, 'unknownCode')
      compared += 1
      // Who has the assistant has its plug as well, and perhaps the fuse of the lock.
      if (number % 3 === 2) await household.restart()
    }
    return compared
  }

  test('are without end at a lock that forgets them when its power goes', async () => {
    const memory = createMemoryDisk()
    const disk = { open: () => forgetsTries(memory.open()) }
    const { speaker, ...household } = await withSpeaker({ disk })
    const guessesMax = 4 * wrongCodeEntryLimit
    assert.equal(await guess(household, speaker, guessesMax), guessesMax)
    assert.equal(await say(speaker, voicePin), 'done')
  })

  test('end after ten, also across restarts, and close voice alone', async () => {
    const { speaker, ...household } = await withSpeaker()
    const before = household.test().movements()
    assert.equal(await guess(household, speaker, 1000), wrongCodeEntryLimit)
    assert.equal(await say(speaker, voicePin), 'voiceLockedOut', 'not even the right one')
    await household.restart()
    assert.equal(await say(speaker, voicePin), 'voiceLockedOut')
    assert.equal(household.test().movements(), before)
    const { store, lock } = household.test()
    const lockouts = readJournal(store, lock.lockId).filter(
      ({ type }) => type === 'keypadLockedOut',
    )
    assert.deepEqual(
      lockouts.map(({ source, count }) => [source, count]),
      [['voice', wrongCodeEntryLimit]],
    )
    assert.ok(lock.state().alarms.includes('wrongCodeEntryLimit'))
    // Every other way in is as it was, and so is locking by voice.
    await household.type(`${keypadCode}#`)
    assert.ok(isOpen(household))
    assert.equal(await verdictOf(operate(speaker, 'lock')), 'done')
    await assertOwnerRules(household)
  })

  test('at the keypad close no assistant', async () => {
    const { speaker, ...household } = await withSpeaker()
    for (let number = 0; number < wrongCodeEntryLimit; number += 1) {
      await household.type(`${100_000 + number}#`)
    }
    await household.type(`${keypadCode}#`)
    assert.equal(isOpen(household), false)
    assert.equal(await say(speaker, voicePin), 'done')
  })
})
