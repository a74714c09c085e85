import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  deviceKey,
  idOf,
  nextPolicy,
  person,
  pinCredential,
  policyOf,
  withUser,
} from '@mortise/access/testing'
import type { Person } from '@mortise/access/testing'
import type { BiometricType, Credential, Policy, Reason } from '@mortise/protocol/words'
import { policyMessage } from '@mortise/protocol/wire'
import { captureMs, confirmMs } from '#core/enrolment/enrolment.ts'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const manager = person(2, 'manager')
const resident = person(3, 'resident')
const guest = person(4, 'guest', { maxOfflineHours: 24 })
const first = policyOf([owner.user, manager.user, resident.user, guest.user])
const fingerId = idOf(40)
const sensors = { readerTypes: ['fingerprint', 'face'] } as const

function lockHere(): TestLock {
  return claimedLock(owner, first, [], sensors)
}

function finger(number = 40): Extract<Credential, { type: 'fingerprint' }> {
  return { type: 'fingerprint', id: idOf(number), createdAtMs: 1, name: 'thumb' }
}

interface Order {
  readonly who?: Person
  readonly whose?: Person
  readonly number?: number
  readonly credentialType?: BiometricType
}

function begin(lock: TestLock, order: Order = {}): Reason {
  const { who = owner, whose = resident, number = 40, credentialType = 'fingerprint' } = order
  const userId = whose.user.id
  lock.send(who, { type: 'enrolCredential', credentialId: idOf(number), credentialType, userId })
  return lock.receipt().reason
}

function learned(lock: TestLock, credentialId = fingerId): void {
  lock.input({ type: 'enrolment', credentialId, step: 'captured', captured: 1, needed: 3 })
  lock.input({ type: 'enrolment', credentialId, step: 'enrolled' })
}

function listing(before: Policy, whose: Person, credential: Credential): Policy {
  const credentials = [...whose.user.credentials, credential]
  return nextPolicy(before, { users: withUser(before.users, whose.user.id, { credentials }) })
}

/** What the reader was last told to keep, in hexadecimal. */
function kept(lock: TestLock): readonly string[] | undefined {
  const effect = lock.effects.findLast(({ type }) => type === 'keepTemplates')
  return effect?.type === 'keepTemplates' ? effect.credentialIds.map((id) => id.toHex()) : undefined
}

function show(lock: TestLock, credentialId = fingerId): void {
  lock.input({ type: 'biometric', credentialType: 'fingerprint', credentialId })
}

describe('a finger', () => {
  test('opens once the reader has learned it and a policy lists it, and not before', () => {
    const lock = lockHere()
    assert.equal(begin(lock), 'granted')
    assert.equal(lock.entriesOf('enrolmentBegan').length, 1)
    learned(lock)
    assert.equal(lock.published().enrolment?.stage, 'enrolled')
    show(lock)
    assert.equal(lock.drives().length, 0)
    assert.equal(lock.changePolicy(owner, listing(first, resident, finger())), 'granted')
    assert.equal(lock.published().enrolment, undefined)
    assert.deepEqual(kept(lock), [fingerId.toHex()])
    show(lock)
    assert.equal(lock.drives().length, 1)
    assert.equal(lock.entriesOf('operationIntent').at(-1)?.userName, resident.user.name)
  })

  test('is told of touch by touch', () => {
    const lock = lockHere()
    begin(lock)
    const told = lock.published().enrolment
    assert.deepEqual([told?.stage, told?.captured, told?.needed], ['capturing', 0, 0])
    lock.input({
      type: 'enrolment',
      credentialId: fingerId,
      step: 'captured',
      captured: 2,
      needed: 3,
    })
    const { enrolment, timeMs } = lock.published()
    assert.deepEqual([enrolment?.captured, enrolment?.needed], [2, 3])
    assert.equal(enrolment?.untilMs, timeMs + captureMs)
  })

  test('that is taken out of the policy is forgotten by the reader, also after a power cut', () => {
    const lock = lockHere()
    begin(lock)
    learned(lock)
    const second = listing(first, resident, finger())
    lock.changePolicy(owner, second)
    lock.boot()
    assert.deepEqual(kept(lock), [fingerId.toHex()])
    lock.changePolicy(owner, nextPolicy(second, { users: first.users }))
    assert.deepEqual(kept(lock), [])
    lock.effects.length = 0
    lock.boot()
    assert.deepEqual(kept(lock), [])
  })
})

describe('what nobody signs for disappears', () => {
  test('when nobody comes to the reader', () => {
    const lock = lockHere()
    begin(lock)
    lock.advance(captureMs)
    assert.equal(lock.published().enrolment, undefined)
    assert.deepEqual(kept(lock), [])
    const { type, outcome, reason, userName } = lock.lastEntry()
    assert.deepEqual(
      [type, outcome, reason, userName],
      ['enrolmentEnded', 'failed', 'enrolmentExpired', resident.user.name],
    )
  })

  test('when no policy lists it in time', () => {
    const lock = lockHere()
    begin(lock)
    learned(lock)
    lock.advance(confirmMs - 1)
    assert.deepEqual(lock.published().enrolment?.stage, 'enrolled')
    lock.advance(1)
    assert.deepEqual(kept(lock), [])
    assert.equal(lock.changePolicy(owner, listing(first, resident, finger())), 'notEnrolled')
  })

  test('across a power cut', () => {
    const lock = lockHere()
    begin(lock)
    learned(lock)
    lock.boot()
    assert.deepEqual(kept(lock), [])
    assert.equal(lock.published().enrolment, undefined)
  })

  test('when whoever began it, or whose it was, leaves the policy', () => {
    for (const gone of [manager, guest]) {
      const lock = lockHere()
      const terms = { validity: { notBeforeMs: 0, notAfterMs: 4e12 } }
      const second = nextPolicy(first, { users: withUser(first.users, guest.user.id, terms) })
      lock.changePolicy(owner, second)
      assert.equal(begin(lock, { who: manager, whose: guest }), 'granted')
      learned(lock)
      const users = second.users.filter(({ id }) => id.toHex() !== gone.user.id.toHex())
      assert.equal(lock.changePolicy(owner, nextPolicy(second, { users })), 'granted')
      assert.deepEqual(kept(lock), [])
      assert.equal(lock.published().enrolment, undefined)
    }
  })

  test('not with a policy that has nothing to do with it', () => {
    const lock = lockHere()
    begin(lock)
    learned(lock)
    assert.equal(lock.changePolicy(owner, nextPolicy(first, { doorName: 'Side door' })), 'granted')
    assert.equal(lock.published().enrolment?.stage, 'enrolled')
  })

  test('a change that was accepted in time is waited for', () => {
    const lock = lockHere()
    begin(lock)
    learned(lock)
    lock.advance(confirmMs - 1)
    const pin = pinCredential(50)
    const { user } = resident
    const credentials = [...user.credentials, finger(), pin]
    const users = withUser(first.users, user.id, { credentials })
    const policy = nextPolicy(first, { users })
    const encoded = policyMessage.encode(policy)
    const pins = [{ credentialId: pin.id, pin: '739184' }]
    lock.send(owner, { type: 'changePolicy', policy: encoded, pins })
    lock.advance(1)
    assert.deepEqual(lock.published().enrolment?.stage, 'enrolled')
  })
})

describe('the reader', () => {
  for (const reason of ['alreadyEnrolled', 'captureFailed', 'readerFull'] as const) {
    test(`that says ${reason} ends it, and that is told until its time is over`, () => {
      const lock = lockHere()
      begin(lock)
      lock.input({ type: 'enrolment', credentialId: fingerId, step: 'failed', reason })
      const { enrolment } = lock.published()
      assert.deepEqual([enrolment?.stage, enrolment?.reason], ['failed', reason])
      assert.equal(lock.lastEntry().reason, reason)
      assert.equal(lock.changePolicy(owner, listing(first, resident, finger())), 'notEnrolled')
      const entries = lock.entriesOf('enrolmentEnded').length
      lock.advance(captureMs)
      assert.equal(lock.published().enrolment, undefined)
      assert.equal(lock.entriesOf('enrolmentEnded').length, entries)
    })
  }

  test('that tells of something nobody waits for is told to forget it', () => {
    const lock = lockHere()
    lock.input({ type: 'enrolment', credentialId: fingerId, step: 'enrolled' })
    assert.deepEqual(kept(lock), [])
    begin(lock)
    lock.input({ type: 'enrolment', credentialId: idOf(41), step: 'enrolled' })
    assert.deepEqual(kept(lock), [fingerId.toHex()])
    assert.equal(lock.published().enrolment?.stage, 'capturing')
  })

  test('that has failed and says later that it has learned is told to forget it', () => {
    const lock = lockHere()
    begin(lock)
    const failed = { step: 'failed', reason: 'captureFailed' } as const
    lock.input({ type: 'enrolment', credentialId: fingerId, ...failed })
    learned(lock)
    assert.deepEqual(kept(lock), [])
    assert.equal(lock.published().enrolment?.stage, 'failed')
  })

  test('is told nothing where none is fitted', () => {
    const lock = claimedLock(owner, first)
    assert.equal(begin(lock), 'notFitted')
    assert.equal(kept(lock), undefined)
  })

  test('a timer that comes early or for nothing changes nothing', () => {
    const lock = lockHere()
    lock.input({ type: 'timer', name: 'enrolment' })
    begin(lock)
    lock.input({ type: 'timer', name: 'enrolment' })
    assert.equal(lock.published().enrolment?.stage, 'capturing')
  })
})

describe('a policy may list only what the reader has just learned', () => {
  const rows: readonly (readonly [string, Person, Credential])[] = [
    ['under another id', resident, finger(41)],
    ['for somebody else', manager, finger()],
    ['as a face', resident, { type: 'face', id: fingerId, createdAtMs: 1, name: 'face' }],
  ]
  for (const [what, whose, credential] of rows) {
    test(`not ${what}`, () => {
      const lock = lockHere()
      begin(lock)
      learned(lock)
      assert.equal(lock.changePolicy(owner, listing(first, whose, credential)), 'notEnrolled')
    })
  }

  test('and not after its time, whether or not a timer has told of that', () => {
    for (const [afterMs, reason] of [
      [confirmMs - 1, 'granted'],
      [confirmMs, 'notEnrolled'],
    ] as const) {
      const lock = lockHere()
      begin(lock)
      learned(lock)
      lock.monotonicMs += afterMs
      assert.equal(lock.changePolicy(owner, listing(first, resident, finger())), reason)
    }
  })

  test('and not while it still learns', () => {
    const lock = lockHere()
    begin(lock)
    assert.equal(lock.changePolicy(owner, listing(first, resident, finger())), 'notEnrolled')
  })
})

describe('who may have the reader learn', () => {
  const rows: readonly (readonly [string, Order, Reason])[] = [
    ['an owner for a resident', {}, 'granted'],
    ['an owner for themselves, with nobody inside', { whose: owner }, 'insideButtonNeeded'],
    ['a resident for themselves', { who: resident }, 'notAuthorized'],
    ['a manager for a resident', { who: manager }, 'notAuthorized'],
    ['a guest', { who: guest }, 'notAuthorized'],
    ['for nobody of the policy', { whose: person(9, 'guest') }, 'policyInvalid'],
    ['under an id that means something already', { number: 1 }, 'policyInvalid'],
  ]
  for (const [what, order, reason] of rows) {
    test(`${what}: ${reason}`, () => {
      const lock = lockHere()
      assert.equal(begin(lock, order), reason)
      assert.equal(lock.published().enrolment === undefined, reason !== 'granted')
    })
  }

  const stopped: readonly (readonly [string, Partial<Person['user']>, Reason])[] = [
    ['who is disabled', { userStatus: 'occupiedDisabled' }, 'userDisabled'],
    ['whose time is over', { validity: { notBeforeMs: 0, notAfterMs: 1 } }, 'noLongerValid'],
  ]
  for (const [what, terms, reason] of stopped) {
    test(`not an owner ${what}: ${reason}`, () => {
      const second = person(5, 'owner', terms)
      const lock = claimedLock(owner, policyOf([...first.users, second.user]), [], sensors)
      assert.equal(begin(lock, { who: second }), reason)
      assert.equal(lock.published().enrolment, undefined)
      assert.equal(lock.lastEntry().attempt, 'enrolCredential')
    })
  }

  test('not for somebody who has ten credentials already', () => {
    const credentials = Array.from({ length: 10 }, (_, index) => deviceKey(60 + index).credential)
    const users = withUser(first.users, resident.user.id, { credentials })
    const lock = claimedLock(owner, { ...first, users }, [], sensors)
    assert.equal(begin(lock), 'policyInvalid')
  })

  test('not for an assistant, which is never at the door', () => {
    const assistant = person(5, 'agent', { verbs: ['lock'] })
    const lock = claimedLock(owner, policyOf([...first.users, assistant.user]), [], sensors)
    assert.equal(begin(lock, { whose: assistant }), 'policyInvalid')
  })

  test('nobody while a change waits for its codes', () => {
    const lock = lockHere()
    const after = listing(first, resident, pinCredential(50))
    const pins = [{ credentialId: idOf(50), pin: '739184' }]
    lock.send(owner, { type: 'changePolicy', policy: policyMessage.encode(after), pins })
    assert.equal(begin(lock), 'busy')
  })

  test('an owner for themselves, once somebody has pressed the button inside', () => {
    const lock = lockHere()
    lock.pressInside()
    assert.equal(begin(lock, { whose: owner }), 'granted')
  })

  test('whoever began may begin anew, others wait, and an owner waits for nobody', () => {
    const lock = lockHere()
    const validity = { notBeforeMs: 0, notAfterMs: 4e12 }
    const users = withUser(first.users, guest.user.id, { validity })
    lock.changePolicy(owner, nextPolicy(first, { users }))
    assert.equal(begin(lock, { who: manager, whose: guest }), 'granted')
    assert.equal(begin(lock, { who: manager, whose: guest, number: 41 }), 'granted')
    assert.deepEqual(kept(lock), [])
    assert.equal(begin(lock, { number: 42 }), 'granted')
    assert.equal(begin(lock, { who: manager, whose: guest, number: 43 }), 'busy')
    const failed = { step: 'failed', reason: 'captureFailed' } as const
    lock.input({ type: 'enrolment', credentialId: idOf(42), ...failed })
    assert.equal(begin(lock, { who: manager, whose: guest, number: 43 }), 'granted')
  })
})
