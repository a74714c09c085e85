import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { BoltPosition, LeafPosition } from '#core/index.ts'
import { driveMsMax } from '#core/bolt/actuation.ts'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const policy = policyOf([owner.user])

const hands: readonly (readonly [
  what: string,
  from: BoltPosition,
  path: readonly BoltPosition[],
  entries: readonly string[],
])[] = [
  ['a thumbturn opens', 'extended', ['between', 'retracted'], ['unlocked']],
  ['a thumbturn locks', 'retracted', ['between', 'extended'], ['locked']],
  ['a fast sensor', 'extended', ['retracted'], ['unlocked']],
  ['a tug and back', 'extended', ['between', 'extended'], ['locked']],
  ['a repeated report', 'extended', ['extended', 'extended'], []],
  ['left half way', 'extended', ['between'], []],
  ['a sensor that speaks again', 'unknown', ['extended'], []],
  ['a sensor that first speaks of a drawn bolt', 'unknown', ['retracted'], ['unlocked']],
  ['a sensor that falls silent', 'extended', ['unknown'], []],
  ['a silence in which nothing moved', 'extended', ['unknown', 'extended'], []],
  [
    'a silence on the way back to where it was',
    'retracted',
    ['between', 'unknown', 'retracted'],
    ['unlocked'],
  ],
  ['a silence in which somebody opened', 'extended', ['unknown', 'retracted'], ['unlocked']],
]

describe('a hand at the bolt', () => {
  for (const [what, bolt, path, entries] of hands) {
    test(what, () => {
      const lock = new TestLock({ bolt })
      for (const position of path) lock.moveBolt(position)
      const moved = lock.entriesOf('boltMoved')
      assert.deepEqual(
        moved.map(({ lockState }) => lockState),
        entries,
      )
      assert.ok(
        moved.every(({ source, userName }) => source === 'manual' && userName === undefined),
      )
      assert.equal(lock.drives().length, 0)
    })
  }

  test('is published at every stage', () => {
    const lock = new TestLock()
    for (const [position, lockState] of [
      ['between', 'notFullyLocked'],
      ['unknown', 'unknown'],
      ['retracted', 'unlocked'],
      ['extended', 'locked'],
    ] as const) {
      const counter = lock.published().counter
      const { effects } = lock.moveBolt(position)
      assert.ok(effects.some(({ type }) => type === 'publishState'))
      assert.equal(lock.published().lockState, lockState)
      assert.ok(lock.published().counter > counter)
    }
  })

  test('frees a jammed bolt', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlock' })
    lock.moveBolt('between')
    lock.giveUp('blocked')
    assert.deepEqual(lock.published().alarms, ['lockJammed'])
    lock.moveBolt('retracted')
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.entriesOf('boltMoved').length, 1)
  })
})

const leaves: readonly (readonly [
  what: string,
  bolt: BoltPosition,
  leaf: LeafPosition,
  to: LeafPosition,
  doorState: string,
  lockState: string,
])[] = [
  ['opens behind a drawn bolt', 'retracted', 'closed', 'open', 'doorOpen', 'unlocked'],
  ['is forced', 'extended', 'closed', 'open', 'doorForcedOpen', 'notFullyLocked'],
  ['opens with the bolt half way', 'between', 'closed', 'open', 'doorOpen', 'notFullyLocked'],
  ['opens behind a blind bolt', 'unknown', 'closed', 'open', 'doorOpen', 'unknown'],
  ['closes', 'retracted', 'open', 'closed', 'doorClosed', 'unlocked'],
  ['is seen again, open', 'extended', 'unknown', 'open', 'doorOpen', 'notFullyLocked'],
  ['is seen no more', 'extended', 'closed', 'unknown', 'unknown', 'unknown'],
  ['was open and is seen no more', 'extended', 'open', 'unknown', 'unknown', 'unknown'],
]

describe('the door', () => {
  for (const [what, bolt, leaf, to, doorState, lockState] of leaves) {
    test(`${what}: ${doorState}, ${lockState}`, () => {
      const lock = new TestLock({ bolt, leaf })
      lock.moveLeaf(to)
      const [entry] = lock.entriesOf('doorMoved')
      assert.deepEqual([entry?.doorState, entry?.lockState], [doorState, lockState])
      assert.equal(lock.published().doorState, doorState)
      assert.equal(lock.published().lockState, lockState)
      const forced = doorState === 'doorForcedOpen'
      assert.deepEqual(lock.published().alarms, forced ? ['doorForcedOpen'] : [])
    })
  }

  test('that reports the same again writes nothing', () => {
    const lock = new TestLock()
    assert.deepEqual(lock.moveLeaf('closed').writes, [])
  })

  test('that was forced ends its alarm when it closes', () => {
    const lock = new TestLock()
    lock.moveLeaf('open')
    lock.moveLeaf('closed')
    assert.deepEqual(lock.published().alarms, [])
    assert.deepEqual(
      lock.store.journal().map(({ type }) => type),
      ['started', 'alarmBegan', 'doorMoved', 'doorMoved', 'alarmEnded'],
    )
  })

  test('that was forced stays so until the contact sees it closed', () => {
    const lock = new TestLock()
    lock.moveLeaf('open')
    lock.moveLeaf('unknown')
    assert.deepEqual(lock.published().alarms, ['doorForcedOpen'])
    lock.moveLeaf('closed')
    assert.deepEqual(lock.published().alarms, [])
  })

  test('that somebody pushes while the bolt is being drawn is not forced', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlock' })
    lock.moveLeaf('open')
    assert.deepEqual(lock.published().alarms, [])
  })

  test('that opens after the bolt was extended is forced', () => {
    const lock = claimedLock(owner, policy, [], { bolt: 'retracted' })
    lock.send(owner, { type: 'lock' })
    lock.settle()
    lock.moveLeaf('open')
    assert.deepEqual(lock.published().alarms, ['doorForcedOpen'])
  })
})

test('a bolt that arrives late is its drive’s doing once, and a hand’s after that', () => {
  const lock = claimedLock(owner, policyOf([owner.user]))
  lock.send(owner, { type: 'unlock' })
  while (lock.state.bolt.drive !== undefined) lock.advance(driveMsMax)
  lock.moveBolt('retracted')
  assert.equal(lock.published().lockState, 'unlocked')
  lock.moveBolt('extended')
  lock.moveBolt('retracted')
  assert.deepEqual(
    lock.entriesOf('boltMoved').map(({ source, userName }) => [source, userName]),
    [
      ['remote', 'owner 1'],
      ['manual', undefined],
      ['manual', undefined],
    ],
  )
})

test('a bolt that is thrown late is its drive’s doing, too', () => {
  const lock = claimedLock(owner, policyOf([owner.user]), [], { bolt: 'retracted' })
  lock.send(owner, { type: 'lock' })
  while (lock.state.bolt.drive !== undefined) lock.advance(driveMsMax)
  lock.moveBolt('extended')
  const [moved] = lock.entriesOf('boltMoved')
  assert.deepEqual([moved?.source, moved?.userName], ['remote', 'owner 1'])
})
