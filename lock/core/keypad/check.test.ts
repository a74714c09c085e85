import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason, User } from '@mortise/protocol/words'
import { pinHashMsMax } from '#core/keypad/check.ts'
import type { SignalReason } from '#core/outputs.ts'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, tagOf } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const rightPin = '739184'
const ownerPin = '581903'

/** A lock with the code of a guest and one of the owner. */
function lockWith(fields: Partial<User> = {}, sensors: { bolt?: 'retracted' } = {}): TestLock {
  const guest = person(2, 'guest', { credentials: [pinCredential(20)], ...fields }).user
  const users = [
    { ...owner.user, credentials: [...owner.user.credentials, pinCredential(10)] },
    guest,
  ]
  const pins = [
    { credentialId: idOf(20), pin: rightPin },
    { credentialId: idOf(10), pin: ownerPin },
  ]
  return claimedLock(owner, policyOf(users), pins, sensors)
}

describe('an entry', () => {
  test('is counted as wrong, durably, before its hash is asked for', () => {
    const lock = lockWith()
    lock.press(rightPin)
    const { writes, effects } = lock.input({ type: 'key', key: '#' })
    assert.ok(effects.some(({ type }) => type === 'hashPin'))
    const [write] = writes
    assert.ok(write?.type === 'registers' && write.registers.tries.keypad?.wrongCodes === 1)
  })

  test('that is right draws the bolt', () => {
    const lock = lockWith()
    const { effects } = lock.enterCode(rightPin)
    assert.ok(effects.some(({ type }) => type === 'drive'))
    assert.equal(lock.triesAt('keypad')[0], 0)
    lock.settle()
    const { userName, source, credentialType } = lock.lastEntry()
    assert.deepEqual([userName, source, credentialType], ['guest 2', 'keypad', 'pin'])
    assert.deepEqual(lock.lastSignal(), { type: 'granted', verb: 'unlock' })
  })

  for (const [whose, pin, left] of [
    ['a guest takes back only itself', rightPin, 2],
    ['a household member clears the counters', ownerPin, 0],
  ] as const) {
    test(`that is the right code of ${whose}`, () => {
      const lock = lockWith()
      lock.enterCode('000000')
      lock.enterCode('000001')
      lock.enterCode(pin)
      assert.equal(lock.drives().length, 1)
      assert.equal(lock.triesAt('keypad')[0], left)
    })
  }

  test('that is right at an open bolt is granted without a drive', () => {
    const lock = lockWith({}, { bolt: 'retracted' })
    lock.enterCode(rightPin)
    assert.deepEqual(lock.lastSignal(), { type: 'granted', verb: 'unlock' })
    assert.equal(lock.lastEntry().reason, 'alreadyThere')
    assert.equal(lock.drives().length, 0)
  })

  test('that is right while the bolt moves is told to wait, and counts for nobody', () => {
    const lock = lockWith()
    lock.send(owner, { type: 'unlock' })
    lock.enterCode(rightPin)
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'notNow' })
    assert.equal(lock.lastEntry().reason, 'busy')
    assert.equal(lock.triesAt('keypad')[0], 0)
  })

  test('that is right but the bolt jams says so', () => {
    const lock = lockWith()
    lock.enterCode(rightPin)
    lock.giveUp('blocked')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'doorTrouble' })
  })

  test('that is wrong is written down without digits and without a name', () => {
    const lock = lockWith()
    lock.enterCode('000000')
    const { type, attempt, reason, source, userName } = lock.lastEntry()
    assert.deepEqual(
      [type, attempt, reason, source, userName],
      ['refused', 'code', 'unknownCode', 'keypad', undefined],
    )
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'wrongCode' })
    assert.equal(lock.triesAt('keypad')[0], 1)
    assert.equal(lock.drives().length, 0)
  })
})

const refusals: readonly (readonly [
  what: string,
  fields: Partial<User>,
  reason: Reason,
  told: SignalReason,
])[] = [
  [
    'too early',
    { validity: { notBeforeMs: startWallMs + 1, notAfterMs: startWallMs + 2 } },
    'notYetValid',
    'notYet',
  ],
  ['too late', { validity: { notBeforeMs: 1, notAfterMs: startWallMs } }, 'noLongerValid', 'ended'],
  ['disabled', { userStatus: 'occupiedDisabled' }, 'userDisabled', 'suspended'],
  ['for nothing', { verbs: [] }, 'verbNotAllowed', 'notNow'],
  [
    'out of hours',
    {
      userType: 'weekDayScheduleUser',
      weekDaySchedules: [{ daysMask: 127, startMinute: 0, endMinute: 0 }],
    },
    'outsideSchedule',
    'notNow',
  ],
]

describe('a right code that may not', () => {
  for (const [what, fields, reason, told] of refusals) {
    test(`${what} is refused with its name, counts nothing and resets nothing`, () => {
      const lock = lockWith(fields)
      lock.enterCode('000000')
      lock.enterCode('000001')
      lock.enterCode(rightPin)
      const { userName, reason: why, attempt, verb } = lock.lastEntry()
      assert.deepEqual([userName, why, attempt, verb], ['guest 2', reason, 'code', 'unlock'])
      assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: told })
      assert.equal(lock.triesAt('keypad')[0], 2)
      assert.equal(lock.drives().length, 0)
    })
  }

  test('does not let its owner guess at others: the lockout comes all the same', () => {
    const lock = lockWith({ validity: { notBeforeMs: 1, notAfterMs: 2 } })
    for (let guess = 0; guess < 5; guess += 1) {
      lock.enterCode(rightPin)
      lock.enterCode(`00000${guess}`)
    }
    assert.equal(lock.lastSignal()?.type, 'lockedOut')
  })

  test('at the limit does not lock out by itself', () => {
    const lock = lockWith({ validity: { notBeforeMs: 1, notAfterMs: 2 } })
    for (let guess = 0; guess < 4; guess += 1) lock.enterCode(`00000${guess}`)
    lock.enterCode(rightPin)
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'ended' })
    lock.enterCode(ownerPin)
    assert.equal(lock.drives().length, 1)
  })
})

describe('a hash', () => {
  test('of another job is not listened to', () => {
    const lock = lockWith()
    lock.press(`${rightPin}#`)
    const job = (lock.state.keypad.checking?.job ?? 0) + 1
    assert.deepEqual(lock.input({ type: 'pinHashed', job, tag: tagOf(rightPin) }).writes, [])
    assert.equal(lock.drives().length, 0)
    lock.finishHash()
    assert.equal(lock.drives().length, 1)
  })

  test('that comes twice opens once', () => {
    const lock = lockWith()
    lock.enterCode(rightPin)
    lock.settle()
    lock.moveBolt('extended')
    lock.finishHash()
    assert.equal(lock.drives().length, 1)
  })

  test('is not given up by a timer that comes early', () => {
    const lock = lockWith()
    lock.press(`${rightPin}#`)
    lock.advance(pinHashMsMax - 1)
    lock.input({ type: 'timer', name: 'keypadIdle' })
    lock.finishHash()
    assert.equal(lock.drives().length, 1)
  })

  const endings: Readonly<Record<string, (lock: TestLock, job: number) => void>> = {
    'fails gives the keypad free at once': (lock, job) => {
      assert.deepEqual(lock.input({ type: 'hashFailed', job: job + 1 }).writes, [])
      lock.input({ type: 'hashFailed', job })
    },
    'never comes gives the keypad free': (lock) => lock.advance(pinHashMsMax),
  }
  for (const [what, end] of Object.entries(endings)) {
    test(`that ${what} and stays counted`, () => {
      const lock = lockWith()
      lock.press(`${rightPin}#`)
      end(lock, lock.state.keypad.checking?.job ?? 0)
      assert.deepEqual(lock.lastSignal(), { type: 'ready' })
      assert.equal(lock.triesAt('keypad')[0], 1)
      const { type, attempt, reason } = lock.lastEntry()
      assert.deepEqual([type, attempt, reason], ['refused', 'code', 'interrupted'])
      lock.finishHash()
      assert.equal(lock.drives().length, 0)
      lock.enterCode(rightPin)
      assert.equal(lock.drives().length, 1)
    })
  }

  test('that fails again and again locks the keypad out like any guess', () => {
    const lock = lockWith()
    for (let guess = 0; guess < 5; guess += 1) {
      lock.press(`00000${guess}#`)
      lock.input({ type: 'hashFailed', job: lock.state.keypad.checking?.job ?? 0 })
    }
    assert.equal(lock.lastSignal()?.type, 'lockedOut')
  })
})
