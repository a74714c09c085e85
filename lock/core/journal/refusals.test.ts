import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  refusalsPerPersonMax,
  refusalWindowMs,
  refusalWindowMsMax,
} from '#core/journal/refusals.ts'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock, TestLock } from '#core/testing/test-lock.ts'

const [minuteMs, hourMs] = [60_000, 3_600_000]

function send(lock: TestLock, times: number, reason: 'unsealable' | 'malformed'): void {
  for (let each = 0; each < times; each += 1) lock.input({ type: 'unreadable', reason })
}

function counts(lock: TestLock): readonly (readonly [number | undefined, string | undefined])[] {
  return lock.entriesOf('messagesRefused').map(({ count, reason }) => [count, reason])
}

describe('messages of nobody', () => {
  test('are seen at once, then counted', () => {
    const lock = new TestLock()
    send(lock, 1000, 'unsealable')
    assert.deepEqual(counts(lock), [[1, 'unsealable']])
    lock.advance(refusalWindowMs)
    assert.deepEqual(counts(lock), [
      [1, 'unsealable'],
      [999, 'unsealable'],
    ])
  })

  test('of several kinds make one entry without a reason', () => {
    const lock = new TestLock()
    send(lock, 3, 'unsealable')
    send(lock, 1, 'malformed')
    send(lock, 1, 'malformed')
    lock.advance(refusalWindowMs)
    assert.deepEqual(counts(lock).at(-1), [4, undefined])
  })

  for (const kinds of ['mm', 'mmm', 'mmmm', 'um', 'uum', 'umm', 'mum'] as const) {
    test(`of the kinds ${kinds} share a reason only when all do`, () => {
      const lock = new TestLock()
      send(lock, 1, 'malformed')
      for (const kind of kinds) send(lock, 1, kind === 'm' ? 'malformed' : 'unsealable')
      lock.advance(refusalWindowMs)
      const shared = kinds.includes('u') ? undefined : 'malformed'
      assert.deepEqual(counts(lock).at(-1), [kinds.length, shared])
    })
  }

  test('that stop leave no further entries, and begin at once again after a quiet hour', () => {
    const lock = new TestLock()
    send(lock, 1, 'unsealable')
    lock.advance(3 * refusalWindowMsMax)
    assert.deepEqual(counts(lock), [[1, 'unsealable']])
    assert.equal(lock.state.refusals, undefined)
    assert.equal(lock.timerAt('messagesRefused'), undefined)
    send(lock, 1, 'malformed')
    assert.deepEqual(counts(lock).at(-1), [1, 'malformed'])
  })

  for (const [how, everyMs] of [
    ['as fast as they can', 1_000],
    ['just when a window may be over', minuteMs + 1],
    ['every half hour', hourMs / 2],
  ] as const) {
    test(`that come ${how} for a day make 30 entries and no more`, () => {
      const lock = new TestLock()
      const times = Math.floor((24 * hourMs) / everyMs)
      for (let time = 0; time < times; time += 1) {
        send(lock, 1, 'malformed')
        lock.advance(everyMs)
      }
      lock.advance(2 * refusalWindowMsMax)
      const all = counts(lock)
      assert.ok(all.length <= 31, `${all.length} entries`)
      assert.equal(
        all.reduce((sum, [count]) => sum + (count ?? 0), 0),
        times,
      )
    })
  }

  test('a timer that comes early ends no window', () => {
    const lock = new TestLock()
    send(lock, 5, 'malformed')
    const { effects, writes } = lock.input({ type: 'timer', name: 'messagesRefused' })
    assert.deepEqual(writes, [])
    assert.equal(effects[0]?.type, 'setTimer')
  })
})

describe('refusals of a person', () => {
  const owner = person(1, 'owner')
  const banned = person(2, 'guest', { userStatus: 'occupiedDisabled' })
  const other = person(3, 'guest', { verbs: [] })

  test('are written down with the name, and counted when they become a flood', () => {
    const lock = claimedLock(owner, policyOf([owner.user, banned.user, other.user]))
    for (let each = 0; each < 500; each += 1) lock.send(banned, { type: 'unlock' })
    assert.deepEqual(lock.receipt().reason, 'userDisabled')
    assert.equal(lock.receipt().sequence, 0)
    assert.equal(lock.entriesOf('refused').length, refusalsPerPersonMax)
    lock.send(other, { type: 'unlock' })
    assert.equal(lock.entriesOf('refused').at(-1)?.userName, other.user.name)
    assert.equal(lock.receipt().sequence, lock.lastEntry().sequence)

    lock.advance(refusalWindowMsMax)
    const counted = counts(lock).reduce((sum, [count]) => sum + (count ?? 0), 0)
    assert.equal(counted, 500 - refusalsPerPersonMax)
    lock.send(banned, { type: 'unlock' })
    assert.equal(lock.entriesOf('refused').at(-1)?.userName, banned.user.name)
  })
})
