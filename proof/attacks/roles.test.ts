import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  changePolicy,
  changeRelyingParties,
  changeSettings,
  changeUser,
  draftPerson,
  operate,
  orderFactoryReset,
  removeUser,
  stopFactoryReset,
} from '@mortise/keyholder'
import type { NewPerson, PolicyEdit } from '@mortise/keyholder'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Role } from '@mortise/protocol/words'
import { directHub } from '#proof/testing/direct-hub.ts'
import { foundHousehold } from '#proof/testing/household.ts'
import type { Household } from '#proof/testing/household.ts'
import { createPerson, introduce } from '#proof/testing/person.ts'
import { startMs } from '#proof/testing/test-lock.ts'
import { askForReset } from './inside.ts'
import { addMember, verdictOf } from './members.ts'
import type { Member } from './members.ts'

/**
 * Every operation by every role with a modified client: rows 18, 19, 20, 38, 40 and 85; P1 and P5.
 * Level: guest. The cells that say `done` are the positive control.
 */

const hourMs = 3_600_000
const day = { notBeforeMs: startMs, notAfterMs: startMs + 24 * hourMs }
const over = { notBeforeMs: startMs - hourMs, notAfterMs: startMs }
const tomorrow = { notBeforeMs: startMs + 12 * hourMs, notAfterMs: startMs + 24 * hourMs }

type Act = (member: Member) => Promise<unknown>

const edit =
  (make: (member: Member) => PolicyEdit): Act =>
  (member) =>
    changePolicy(member.contact, { edit: make(member), pins: [] })

function add(role: Role): Act {
  return ({ contact }) => {
    const { hub, clock } = contact.device
    const friend = createPerson({ name: 'Friend', hub, nowMs: () => clock.nowMs() })
    const person = { name: 'Friend', role, validity: { ...day, notAfterMs: startMs + hourMs } }
    return changePolicy(contact, draftPerson(contact.device, person, [friend.credential]))
  }
}

const removeOthersWhoOwn =
  ({ userId }: Member): PolicyEdit =>
  (policy) => {
    const other = policy.users.find(({ role, id }) => role === 'owner' && !bytesEqual(id, userId))
    assert.ok(other)
    return removeUser(other.id)(policy)
  }

const acts = {
  lock: ({ contact }) => operate(contact, 'lock'),
  unlock: ({ contact }) => operate(contact, 'unlock'),
  addGuest: add('guest'),
  addResident: add('resident'),
  addOwner: add('owner'),
  becomeOwner: edit(({ userId }) => changeUser(userId, { role: 'owner', validity: null })),
  stayForEver: edit(({ userId }) => changeUser(userId, { validity: null })),
  removeOwner: edit(removeOthersWhoOwn),
  renameDoor: edit(() => changeSettings({ doorName: 'Mine' })),
  weakenKeypad: edit(() => changeSettings({ wrongCodeEntryLimit: 255 })),
  moveOrigin: edit(() =>
    changeRelyingParties([{ id: 'evil.example', origins: ['https://evil.example'] }]),
  ),
  setBackFromAfar: ({ contact }) => orderFactoryReset(contact),
  setBackInside: ({ contact }) => orderFactoryReset(contact),
  stopReset: ({ contact }) => stopFactoryReset(contact),
} as const satisfies Readonly<Record<string, Act>>

/** What happens on the inside before. */
const inside: Readonly<Partial<Record<keyof typeof acts, (household: Household) => void>>> = {
  setBackInside: ({ test: lockOf }) => lockOf().door.hands.pressInsideButton(),
  stopReset: askForReset,
}

type Verdicts = Readonly<Record<keyof typeof acts, string>>

function all(verdict: string): Verdicts {
  return {
    lock: verdict,
    unlock: verdict,
    addGuest: verdict,
    addResident: verdict,
    addOwner: verdict,
    becomeOwner: verdict,
    stayForEver: verdict,
    removeOwner: verdict,
    renameDoor: verdict,
    weakenKeypad: verdict,
    moveOrigin: verdict,
    setBackFromAfar: verdict,
    setBackInside: verdict,
    stopReset: verdict,
  }
}

const mayOperate = { lock: 'done', unlock: 'done' } as const

const matrix: Readonly<Record<string, readonly [person: NewPerson, verdicts: Verdicts]>> = {
  'another owner': [
    { name: 'Bea', role: 'owner' },
    {
      ...all('done'),
      addOwner: 'insideButtonNeeded',
      removeOwner: 'insideButtonNeeded',
      moveOrigin: 'insideButtonNeeded',
      setBackFromAfar: 'insideButtonNeeded',
    },
  ],
  'a manager': [
    { name: 'Max', role: 'manager', validity: day },
    { ...all('notAuthorized'), ...mayOperate, addGuest: 'done' },
  ],
  'a resident': [
    { name: 'Rob', role: 'resident', validity: day },
    { ...all('notAuthorized'), ...mayOperate },
  ],
  'a guest': [
    { name: 'Gus', role: 'guest', validity: day },
    { ...all('notAuthorized'), ...mayOperate },
  ],
  'a guest who may only lock': [
    { name: 'Gil', role: 'guest', validity: day, verbs: ['lock'] },
    { ...all('notAuthorized'), lock: 'done', unlock: 'verbNotAllowed' },
  ],
  'a guest whose time is over': [
    { name: 'Old', role: 'guest', validity: over },
    all('noLongerValid'),
  ],
  'a guest whose time has not come': [
    { name: 'New', role: 'guest', validity: tomorrow },
    all('notYetValid'),
  ],
}

const names = Object.keys(acts).filter((name): name is keyof typeof acts => name in acts)

for (const [who, [person, verdicts]] of Object.entries(matrix)) {
  describe(who, () => {
    for (const name of names) {
      test(`${name}: ${verdicts[name]}`, async () => {
        const household = await foundHousehold()
        const { contact, test: lockOf } = household
        await operate(contact, 'lock')
        // With a second owner, removing the first is a matter of rights alone.
        await addMember(household, { name: 'Zoe', role: 'owner' })
        const member = await addMember(household, person)
        // The inside button that a second owner took is forgotten after ten minutes.
        lockOf().time.advance(hourMs / 2)
        inside[name]?.(household)
        const { policyVersion: version, factoryResetAtMs: resetAtMs } = lockOf().lock.state()
        const before = { moved: lockOf().movements(), version, waits: resetAtMs !== undefined }
        const verdict = await verdictOf(acts[name](member))
        assert.equal(verdict, verdicts[name])
        const { lock, movements } = lockOf()
        const { claimed, policyVersion, factoryResetAtMs } = lock.state()
        assert.equal(claimed, !(verdict === 'done' && name.startsWith('setBack')))
        if (verdict === 'done') return
        assert.equal(movements(), before.moved)
        assert.equal(policyVersion, before.version)
        assert.equal(factoryResetAtMs !== undefined, before.waits)
      })
    }
  })
}

test('a stranger who knows the lock is told nothing but no', async () => {
  const household = await foundHousehold()
  await operate(household.contact, 'lock')
  const { test: lockOf } = household
  const stranger = createPerson({ name: 'x', hub: directHub(lockOf), nowMs: () => startMs })
  const contact = await introduce(stranger, lockOf().lock)
  const before = lockOf().movements()
  for (const verb of ['lock', 'unlock'] as const) {
    assert.equal(await verdictOf(operate(contact, verb)), 'unknownCredential')
  }
  lockOf().door.hands.pressInsideButton()
  assert.equal(await verdictOf(orderFactoryReset(contact)), 'unknownCredential')
  askForReset(household)
  assert.equal(await verdictOf(stopFactoryReset(contact)), 'unknownCredential')
  assert.equal(lockOf().movements(), before)
})
