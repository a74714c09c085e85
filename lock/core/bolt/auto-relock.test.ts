import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nextPolicy, person, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const settings = { autoRelockTime: 30, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 }
const policy = policyOf([owner.user], { settings })

function opened(leaf: 'open' | 'closed' | 'unknown' = 'closed', from = policy): TestLock {
  const lock = claimedLock(owner, from, [], { leaf })
  lock.send(owner, { type: 'unlock' })
  lock.settle()
  return lock
}

function drivesAfter(lock: TestLock, ms: number): number {
  const before = lock.drives().length
  lock.advance(ms)
  return lock.drives().length - before
}

describe('auto-relock', () => {
  test('locks after its time, as nobody’s doing', () => {
    const lock = opened()
    assert.equal(lock.published().autoRelockAtMs, startWallMs + 30_000)
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
    const { type, source, userName } = lock.lastEntry()
    assert.deepEqual([type, source, userName], ['operationIntent', 'auto', undefined])
    lock.settle()
    assert.equal(lock.published().lockState, 'locked')
    assert.equal(drivesAfter(lock, 100_000), 0)
  })

  test('never starts while the door is open, and counts in full when it closes', () => {
    const lock = opened()
    lock.advance(20_000)
    lock.moveLeaf('open')
    assert.equal(lock.timerAt('autoRelock'), undefined)
    assert.equal(drivesAfter(lock, 1_000_000), 0)
    lock.moveLeaf('closed')
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('counts from the unlocking where no contact sees the door', () => {
    const lock = opened('unknown')
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('waits for a contact that fell silent, because the door may stand open', () => {
    const lock = opened()
    lock.moveLeaf('open')
    lock.moveLeaf('unknown')
    assert.equal(drivesAfter(lock, 1_000_000), 0)
    lock.moveLeaf('closed')
    assert.equal(drivesAfter(lock, 30_000), 1)
  })

  test('is off at zero', () => {
    const lock = opened('closed', policyOf([owner.user]))
    assert.equal(lock.published().autoRelockAtMs, undefined)
    assert.equal(drivesAfter(lock, 1_000_000), 0)
  })

  test('counts anew when somebody unlocks again', () => {
    const lock = opened()
    lock.advance(20_000)
    lock.send(owner, { type: 'unlock' })
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('is not put off by a sensor that says the same again', () => {
    const lock = opened()
    lock.advance(20_000)
    lock.moveBolt('retracted')
    assert.equal(drivesAfter(lock, 10_000), 1)
  })

  test('counts for a thumbturn as well, from the end of its turn', () => {
    const lock = claimedLock(owner, policy)
    lock.moveBolt('between')
    lock.advance(10_000)
    lock.moveBolt('retracted')
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('waits for a contact that was seen once, although it was silent at the start', () => {
    const lock = opened('unknown')
    lock.moveLeaf('open')
    lock.moveLeaf('unknown')
    assert.equal(drivesAfter(lock, 1_000_000), 0)
  })

  test('never counts on a lock without owner, or while the bolt is being thrown', () => {
    const bare = new TestLock({ bolt: 'retracted' })
    bare.moveLeaf('open')
    bare.moveLeaf('closed')
    assert.equal(bare.timerAt('autoRelock'), undefined)
    assert.equal(bare.timerAt('passage'), undefined)
    const lock = opened()
    lock.send(owner, { type: 'lock' })
    assert.equal(lock.timerAt('autoRelock'), undefined)
  })

  test('a timer that nobody waits for locks nothing', () => {
    const lock = opened('closed', policyOf([owner.user]))
    lock.input({ type: 'timer', name: 'autoRelock' })
    assert.equal(lock.drives().length, 1)
  })

  test('waits while passage mode holds the door open', () => {
    const lock = opened()
    lock.advance(10_000)
    lock.send(owner, { type: 'setOperatingMode', operatingMode: 'passage' })
    assert.equal(lock.timerAt('autoRelock'), undefined)
    assert.equal(drivesAfter(lock, 1_000_000), 0)
    const early = lock.input({ type: 'timer', name: 'passage' }).effects
    assert.deepEqual(early, [
      { type: 'setTimer', name: 'passage', atMonotonicMs: lock.monotonicMs + 60_000 },
    ])
  })

  test('forgets a time that somebody asked for once the door is locked', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlock', timeoutSeconds: 60 })
    lock.settle()
    lock.advance(60_000)
    lock.settle()
    lock.moveBolt('retracted')
    assert.equal(drivesAfter(lock, 30_000), 1)
  })

  test('gives up when the battery is too weak, and says so once', () => {
    const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
    const lock = claimedLock(owner, policy, [], {
      bolt: 'retracted',
      loadMillivolts: 3200,
      battery,
    })
    lock.advance(30_000)
    assert.equal(lock.timerAt('autoRelock'), undefined)
    lock.advance(1_000_000)
    assert.equal(lock.drives().length, 0)
    assert.deepEqual(
      lock.entriesOf('refused').map(({ reason }) => reason),
      ['powerTooLow'],
    )
  })

  test('does not touch a bolt that is half way or unseen', () => {
    for (const position of ['between', 'unknown'] as const) {
      const lock = opened()
      lock.moveBolt(position)
      assert.equal(drivesAfter(lock, 1_000_000), 0)
    }
  })

  test('stops when somebody locks', () => {
    const lock = opened()
    lock.moveBolt('extended')
    assert.equal(lock.timerAt('autoRelock'), undefined)
    assert.equal(drivesAfter(lock, 1_000_000), 0)
  })

  test('a timer that comes early locks nothing and is set again', () => {
    const lock = opened()
    lock.advance(1000)
    const { effects } = lock.input({ type: 'timer', name: 'autoRelock' })
    assert.deepEqual(effects, [{ type: 'setTimer', name: 'autoRelock', atMonotonicMs: 30_000 }])
  })

  test('a late timer finds the door open and locks nothing', () => {
    const lock = opened()
    lock.monotonicMs += 40_000
    lock.moveLeaf('open')
    lock.input({ type: 'timer', name: 'autoRelock' })
    assert.equal(lock.drives().length, 1)
  })

  test('counts in full after a restart', () => {
    const lock = opened()
    lock.advance(29_000)
    lock.boot()
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('counts in full when the setting changes', () => {
    const lock = opened()
    lock.advance(29_000)
    const next = nextPolicy(policy, { settings: { ...settings, autoRelockTime: 10 } })
    lock.changePolicy(owner, next)
    assert.equal(drivesAfter(lock, 9_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('another change does not disturb it', () => {
    const lock = opened()
    lock.advance(29_000)
    lock.changePolicy(owner, nextPolicy(policy, { doorName: 'x' }))
    assert.equal(drivesAfter(lock, 1_000), 1)
  })
})

describe('auto-relock without the power for it', () => {
  const battery = { chemistry: 'alkaline', cells: 4, motorMillivoltsMin: 3300 } as const
  const power = (loadMillivolts: number) =>
    ({ type: 'power', batteryPercent: 60, loadMillivolts, battery }) as const

  function weak(): TestLock {
    const lock = opened()
    lock.input(power(3200))
    lock.advance(30_000)
    return lock
  }

  test('is written down once, and not every minute', () => {
    const lock = weak()
    assert.equal(lock.lastEntry().reason, 'powerTooLow')
    assert.equal(drivesAfter(lock, 1_000_000), 0)
    assert.equal(lock.entriesOf('refused').length, 1)
  })

  test('promises nobody a time at which it would lock', () => {
    assert.equal(weak().published().autoRelockAtMs, undefined)
  })

  test('keeps the time that somebody has asked for until there is power', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlock', timeoutSeconds: 60 })
    lock.settle()
    lock.input(power(3200))
    assert.equal(drivesAfter(lock, 60_000), 0)
    lock.input(power(4800))
    assert.equal(drivesAfter(lock, 59_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('tries again once there is power', () => {
    const lock = weak()
    lock.input(power(4800))
    assert.equal(drivesAfter(lock, 29_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })
})

describe('auto-relock that fails', () => {
  function failed(): TestLock {
    const lock = opened()
    lock.advance(30_000)
    lock.giveUp('blocked')
    return lock
  }

  test('raises the alarm and does not try for ever', () => {
    const lock = failed()
    assert.deepEqual(lock.published().alarms, ['lockJammed'])
    assert.equal(drivesAfter(lock, 1_000_000), 0)
  })

  const touches: readonly (readonly [string, (lock: TestLock) => void])[] = [
    ['the door opened and closed', (lock) => (lock.moveLeaf('open'), lock.moveLeaf('closed'))],
    ['the bolt was turned', (lock) => (lock.moveBolt('between'), lock.moveBolt('retracted'))],
    ['somebody unlocked again', (lock) => lock.send(owner, { type: 'unlock' })],
  ]
  for (const [what, touch] of touches) {
    test(`tries again after ${what}`, () => {
      const lock = failed()
      touch(lock)
      assert.equal(drivesAfter(lock, 30_000), 1)
    })
  }

  test('keeps the time that somebody has asked for', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlock', timeoutSeconds: 60 })
    lock.settle()
    assert.equal(drivesAfter(lock, 60_000), 1)
    while (lock.state.bolt.drive !== undefined) {
      lock.input({ type: 'driveStalled', reason: 'blocked' })
    }
    lock.moveLeaf('open')
    lock.moveLeaf('closed')
    assert.equal(drivesAfter(lock, 59_999), 0)
    assert.equal(drivesAfter(lock, 1), 1)
  })

  test('somebody’s own failed lock leaves it one try', () => {
    const lock = opened()
    lock.send(owner, { type: 'lock' })
    lock.giveUp('blocked')
    assert.equal(drivesAfter(lock, 30_000), 1)
    lock.giveUp('blocked')
    assert.equal(drivesAfter(lock, 1_000_000), 0)
  })
})
