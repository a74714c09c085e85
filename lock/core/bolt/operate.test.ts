import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason, Verb } from '@mortise/protocol/words'
import type { BoltPosition } from '#core/index.ts'
import { driveMsMax } from '#core/bolt/operate.ts'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const resident = person(2, 'resident')
const policy = policyOf([owner.user, resident.user])
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
        assert.equal(lock.lastEntry().type, 'operationResult')
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
])[] = [
  ['the sensor confirms', (lock) => lock.settle(), 'done', 'granted'],
  [
    'the motor meets resistance',
    (lock) => lock.input({ type: 'driveStalled', reason: 'blocked' }),
    'failed',
    'jammed',
  ],
  [
    'the sensor never agrees',
    (lock) => lock.input({ type: 'driveStalled', reason: 'noConfirmation' }),
    'failed',
    'boltNotConfirmed',
  ],
  [
    'there is no power',
    (lock) => lock.input({ type: 'driveStalled', reason: 'noPower' }),
    'failed',
    'powerTooLow',
  ],
  ['nothing is heard', (lock) => lock.advance(driveMsMax), 'failed', 'boltNotConfirmed'],
]

describe('a drive ends when', () => {
  for (const [what, end, outcome, reason] of endings) {
    test(`${what}: ${outcome}, ${reason}`, () => {
      const lock = lockAt('extended')
      lock.send(owner, { type: 'unlock' })
      const intent = lock.lastEntry().sequence
      end(lock)
      const receipt = lock.receipt()
      assert.deepEqual([receipt.outcome, receipt.reason], [outcome, reason])
      const [result] = lock.entriesOf('operationResult')
      assert.equal(receipt.sequence, result?.sequence)
      assert.deepEqual([result?.intent, result?.outcome, result?.reason], [intent, outcome, reason])
      assert.equal(lock.store.registers.openIntent, undefined)
      assert.equal(lock.published().moving, false)
      assert.equal(lock.timerAt('drive'), undefined)
      assert.deepEqual(lock.published().alarms, outcome === 'failed' ? ['lockJammed'] : [])
      assert.equal(lock.drives().length, 1)
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
    assert.equal(effects[0]?.type, 'setTimer')
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

test('a jam clears by a later success', () => {
  const lock = lockAt('extended')
  lock.send(owner, { type: 'unlock' })
  lock.input({ type: 'driveStalled', reason: 'blocked' })
  lock.send(owner, { type: 'unlock' })
  assert.deepEqual(lock.published().alarms, ['lockJammed'])
  lock.settle()
  assert.deepEqual(lock.published().alarms, [])
  assert.equal(lock.entriesOf('alarmEnded').length, 1)
})
