import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { DoorState, LockState } from '@mortise/protocol/words'
import type { BoltPosition, LeafPosition } from '#core/index.ts'
import { currentState } from '#core/index.ts'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const rows: readonly (readonly [BoltPosition, LeafPosition, LockState, DoorState])[] = [
  ['extended', 'closed', 'locked', 'doorClosed'],
  ['extended', 'unknown', 'locked', 'unknown'],
  ['extended', 'open', 'notFullyLocked', 'doorOpen'],
  ['retracted', 'closed', 'unlocked', 'doorClosed'],
  ['retracted', 'open', 'unlocked', 'doorOpen'],
  ['retracted', 'unknown', 'unlocked', 'unknown'],
  ['between', 'closed', 'notFullyLocked', 'doorClosed'],
  ['between', 'open', 'notFullyLocked', 'doorOpen'],
  ['unknown', 'closed', 'unknown', 'doorClosed'],
  ['unknown', 'open', 'unknown', 'doorOpen'],
]

describe('what the lock says of itself', () => {
  for (const [bolt, leaf, lockState, doorState] of rows) {
    test(`bolt ${bolt}, door ${leaf}: ${lockState}, ${doorState}`, () => {
      const state = new TestLock({ bolt, leaf }).published()
      assert.deepEqual([state.lockState, state.doorState], [lockState, doorState])
    })
  }

  test('carries its age, also when nothing happened since', () => {
    const lock = new TestLock()
    const { counter } = lock.published()
    lock.monotonicMs += 5000
    assert.deepEqual(
      [lock.published().timeMs, lock.published().counter],
      [startWallMs + 5000, counter],
    )
  })

  test('carries a nonce only for who asked', () => {
    const lock = new TestLock()
    const nonce = new Uint8Array(32)
    assert.equal(currentState(lock.state, lock.now(), nonce).nonce, nonce)
    assert.ok(!('nonce' in lock.published()))
  })

  test('the promise to lock again carries lock time', () => {
    const owner = person(1, 'owner')
    const settings = {
      autoRelockTime: 30,
      wrongCodeEntryLimit: 5,
      userCodeTemporaryDisableTime: 30,
    }
    const lock = claimedLock(owner, policyOf([owner.user], { settings }), [], { bolt: 'retracted' })
    assert.equal(lock.published().autoRelockAtMs, startWallMs + 30_000)
    lock.monotonicMs += 40_000
    assert.equal(lock.published().autoRelockAtMs, lock.published().timeMs)
  })
})
