import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  acceptInvitation,
  ask,
  changePolicy,
  claim,
  draftInvitedPerson,
  draftVisitorCode,
  operate,
  removeUser,
} from '@mortise/keyholder'
import type { Contact } from '@mortise/keyholder'
import { directHub } from '#proof/testing/direct-hub.ts'
import { foundHousehold, phoneClock } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { readJournal } from '#proof/testing/journal.ts'
import { createPerson } from '#proof/testing/person.ts'
import type { Person } from '#proof/testing/person.ts'
import { openTestLock, startMs } from '#proof/testing/test-lock.ts'
import { addMember, stoppedClock, verdictOf } from './members.ts'

const hourMs = 3_600_000
const hour = { notBeforeMs: startMs, notAfterMs: startMs + hourMs }

async function bolted(): Promise<Household> {
  const household = await foundHousehold()
  await operate(household.contact, 'lock')
  return household
}

const unlock = (contact: Contact): Promise<unknown> => operate(contact, 'unlock')

/** The newest reason for a refusal. */
function lastRefusal({ test }: Household): string | undefined {
  const { store, lock } = test()
  const refusals = readJournal(store, lock.lockId).filter(({ outcome }) => outcome === 'refused')
  return refusals.at(-1)?.reason
}

describe('a grant whose time is over (guest; P5; rows 13, 18, 31)', () => {
  async function tryAfterTheEnd(household: Household): Promise<string> {
    const guest = await addMember(household, { name: 'Gus', validity: hour })
    household.test().time.advance(2 * hourMs)
    // The client lies to itself as it likes; nothing of that reaches the lock.
    return verdictOf(unlock(guest.contact))
  }

  test('opens a lock whose clock stands still', async () => {
    const household = await bolted()
    await household.restart({ time: stoppedClock(household.test().time) })
    assert.equal(await tryAfterTheEnd(household), 'done')
  })

  test('opens nothing, and the owner still opens', async () => {
    const household = await bolted()
    const before = household.test().movements()
    assert.equal(await tryAfterTheEnd(household), 'noLongerValid')
    assert.equal(household.test().movements(), before)
    assert.equal(lastRefusal(household), 'noLongerValid')
    assert.equal(await verdictOf(unlock(household.contact)), 'done')
  })

  test('is not revived by a clock that is set back, nor by a restart with it (row 6)', async () => {
    const household = await bolted()
    const guest = await addMember(household, { name: 'Gus', validity: hour })
    household.test().time.advance(2 * hourMs)
    await ask(household.contact)
    for (const wallMs of [startMs, 0, undefined]) {
      household.test().time.setWall(wallMs)
      assert.notEqual(await verdictOf(unlock(guest.contact)), 'done')
      await household.restart()
      assert.notEqual(await verdictOf(unlock(guest.contact)), 'done')
    }
    assert.equal(await verdictOf(unlock(household.contact)), 'done')
  })
})

describe('an unlock that is held back for a minute (hub root; P2, P5; row 24)', () => {
  async function deliverLate(household: Household): Promise<boolean> {
    const guest = await addMember(household, { name: 'Gus', validity: hour })
    const late = await guest.prepare(unlock)
    household.test().time.advance(60_000)
    const before = household.test().movements()
    await household.test().deliver(late)
    return household.test().movements() > before
  }

  test('opens a lock whose clock stands still', async () => {
    const household = await bolted()
    await household.restart({ time: stoppedClock(household.test().time) })
    assert.ok(await deliverLate(household))
  })

  test('opens nothing', async () => {
    const household = await bolted()
    assert.equal(await deliverLate(household), false)
    assert.equal(lastRefusal(household), 'challengeExpired')
    assert.equal(await verdictOf(unlock(household.contact)), 'done')
  })
})

describe('somebody who was removed (guest; P6; rows 1, 5, 78)', () => {
  const remove = (household: Household, userId: Uint8Array): Promise<unknown> =>
    changePolicy(household.contact, { edit: removeUser(userId), pins: [] })

  async function sendPrepared(household: Household, removed: boolean): Promise<boolean> {
    const guest = await addMember(household, { name: 'Gus', validity: hour })
    const prepared = await guest.prepare(unlock)
    await ask(guest.contact)
    if (removed) await remove(household, guest.userId)
    const before = household.test().movements()
    await household.test().deliver(prepared)
    // And once more by a client that goes on as if nothing had happened.
    if (removed) await verdictOf(unlock(guest.contact))
    return household.test().movements() > before
  }

  test('opens with a command that was signed before, as long as nobody removes them', async () => {
    assert.ok(await sendPrepared(await bolted(), false))
  })

  test('opens neither with a command that was signed before, nor with a cached challenge', async () => {
    const household = await bolted()
    assert.equal(await sendPrepared(household, true), false)
    assert.equal(lastRefusal(household), 'unknownCredential')
    assert.equal(await verdictOf(unlock(household.contact)), 'done')
  })

  test('opens nothing with their code from the moment on at which the lock says so', async () => {
    const household = await bolted()
    const { contact, test: lockOf } = household
    const code = '739146'
    const draft = draftVisitorCode(contact.device, { name: 'Vera', validity: hour }, { pin: code })
    await changePolicy(contact, draft)
    await household.type(`${code}#`)
    assert.equal(lockOf().door.snapshot().bolt, 'retracted')
    await operate(contact, 'lock')
    await remove(household, draft.userId)
    await household.type(`${code}#`)
    await household.restart()
    await household.type(`${code}#`)
    assert.equal(lockOf().door.snapshot().bolt, 'extended')
    assert.equal(lastRefusal(household), 'unknownCode')
    assert.equal(lockOf().lock.state().lockState, 'locked')
  })
})

describe('setup texts and invitations that were seen by others (at the door; P9; rows 29, 80)', () => {
  const options = { doorName: 'Mine', timeZone: 'Europe/Berlin', relyingParties: [] } as const

  function claimBy(person: Person, text: string): Promise<unknown> {
    const { device, credential, name } = person
    return claim(device, text, { ...options, ownerName: name, credentials: [credential] })
  }

  test('a code is good once, in its own window, and never for an owned lock', async () => {
    const test = openTestLock()
    const hub = directHub(() => test)
    const nowMs = phoneClock(() => test)
    const [ada, eve] = ['Ada', 'Eve'].map((name) => createPerson({ name, hub, nowMs }))
    assert.ok(ada && eve)
    const shown = (): string => {
      test.door.hands.pressInsideButton()
      return test.door.snapshot().setupCode?.text ?? ''
    }
    const first = shown()
    const second = shown()
    assert.equal(await verdictOf(claimBy(eve, first)), 'wrongSetupCode')
    test.time.advance(11 * 60_000)
    assert.equal(await verdictOf(claimBy(eve, second)), 'setupWindowClosed')
    const third = shown()
    // The positive control: whoever is first with the right code owns the lock.
    assert.equal(await verdictOf(claimBy(ada, third)), 'done')
    assert.equal(await verdictOf(claimBy(eve, third)), 'alreadyClaimed')
    test.door.hands.pressInsideButton()
    assert.equal(test.door.snapshot().setupCode, null)
  })

  test('an invitation is good for one device, and not after its end', async () => {
    const household = await bolted()
    const { contact, test: lockOf } = household
    const hub = directHub(lockOf)
    const nowMs = phoneClock(lockOf)
    const invite = async () => {
      const end = nowMs() + hourMs
      const draft = draftInvitedPerson(
        contact.device,
        lockOf().lock,
        { name: 'Ivy' },
        { notAfterMs: end },
      )
      await changePolicy(contact, draft)
      return draft.text
    }
    const accept = (text: string): Promise<string> => {
      const { device, credential } = createPerson({ name: 'Ivy', hub, nowMs })
      return verdictOf(acceptInvitation(device, text, credential))
    }
    const text = await invite()
    // The positive control, and then the one who looked over the shoulder.
    assert.equal(await accept(text), 'done')
    assert.equal(await accept(text), 'unknownInvitation')
    const late = await invite()
    lockOf().time.advance(2 * hourMs)
    assert.equal(await accept(late), 'invitationExpired')
  })
})
