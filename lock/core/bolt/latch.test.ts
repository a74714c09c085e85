import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nextPolicy, person, policyOf } from '@mortise/access/testing'
import type { Sensors } from '#core/inputs.ts'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner', { verbs: ['lock', 'unlock', 'unlatch'] })
const resident = person(2, 'resident')
const policy = policyOf([owner.user, resident.user], {
  settings: {
    autoRelockTime: 30,
    wrongCodeEntryLimit: 5,
    userCodeTemporaryDisableTime: 30,
    unlatchSeconds: 7,
  },
})
const fitted = (sensors: Partial<Sensors> = {}): TestLock =>
  claimedLock(owner, policy, [], { latchPulled: false, ...sensors })

const pulls = (lock: TestLock) => lock.effects.filter((effect) => effect.type === 'pullLatch')

describe('unlatching', () => {
  test('draws the bolt first, and pulls the latch when it is drawn', () => {
    const lock = fitted()
    lock.send(owner, { type: 'unlatch' })
    assert.equal(lock.drives().at(-1)?.direction, 'retract')
    assert.equal(pulls(lock).length, 0)
    lock.settle()
    const [pull] = pulls(lock)
    assert.ok(pull?.type === 'pullLatch')
    assert.equal(pull.holdMs, 7000)
    const entry = lock.store.journal().find(({ sequence }) => sequence === pull.entry)
    assert.deepEqual(
      [entry?.type, entry?.verb, entry?.outcome],
      ['operationResult', 'unlatch', 'done'],
    )
    assert.equal(lock.receipt().outcome, 'done')
  })

  test('pulls at once where the bolt is drawn already', () => {
    const lock = fitted({ bolt: 'retracted' })
    lock.send(owner, { type: 'unlatch' })
    assert.equal(lock.drives().length, 0)
    assert.equal(pulls(lock).length, 1)
  })

  test('shows in the state for as long as the latch is held, and then the door locks itself', () => {
    const lock = fitted()
    lock.send(owner, { type: 'unlatch' })
    lock.settle()
    lock.input({ type: 'latchMoved', pulled: true })
    assert.equal(lock.published().lockState, 'unlatched')
    lock.advance(60_000)
    assert.equal(lock.drives().length, 1, 'nothing locks a door that is being pushed')
    lock.input({ type: 'latchMoved', pulled: false })
    assert.equal(lock.published().lockState, 'unlocked')
    lock.advance(29_999)
    assert.equal(lock.drives().length, 1)
    lock.advance(1)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('is a right of its own', () => {
    const lock = fitted()
    lock.send(resident, { type: 'unlatch' })
    assert.equal(lock.receipt().reason, 'verbNotAllowed')
    assert.equal(lock.drives().length, 0)
  })

  test('is refused by a lock that has no latch to pull', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlatch' })
    assert.equal(lock.receipt().reason, 'notFitted')
    assert.equal(lock.drives().length, 0)
  })

  test('pulls nothing when the bolt does not come', () => {
    const lock = fitted()
    lock.send(owner, { type: 'unlatch' })
    lock.giveUp('blocked')
    assert.equal(pulls(lock).length, 0)
    assert.equal(lock.receipt().outcome, 'failed')
  })

  test('pulls nothing after a restart, whatever was under way', () => {
    const lock = fitted()
    lock.send(owner, { type: 'unlatch' })
    lock.sensors = { ...lock.sensors, bolt: 'retracted' }
    lock.boot()
    assert.equal(pulls(lock).length, 0)
    assert.equal(lock.entriesOf('operationResult').at(-1)?.reason, 'interrupted')
  })
})

describe('what the door has against locking', () => {
  test('a door that stands open', () => {
    const lock = fitted({ bolt: 'retracted', leaf: 'open' })
    lock.send(owner, { type: 'lock' })
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['refused', 'doorOpen'])
    assert.equal(lock.drives().length, 0)
  })

  test('nothing where no contact sees the door', () => {
    const lock = fitted({ bolt: 'retracted', leaf: 'unknown' })
    lock.send(owner, { type: 'lock' })
    assert.equal(lock.drives().length, 1)
  })
})

describe('a bolt that arrives after it was given up', () => {
  function givenUp(): TestLock {
    const lock = fitted()
    lock.send(owner, { type: 'unlock' })
    lock.advance(10_000)
    assert.equal(lock.lastEntry().alarmCode, 'lockJammed')
    return lock
  }

  test('is its intent’s doing, and no hand’s', () => {
    const lock = givenUp()
    lock.advance(5000)
    lock.moveBolt('retracted')
    const moved = lock.entriesOf('boltMoved').at(-1)
    assert.deepEqual([moved?.source, moved?.userName], ['remote', 'owner 1'])
    assert.equal(moved?.intent, lock.entriesOf('operationIntent').at(-1)?.sequence)
    assert.deepEqual(lock.published().alarms, [])
  })

  test('is a hand’s when it goes the other way, or much later', () => {
    const back = givenUp()
    back.moveBolt('between')
    back.moveBolt('extended')
    assert.equal(back.entriesOf('boltMoved').at(-1)?.source, 'manual')
    const later = givenUp()
    later.advance(30_000)
    later.moveBolt('retracted')
    assert.equal(later.entriesOf('boltMoved').at(-1)?.source, 'manual')
  })
})

describe('alarms across a restart', () => {
  test('a jam stands until the bolt has shown that it moves', () => {
    const lock = fitted()
    lock.send(owner, { type: 'unlock' })
    lock.giveUp('blocked')
    lock.boot()
    assert.deepEqual(lock.published().alarms, ['lockJammed'])
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    assert.deepEqual(lock.published().alarms, [])
    lock.boot()
    assert.deepEqual(lock.published().alarms, [])
  })

  test('a forced door stays forced until it is seen closed', () => {
    const lock = fitted()
    lock.moveLeaf('open')
    lock.boot()
    assert.deepEqual(lock.published().alarms, ['doorForcedOpen'])
    assert.equal(lock.published().doorState, 'doorForcedOpen')
    lock.sensors = { ...lock.sensors, leaf: 'closed' }
    lock.boot()
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.lastEntry().type, 'alarmEnded')
  })
})

describe('a door left open', () => {
  const watching = { ...policy.settings, doorAjarSeconds: 120 }
  const watched = (): TestLock =>
    claimedLock(owner, { ...policy, settings: watching }, [], { bolt: 'retracted' })

  test('is told after its time, once, and ends when it is closed', () => {
    const lock = watched()
    lock.moveLeaf('open')
    lock.advance(119_999)
    assert.deepEqual(lock.published().alarms, [])
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, ['doorAjar'])
    assert.equal(lock.published().doorState, 'doorAjar')
    lock.advance(1_000_000)
    assert.equal(lock.entriesOf('alarmBegan').length, 1)
    lock.moveLeaf('closed')
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.published().doorState, 'doorClosed')
  })

  test('that closes in time is none', () => {
    const lock = watched()
    lock.moveLeaf('open')
    lock.advance(119_000)
    lock.moveLeaf('closed')
    lock.moveLeaf('open')
    lock.advance(119_000)
    assert.deepEqual(lock.published().alarms, [])
  })

  test('goes on being told when the contact falls silent', () => {
    const lock = watched()
    lock.moveLeaf('open')
    lock.advance(120_000)
    lock.moveLeaf('unknown')
    assert.deepEqual(lock.published().alarms, ['doorAjar'])
    lock.moveLeaf('closed')
    assert.deepEqual(lock.published().alarms, [])
  })

  test('is none whose contact was closed when it fell silent', () => {
    const lock = watched()
    lock.moveLeaf('unknown')
    lock.advance(1_000_000)
    assert.deepEqual(lock.published().alarms, [])
  })

  test('is watched after a restart as well', () => {
    const lock = watched()
    lock.moveLeaf('open')
    lock.boot()
    lock.advance(120_000)
    assert.deepEqual(lock.published().alarms, ['doorAjar'])
  })

  test('is nobody’s business at zero', () => {
    const lock = fitted({ bolt: 'retracted' })
    lock.moveLeaf('open')
    lock.advance(100_000_000)
    assert.deepEqual(lock.entriesOf('alarmBegan'), [])
  })

  test('is over when the owners no longer want to know', () => {
    const lock = watched()
    lock.moveLeaf('open')
    lock.advance(120_000)
    lock.changePolicy(
      owner,
      nextPolicy({ ...policy, settings: watching }, { settings: policy.settings }),
    )
    assert.deepEqual(lock.published().alarms, [])
  })
})

describe('what the latch tells', () => {
  const opened = (lock: TestLock): TestLock => {
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    return lock
  }

  test('means nothing where none is fitted', () => {
    const lock = opened(claimedLock(owner, policy))
    lock.input({ type: 'latchMoved', pulled: true })
    assert.equal(lock.state.latchPulled, undefined)
    assert.equal(lock.published().lockState, 'unlocked')
  })

  test('is no news when it is as it was', () => {
    const lock = opened(fitted())
    lock.advance(20_000)
    const before = lock.drives().length
    lock.input({ type: 'latchMoved', pulled: false })
    lock.advance(10_000)
    assert.equal(lock.drives().length, before + 1)
  })

  test('lets a door that could not lock itself try again', () => {
    const lock = opened(fitted())
    lock.advance(30_000)
    while (lock.state.bolt.drive !== undefined) {
      lock.input({ type: 'driveStalled', reason: 'blocked' })
    }
    const before = lock.drives().length
    lock.input({ type: 'latchMoved', pulled: true })
    lock.input({ type: 'latchMoved', pulled: false })
    lock.advance(30_000)
    assert.equal(lock.drives().length, before + 1)
  })
})
