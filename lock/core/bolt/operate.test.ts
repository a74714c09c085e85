import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AlarmCode, Reason, User, Verb } from '@mortise/protocol/words'
import type { BoltPosition, Sensors } from '#core/index.ts'
import type { SignalReason } from '#core/outputs.ts'
import { driveMsMax } from '#core/bolt/actuation.ts'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const resident = person(2, 'resident')
const policy = policyOf([owner.user, resident.user])
const cells = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
const lockAt = (bolt: BoltPosition): TestLock => claimedLock(owner, policy, [], { bolt })

const commands: readonly (readonly [Verb, BoltPosition, 'drive' | 'stay'])[] = [
  ['unlock', 'extended', 'drive'],
  ['unlock', 'between', 'drive'],
  ['unlock', 'unknown', 'drive'],
  ['unlock', 'retracted', 'stay'],
  ['lock', 'retracted', 'drive'],
  ['lock', 'between', 'drive'],
  ['lock', 'unknown', 'drive'],
  ['lock', 'extended', 'stay'],
]

describe('a command to', () => {
  for (const [verb, bolt, expected] of commands) {
    test(`${verb} a bolt that is ${bolt}: ${expected}`, () => {
      const lock = lockAt(bolt)
      const { effects, writes } = lock.send(owner, { type: verb })
      if (expected === 'stay') {
        assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['done', 'alreadyThere'])
        const { type, outcome, reason, lockState } = lock.lastEntry()
        assert.deepEqual(
          [type, outcome, reason, lockState],
          ['operationResult', 'done', 'alreadyThere', verb === 'lock' ? 'locked' : 'unlocked'],
        )
        assert.equal(lock.drives().length, 0)
        return
      }
      const direction = verb === 'lock' ? 'extend' : 'retract'
      const intent = lock.lastEntry()
      assert.deepEqual(
        [intent.type, intent.verb, intent.userName],
        ['operationIntent', verb, 'owner 1'],
      )
      assert.deepEqual(effects[0], { type: 'drive', direction, intent: intent.sequence })
      assert.deepEqual(lock.store.registers.openIntent, { sequence: intent.sequence, verb })
      assert.deepEqual(
        writes.map(({ type }) => type),
        ['entry', 'registers'],
      )
      assert.ok(effects.every(({ type }) => type !== 'reply'))
    })
  }
})

const endings: readonly (readonly [
  what: string,
  end: (lock: TestLock) => void,
  outcome: string,
  reason: Reason,
  drives: number,
  alarm?: AlarmCode,
])[] = [
  ['the sensor confirms', (lock) => lock.settle(), 'done', 'granted', 1],
  [
    'the motor meets resistance',
    (lock) => lock.giveUp('blocked'),
    'failed',
    'jammed',
    2,
    'lockJammed',
  ],
  [
    'the bolt stays half way',
    (lock) => {
      lock.moveBolt('between')
      lock.giveUp('noConfirmation')
    },
    'failed',
    'boltNotConfirmed',
    2,
    'lockJammed',
  ],
  [
    'the motor runs and nothing is seen to move',
    (lock) => lock.giveUp('noConfirmation'),
    'failed',
    'boltNotConfirmed',
    2,
    'boltSensorFault',
  ],
  [
    'the sensor is blind',
    (lock) => {
      lock.moveBolt('unknown')
      lock.giveUp('noConfirmation')
    },
    'failed',
    'boltNotConfirmed',
    1,
    'boltSensorFault',
  ],
  [
    'there is no power',
    (lock) => lock.giveUp('noPower'),
    'failed',
    'powerTooLow',
    1,
    'batteryCritical',
  ],
  [
    'nothing is heard',
    (lock) => lock.advance(driveMsMax),
    'failed',
    'boltNotConfirmed',
    1,
    'lockJammed',
  ],
]

describe('a drive ends when', () => {
  for (const [what, end, outcome, reason, drives, alarm] of endings) {
    test(`${what}: ${outcome}, ${reason}, after ${drives}`, () => {
      const lock = lockAt('extended')
      lock.send(owner, { type: 'unlock' })
      end(lock)
      const receipt = lock.receipt()
      assert.deepEqual([receipt.outcome, receipt.reason], [outcome, reason])
      const results = lock.entriesOf('operationResult')
      assert.equal(receipt.sequence, results.at(-1)?.sequence)
      assert.ok(results.every((one) => one.outcome === outcome && one.reason === reason))
      const intents = lock.entriesOf('operationIntent').map(({ sequence }) => sequence)
      assert.deepEqual(
        results.map(({ intent }) => intent),
        intents,
      )
      assert.equal(results.at(-1)?.lockState, lock.published().lockState)
      assert.equal(lock.store.registers.openIntent, undefined)
      assert.equal(lock.published().moving, false)
      assert.equal(lock.timerAt('drive'), undefined)
      assert.deepEqual(lock.published().alarms, alarm === undefined ? [] : [alarm])
      assert.deepEqual(
        lock.drives().map(({ intent }) => intent),
        intents,
      )
      assert.equal(intents.length, drives)
    })
  }

  test('a second try, told as one, says which intent it repeats', () => {
    const lock = lockAt('extended')
    lock.send(owner, { type: 'unlock' })
    const first = lock.lastEntry().sequence
    const replies = () => lock.effects.filter(({ type }) => type === 'reply').length
    const before = replies()
    lock.input({ type: 'driveStalled', reason: 'blocked' })
    assert.equal(replies(), before)
    assert.deepEqual([lock.lastEntry().type, lock.lastEntry().intent], ['operationIntent', first])
    assert.deepEqual(lock.published().alarms, [])
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    assert.deepEqual(lock.entriesOf('alarmBegan'), [])
  })

  const obstacles: readonly (readonly [string, 'lock' | 'unlock', (lock: TestLock) => void])[] = [
    ['a door that has been opened', 'lock', (lock) => lock.moveLeaf('open')],
    [
      'a battery that is too weak by now',
      'unlock',
      (lock) => lock.input({ type: 'power', loadMillivolts: 3400, battery: cells }),
    ],
    ['a sensor that has fallen silent', 'unlock', (lock) => lock.moveBolt('unknown')],
  ]
  for (const [what, verb, obstacle] of obstacles) {
    test(`there is no second try against ${what}`, () => {
      const lock = lockAt(verb === 'lock' ? 'retracted' : 'extended')
      lock.send(owner, { type: verb })
      obstacle(lock)
      lock.input({ type: 'driveStalled', reason: 'blocked' })
      assert.equal(lock.drives().length, 1)
      assert.equal(lock.receipt().reason, 'jammed')
    })
  }

  test('not before: positions on the way end nothing', () => {
    const lock = lockAt('extended')
    lock.send(owner, { type: 'unlock' })
    for (const position of ['extended', 'between', 'unknown', 'between'] as const) {
      lock.moveBolt(position)
    }
    assert.equal(lock.published().moving, true)
    assert.equal(lock.entriesOf('operationResult').length, 0)
    assert.equal(lock.entriesOf('boltMoved').length, 0)
    lock.settle()
    assert.equal(lock.published().moving, false)
  })

  test('not by a timer that comes early', () => {
    const lock = lockAt('extended')
    lock.send(owner, { type: 'unlock' })
    const { effects } = lock.input({ type: 'timer', name: 'drive' })
    assert.deepEqual(effects, [{ type: 'setTimer', name: 'drive', atMonotonicMs: driveMsMax }])
    assert.equal(lock.published().moving, true)
  })

  test('a stall without a drive means nothing', () => {
    const lock = lockAt('extended')
    const { writes } = lock.input({ type: 'driveStalled', reason: 'blocked' })
    assert.deepEqual(writes, [])
  })
})

describe('one drive at a time', () => {
  for (const verb of ['lock', 'unlock'] as const) {
    test(`${verb} while the bolt is drawn is refused as busy`, () => {
      const lock = lockAt('extended')
      lock.send(owner, { type: 'unlock' })
      lock.send(resident, { type: verb })
      assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['refused', 'busy'])
      assert.equal(lock.lastEntry().userName, 'resident 2')
      assert.equal(lock.drives().length, 1)
      lock.settle()
      assert.equal(lock.receipt().reason, 'granted')
    })
  }
})

describe('the door itself', () => {
  test('cannot be locked while it stands open, but a thrown bolt is thrown', () => {
    const lock = claimedLock(owner, policy, [], { bolt: 'between', leaf: 'open' })
    lock.send(owner, { type: 'lock' })
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['refused', 'doorOpen'])
    lock.moveBolt('extended')
    lock.send(owner, { type: 'lock' })
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['done', 'alreadyThere'])
  })

  test('can be unlocked while it stands open', () => {
    const lock = claimedLock(owner, policy, [], { bolt: 'between', leaf: 'open' })
    lock.send(owner, { type: 'unlock' })
    assert.equal(lock.drives().length, 1)
  })

  test('needs no power to stay as it is', () => {
    const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
    const weak = { bolt: 'retracted', loadMillivolts: 3400, battery } as const
    const lock = claimedLock(owner, policy, [], weak)
    lock.send(owner, { type: 'unlock' })
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['done', 'alreadyThere'])
  })

  test('counts no visit when somebody locks it', () => {
    const once = person(3, 'guest', { userType: 'disposableUser' })
    const lock = claimedLock(owner, policyOf([owner.user, once.user]), [], { bolt: 'retracted' })
    lock.send(once, { type: 'lock' })
    lock.settle()
    lock.send(once, { type: 'unlock' })
    assert.equal(lock.drives().at(-1)?.direction, 'retract')
  })
})

describe('what is told', () => {
  const finger = { type: 'fingerprint', id: idOf(30), createdAtMs: 1, name: 'thumb' } as const
  const anna = { ...owner.user, credentials: [...owner.user.credentials, finger, pinCredential(5)] }
  const locker = person(4, 'guest', { verbs: ['lock'], credentials: [pinCredential(6)] }).user
  const pins = [
    { credentialId: idOf(5), pin: '739184' },
    { credentialId: idOf(6), pin: '581903' },
  ]
  const door = (sensors: Partial<Sensors> = {}, fields: Partial<User> = {}): TestLock =>
    claimedLock(owner, policyOf([{ ...anna, ...fields }, locker]), pins, sensors)
  const signals = (lock: TestLock) => lock.effects.filter(({ type }) => type === 'signal').length

  test('to a phone is a receipt, and nothing at the keypad or to Matter', () => {
    const lock = door()
    const before = signals(lock)
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    assert.equal(signals(lock), before)
    assert.ok(lock.effects.every(({ type }) => type !== 'matterResult'))
  })

  test('to a finger is a signal', () => {
    const lock = door()
    lock.input({ type: 'biometric', credentialType: 'fingerprint', credentialId: finger.id })
    lock.settle()
    assert.deepEqual(lock.lastSignal(), { type: 'granted', verb: 'unlock' })
  })

  const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
  const rows: readonly (readonly [string, Partial<Sensors>, string, SignalReason])[] = [
    ['the door is open', { bolt: 'between', leaf: 'open' }, '581903', 'doorOpen'],
    ['the battery is too weak', { loadMillivolts: 3400, battery }, '739184', 'powerTooLow'],
  ]
  for (const [what, sensors, pin, reason] of rows) {
    test(`at the keypad, when ${what}, is why`, () => {
      const lock = door(sensors)
      lock.enterCode(pin)
      assert.deepEqual(lock.lastSignal(), { type: 'refused', reason })
    })
  }

  test('of somebody who was forced is an alarm in the journal, with their name', () => {
    const lock = door(
      {},
      { credentials: [...owner.user.credentials, { ...pinCredential(5), duress: true }] },
    )
    lock.enterCode('739184')
    const [alarm] = lock.entriesOf('alarmBegan')
    assert.deepEqual([alarm?.alarmCode, alarm?.userName], ['forcedUser', 'owner 1'])
  })
})

test('a drive that begins takes over what an earlier one has left behind', () => {
  const lock = lockAt('extended')
  lock.send(owner, { type: 'unlock' })
  while (lock.state.bolt.drive !== undefined) lock.advance(driveMsMax)
  lock.send(resident, { type: 'unlock' })
  while (lock.state.bolt.drive !== undefined) {
    lock.input({ type: 'driveStalled', reason: 'blocked' })
  }
  lock.moveBolt('retracted')
  const [moved] = lock.entriesOf('boltMoved')
  assert.deepEqual([moved?.source, moved?.userName], ['manual', undefined])
})

test('a motor without power says nothing about a bolt that was stuck before', () => {
  const lock = lockAt('extended')
  lock.send(owner, { type: 'unlock' })
  lock.giveUp('blocked')
  lock.send(owner, { type: 'unlock' })
  lock.giveUp('noPower')
  assert.deepEqual(lock.published().alarms.toSorted(), ['batteryCritical', 'lockJammed'])
})

test('a jam clears by a later success', () => {
  const lock = lockAt('extended')
  lock.send(owner, { type: 'unlock' })
  lock.giveUp('blocked')
  lock.send(owner, { type: 'unlock' })
  assert.deepEqual(lock.published().alarms, ['lockJammed'])
  lock.settle()
  assert.deepEqual(lock.published().alarms, [])
  assert.equal(lock.entriesOf('alarmEnded').length, 1)
})
