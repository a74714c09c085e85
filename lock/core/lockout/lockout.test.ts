import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { forgivenessMs } from '#core/lockout/forgiveness.ts'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const rightPin = '739184'
const policy = policyOf([
  { ...owner.user, credentials: [...owner.user.credentials, pinCredential(5)] },
])

function newLock(): TestLock {
  return claimedLock(owner, policy, [{ credentialId: idOf(5), pin: rightPin }])
}

function guess(lock: TestLock, times: number): void {
  for (let each = 0; each < times; each += 1) lock.enterCode(`00000${each}`)
}

/** How long the keypad stays silent, in seconds, found out by trying the clock. */
function lockedSeconds(lock: TestLock): number {
  const until = lock.state.keypad.lockedUntilMonotonicMs
  return until === undefined ? 0 : (until - lock.monotonicMs) / 1000
}

describe('the lockout', () => {
  test('comes with the fifth wrong code, and each doubles up to an hour', () => {
    const lock = newLock()
    for (const seconds of [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]) {
      guess(lock, 4)
      assert.equal(lockedSeconds(lock), 0)
      guess(lock, 1)
      assert.equal(lockedSeconds(lock), seconds)
      lock.advance(seconds * 1000)
      assert.equal(lockedSeconds(lock), 0)
    }
  })

  test('is written down, raises the alarm and is published', () => {
    const lock = newLock()
    guess(lock, 5)
    const [entry] = lock.entriesOf('keypadLockedOut')
    assert.deepEqual([entry?.count, entry?.untilMs], [5, startWallMs + 30_000])
    assert.deepEqual(lock.published().alarms, ['wrongCodeEntryLimit'])
    assert.equal(lock.published().keypadLockedUntilMs, startWallMs + 30_000)
    assert.equal(lock.store.registers.keypadLockouts, 1)
    assert.equal(lock.store.registers.keypadLockedUntilMs, startWallMs + 30_000)
    lock.advance(30_000)
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.published().keypadLockedUntilMs, undefined)
    assert.equal(lock.store.registers.keypadLockedUntilMs, 0)
    assert.equal(lock.store.registers.keypadLockouts, 1)
    assert.deepEqual(lock.lastSignal(), { type: 'ready' })
  })

  test('swallows keys and tells how long it lasts', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(10_000)
    const before = lock.effects.filter(({ type }) => type === 'hashPin').length
    lock.press(`${rightPin}#`)
    assert.deepEqual(lock.lastSignal(), { type: 'lockedOut', remainingMs: 20_000 })
    assert.equal(lock.effects.filter(({ type }) => type === 'hashPin').length, before)
  })

  test('ends on time even when its timer is late', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.monotonicMs += 30_000
    lock.press(`${rightPin}#`)
    lock.finishHash()
    assert.equal(lock.drives().length, 1)
  })

  test('is not ended by a timer that comes early', () => {
    const lock = newLock()
    guess(lock, 5)
    const { effects } = lock.input({ type: 'timer', name: 'keypadLockout' })
    assert.deepEqual(effects, [{ type: 'setTimer', name: 'keypadLockout', atMonotonicMs: 30_000 }])
    assert.equal(lockedSeconds(lock), 30)
  })

  test('leaves phones and the thumbturn alone', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    lock.moveBolt('extended')
    assert.equal(lock.published().lockState, 'locked')
    assert.equal(lockedSeconds(lock), 30)
  })

  test('is forgotten with the first right code', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(30_000)
    lock.enterCode(rightPin)
    assert.equal(lock.store.registers.keypadLockouts, 0)
    guess(lock, 5)
    assert.equal(lockedSeconds(lock), 30)
  })

  test('four wrong codes and a right one lock nobody out', () => {
    const lock = newLock()
    for (let round = 0; round < 5; round += 1) {
      guess(lock, 4)
      lock.enterCode(rightPin)
      lock.settle()
      lock.moveBolt('extended')
    }
    assert.equal(lock.entriesOf('keypadLockedOut').length, 0)
  })
})

describe('a guest with a good code who guesses at those of others', () => {
  const guest = person(2, 'guest', { credentials: [pinCredential(20)] })
  const guestPin = { credentialId: idOf(20), pin: '581903' }
  const newDoor = (): TestLock => {
    const users = [...policy.users, guest.user]
    return claimedLock(owner, policyOf(users), [{ credentialId: idOf(5), pin: rightPin }, guestPin])
  }
  const guessAndOpen = (lock: TestLock): void => {
    guess(lock, 1)
    lock.enterCode(guestPin.pin)
    if (lock.state.bolt.drive === undefined) return
    lock.settle()
    lock.moveBolt('extended')
  }

  test('is locked out, and for longer each time', () => {
    const lock = newDoor()
    for (const seconds of [30, 60, 120]) {
      for (let each = 0; each < 5; each += 1) guessAndOpen(lock)
      assert.equal(lockedSeconds(lock), seconds)
      lock.advance(seconds * 1000)
    }
  })

  test('finds a quiet hour to forgive the wrong codes and one lockout', () => {
    const lock = newDoor()
    guess(lock, 5)
    lock.advance(30_000)
    guess(lock, 5)
    lock.advance(60_000)
    guess(lock, 4)
    lock.advance(forgivenessMs - 1)
    assert.deepEqual(counters(lock), [4, 2])
    lock.advance(1)
    assert.deepEqual(counters(lock), [0, 1])
    lock.advance(forgivenessMs)
    assert.deepEqual(counters(lock), [0, 0])
    assert.equal(lock.timerAt('keypadForgiveness'), undefined)
  })

  test('waits the whole hour again after each guess and each restart', () => {
    const lock = newDoor()
    guess(lock, 1)
    lock.advance(forgivenessMs - 1)
    guess(lock, 1)
    lock.advance(forgivenessMs - 1)
    lock.boot()
    lock.advance(forgivenessMs - 1)
    assert.deepEqual(counters(lock), [2, 0])
    const { effects } = lock.input({ type: 'timer', name: 'keypadForgiveness' })
    assert.equal(effects[0]?.type, 'setTimer')
    lock.advance(1)
    assert.deepEqual(counters(lock), [0, 0])
  })
})

function counters({ store }: TestLock): readonly number[] {
  return [store.registers.wrongCodes, store.registers.keypadLockouts]
}

describe('a lockout and the power', () => {
  test('a restart begins it again in full', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(29_000)
    lock.boot()
    assert.equal(lockedSeconds(lock), 30)
    assert.deepEqual(lock.published().alarms, ['wrongCodeEntryLimit'])
    assert.equal(lock.lastSignal()?.type, 'lockedOut')
    assert.equal(lock.store.registers.keypadLockouts, 1)
  })

  for (const wallMs of [undefined, 0, startWallMs + 86_400_000]) {
    test(`setting the clock to ${wallMs} shortens nothing`, () => {
      const lock = newLock()
      guess(lock, 5)
      lock.wallMs = wallMs
      lock.boot()
      assert.equal(lockedSeconds(lock), 30)
      lock.wallMs = startWallMs + 1e9
      lock.press('1')
      assert.deepEqual(lock.lastSignal(), { type: 'lockedOut', remainingMs: 30_000 })
    })
  }

  test('cutting the power before the comparison wins no guess', () => {
    const lock = newLock()
    for (let tries = 0; tries < 5; tries += 1) {
      assert.equal(lockedSeconds(lock), 0)
      lock.press(`00000${tries}#`)
      lock.boot()
    }
    assert.equal(lockedSeconds(lock), 30)
    assert.equal(lock.entriesOf('keypadLockedOut').length, 1)
    assert.equal(lock.store.registers.wrongCodes, 0)
  })

  test('a hash that never comes at the limit locks out as well', () => {
    const lock = newLock()
    guess(lock, 4)
    lock.press('000009#')
    lock.advance(30_000)
    assert.equal(lockedSeconds(lock), 30)
  })

  test('an ended lockout stays ended, and the next is longer', () => {
    const lock = newLock()
    guess(lock, 5)
    lock.advance(30_000)
    lock.boot()
    assert.equal(lockedSeconds(lock), 0)
    guess(lock, 5)
    assert.equal(lockedSeconds(lock), 60)
  })
})
