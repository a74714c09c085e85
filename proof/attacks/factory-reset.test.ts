import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ask, operate, orderFactoryReset, stopFactoryReset } from '@mortise/keyholder'
import { resetWaitMs } from '#proof/testing/ask-inside.ts'
import { directHub } from '#proof/testing/direct-hub.ts'
import { foundHousehold } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { claimAs, createPerson } from '#proof/testing/person.ts'
import { askForReset } from './inside.ts'
import { addMember, verdictOf } from './members.ts'

/**
 * Taking the lock from its owners by setting it back: rows 46, 75 and 85; P1 and P6. Levels: at the
 * door, guest. The whole wait, undisturbed, is the positive control.
 */

const dayMs = 86_400_000

function isOwned({ test: lockOf }: Household): boolean {
  return lockOf().lock.state().claimed
}

describe('a guest inside who wants the lock', () => {
  test('gets one that nobody owns after three days in which nobody looked', async () => {
    const household = await foundHousehold()
    askForReset(household)
    household.test().time.advance(resetWaitMs)
    assert.ok(!isOwned(household))
  })

  test('is told of to the first owner whose phone asks, who stops it', async () => {
    const household = await foundHousehold()
    askForReset(household)
    household.test().time.advance(2 * dayMs)
    const { state } = await ask(household.contact)
    assert.deepEqual(state.alarms, ['lockFactoryReset'])
    assert.ok(state.factoryResetAtMs !== undefined)
    await stopFactoryReset(household.contact)
    household.test().time.advance(2 * resetWaitMs)
    assert.ok(isOwned(household))
  })

  test('shortens nothing by cutting the power', async () => {
    const household = await foundHousehold()
    for (let night = 0; night < 4; night += 1) {
      askForReset(household)
      household.test().time.advance(resetWaitMs - 1)
      await household.restart()
      assert.deepEqual(household.test().lock.state().alarms, [])
    }
    household.test().time.advance(2 * resetWaitMs)
    assert.ok(isOwned(household))
  })

  test('asks for nothing by a press, a short hold, or a button that is stuck', async () => {
    const household = await foundHousehold()
    const { door, time } = household.test()
    const tries = [
      () => door.hands.pressInsideButton(),
      () => time.advance(9_000),
      () => door.hands.pressInsideButton(),
    ]
    door.hands.holdInsideButton(true)
    for (const act of tries) act()
    door.hands.holdInsideButton(true)
    time.advance(2 * resetWaitMs)
    assert.ok(isOwned(household))
  })

  test('has no word for it in a message, and neither has a resident or a manager', async () => {
    for (const role of ['guest', 'resident', 'manager'] as const) {
      const household = await foundHousehold()
      const member = await addMember(household, { name: 'Mia', role })
      household.test().door.hands.pressInsideButton()
      assert.equal(await verdictOf(orderFactoryReset(member.contact)), 'notAuthorized')
      askForReset(household)
      assert.equal(await verdictOf(stopFactoryReset(member.contact)), 'notAuthorized')
      assert.ok(isOwned(household))
    }
  })
})

test('an owner’s phone in other hands needs the button inside as well', async () => {
  const household = await foundHousehold()
  household.test().time.advance(600_000)
  assert.equal(await verdictOf(orderFactoryReset(household.contact)), 'insideButtonNeeded')
  household.test().door.hands.pressInsideButton()
  assert.equal(await verdictOf(orderFactoryReset(household.contact)), 'done')
  assert.ok(!isOwned(household))
})

test('somebody outside, with all that is there in hand, asks for nothing', async () => {
  const household = await foundHousehold()
  const { door, time } = household.test()
  const outside = [
    () => household.type('000000'),
    () => household.type('*#*#*#'),
    () => door.hands.setEscutcheon('removed'),
    () => door.hands.showBiometric({ credentialType: 'fingerprint' }),
    () => door.hands.setEscutcheon('inPlace'),
    () => door.hands.moveLeaf({ open: true, force: true }),
    () => door.hands.setPower({ mainsPresent: false, batteryPercent: 1 }),
  ]
  for (const act of outside) {
    await act()
    time.advance(60_000)
    assert.equal(door.snapshot().factoryReset, null)
  }
  time.advance(2 * resetWaitMs)
  assert.ok(isOwned(household))
})

test('after a reset no key, code or message of before is good for anything', async () => {
  const household = await foundHousehold()
  const guest = await addMember(household, { name: 'Gus', role: 'guest' })
  const kept = await guest.prepare((contact) => operate(contact, 'unlock'))
  askForReset(household)
  household.test().time.advance(resetWaitMs)
  const movements = household.test().movements()
  // The keys are new: the store is opened as the next life of the same hardware.
  await household.restart({ number: 2 })
  const { lock, door, deliver } = household.test()
  assert.deepEqual(await deliver(kept), { type: 'undeliverable', reason: 'unsealable' })
  assert.deepEqual([lock.state().boot, lock.state().claimed], [1, false])
  const next = createPerson({
    name: 'Ned',
    hub: directHub(household.test),
    nowMs: () => household.test().time.clock.wallMs() ?? 0,
  })
  door.hands.pressInsideButton()
  const contact = await claimAs(next, door.snapshot().setupCode?.text ?? '')
  assert.deepEqual(await deliver(kept), { type: 'undeliverable', reason: 'unsealable' })
  assert.equal(household.test().movements(), movements)
  await operate(contact, 'unlock')
  const before = { lockId: guest.contact.lockId }
  assert.notDeepEqual(lock.lockId, before.lockId)
})
