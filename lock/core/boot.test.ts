import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { WireError } from '@mortise/protocol/wire'
import { boot, freshRegisters } from '#core/index.ts'
import type { BoltPosition } from '#core/index.ts'
import { timeFloorEveryMs } from '#core/clock/time-floor.ts'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const policy = policyOf([owner.user])
const context = { crypto, softwareVersion: 'test', challengeSecret: new Uint8Array(32) }
const sensors = { bolt: 'extended', leaf: 'closed', tamperRemoved: false } as const

describe('a boot', () => {
  test('is counted and written down with what the sensors say', () => {
    const lock = new TestLock({ bolt: 'between', leaf: 'open' })
    lock.boot()
    const [first, second] = lock.entriesOf('started')
    assert.deepEqual([first?.boot, second?.boot], [1, 2])
    assert.deepEqual([second?.lockState, second?.doorState], ['notFullyLocked', 'doorOpen'])
    assert.equal(lock.published().boot, 2)
    assert.equal(lock.store.registers.boots, 2)
  })

  test('publishes the state always, the policy where there is one', () => {
    const types = (lock: TestLock) => lock.boot().effects.map(({ type }) => type)
    const begun = ['setTimer', 'setTimer', 'signal']
    assert.deepEqual(types(new TestLock()), [...begun, 'publishState'])
    const claimed = types(claimedLock(owner, policy))
    assert.deepEqual(claimed, [...begun, 'publishPolicy', 'publishState'])
  })

  test('keeps policy, codes and floors', () => {
    const lock = claimedLock(owner, policy)
    const before = lock.published()
    lock.boot()
    const { policyVersion, policyHash, claimed } = lock.published()
    assert.deepEqual([policyVersion, policyHash, claimed], [1, before.policyHash, true])
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('with a damaged policy fails loudly', () => {
    const stored = { ...claimedLock(owner, policy).store.load(), policy: Uint8Array.of(1, 2) }
    const now = { monotonicMs: 0, wallMs: startWallMs }
    assert.throws(() => boot(context, stored, sensors, now), WireError)
  })

  test('with the policy of another lock fails loudly', () => {
    const stored = { ...claimedLock(owner, policy).store.load(), lockId: new Uint8Array(32) }
    const now = { monotonicMs: 0, wallMs: startWallMs }
    assert.throws(() => boot(context, stored, sensors, now), { code: 'invariant' })
  })

  test('with a policy older than the floor fails loudly', () => {
    const stored = claimedLock(owner, policy).store.load()
    const registers = { ...stored.registers, policyVersionFloor: 2 }
    const now = { monotonicMs: 0, wallMs: startWallMs }
    assert.throws(() => boot(context, { ...stored, registers }, sensors, now), {
      code: 'invariant',
    })
  })
})

describe('a power cut while the bolt moves', () => {
  for (const bolt of ['extended', 'between', 'retracted', 'unknown'] as BoltPosition[]) {
    test(`and a bolt that is then ${bolt}: the intent is over, nothing moves`, () => {
      const lock = claimedLock(owner, policy)
      lock.send(owner, { type: 'unlock' })
      const intent = lock.lastEntry().sequence
      lock.sensors = { ...lock.sensors, bolt }
      const { effects } = lock.boot()
      assert.ok(effects.every(({ type }) => type !== 'drive'))
      const result = lock.lastEntry()
      assert.deepEqual(
        [result.type, result.intent, result.outcome, result.reason, result.verb],
        ['operationResult', intent, 'failed', 'interrupted', 'unlock'],
      )
      assert.equal(lock.store.registers.openIntent, undefined)
      const driven = lock.drives().length
      lock.advance(1_000_000)
      assert.equal(lock.drives().length, driven)
    })
  }

  test('is told once only', () => {
    const lock = claimedLock(owner, policy)
    lock.send(owner, { type: 'unlock' })
    lock.boot()
    lock.boot()
    assert.equal(lock.entriesOf('operationResult').length, 1)
  })
})

describe('the time floor', () => {
  test('is never older than the journal', () => {
    const lock = claimedLock(owner, policyOf([owner.user]))
    lock.advance(5000)
    lock.input({ type: 'tamper', removed: true })
    assert.equal(lock.store.registers.timeFloorMs, startWallMs + 5000)
  })

  test('is written every ten minutes without other cause', () => {
    const lock = claimedLock(owner, policyOf([owner.user]))
    lock.advance(timeFloorEveryMs * 3 + 1)
    assert.equal(lock.store.registers.timeFloorMs, startWallMs + timeFloorEveryMs * 3)
  })

  test('holds the time of the next boot when the clock has lost its memory', () => {
    const lock = claimedLock(owner, policyOf([owner.user]))
    lock.advance(timeFloorEveryMs)
    lock.wallMs = 0
    lock.boot()
    assert.equal(lock.published().timeMs, startWallMs + timeFloorEveryMs)
    assert.equal(lock.published().timeCertain, false)
  })

  test('is not raised by the clock of a lock that nobody owns', () => {
    const lock = new TestLock()
    lock.advance(timeFloorEveryMs * 2)
    lock.pressInside()
    assert.equal(lock.store.registers.timeFloorMs, 0)
  })

  test('of a lock that never ran is the beginning', () => {
    assert.equal(freshRegisters.timeFloorMs, 0)
    assert.equal(new TestLock().published().timeMs, startWallMs)
  })
})
