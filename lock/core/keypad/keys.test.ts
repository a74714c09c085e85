import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { limits } from '@mortise/protocol/limits'
import { keypadIdleMs } from '#core/keypad/keys.ts'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import { claimedLock, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const policy = policyOf([
  { ...owner.user, credentials: [...owner.user.credentials, pinCredential(5)] },
])
const newLock = (): TestLock =>
  claimedLock(owner, policy, [{ credentialId: idOf(5), pin: '739184' }])

function hashed(lock: TestLock): readonly string[] {
  return lock.effects.flatMap((effect) => (effect.type === 'hashPin' ? [effect.pin] : []))
}

const decoys = '1234567890'.repeat(5)
const entries: readonly (readonly [what: string, keys: string, pins: readonly string[]])[] = [
  ['a code', '739184#', ['739184']],
  ['decoys before the code', '5551212*739184#', ['739184']],
  ['decoys more than once', '1*22*333*739184#', ['739184']],
  ['a long tail of decoys', `${decoys}*739184#`, ['739184']],
  ['nothing', '#', []],
  ['decoys and nothing', '123*#', []],
  ['a star alone', '*#', []],
  ['no end', '739184', []],
  ['a single digit', '7#', ['7']],
  ['a code, then another before its hash is ready', '739184#111111#', ['739184']],
  ['as many keys as there may be', '1'.repeat(limits.keypadEntryKeysMax) + '#', ['1'.repeat(64)]],
]

describe('keys', () => {
  for (const [what, keys, pins] of entries) {
    test(`${what}: ${pins.length} hash`, () => {
      const lock = newLock()
      lock.press(keys)
      assert.deepEqual(hashed(lock), pins)
    })
  }

  test('one key too many clears the entry, and the next starts anew', () => {
    const lock = newLock()
    lock.press('1'.repeat(limits.keypadEntryKeysMax))
    lock.press('2')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'tooLong' })
    lock.press('739184#')
    assert.deepEqual(hashed(lock), ['739184'])
    assert.equal(lock.triesAt('keypad')[0], 1)
  })

  test('decoys count as keys, so an entry ends at some time', () => {
    const lock = newLock()
    lock.press('1*'.repeat(limits.keypadEntryKeysMax / 2))
    lock.press('1')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'tooLong' })
  })

  test('show how many digits stand, not which', () => {
    const lock = newLock()
    lock.press('12')
    assert.deepEqual(lock.lastSignal(), { type: 'digit', digits: 2 })
    lock.press('*')
    assert.deepEqual(lock.lastSignal(), { type: 'cleared' })
    lock.press('3')
    assert.deepEqual(lock.lastSignal(), { type: 'digit', digits: 1 })
    lock.press('#')
    assert.deepEqual(lock.lastSignal(), { type: 'checking' })
  })

  test('are forgotten after a while', () => {
    const lock = newLock()
    lock.press('739')
    lock.advance(keypadIdleMs)
    assert.deepEqual(lock.lastSignal(), { type: 'cleared' })
    lock.press('184#')
    assert.deepEqual(hashed(lock), ['184'])
  })

  test('each gives the next its full time', () => {
    const lock = newLock()
    for (const key of '739184') {
      lock.press(key)
      lock.advance(keypadIdleMs - 1)
    }
    lock.press('#')
    assert.deepEqual(hashed(lock), ['739184'])
  })

  test('are not forgotten by a timer that comes early', () => {
    const lock = newLock()
    lock.press('739')
    const { effects } = lock.input({ type: 'timer', name: 'keypadIdle' })
    const atMonotonicMs = keypadIdleMs
    assert.deepEqual(effects, [{ type: 'setTimer', name: 'keypadIdle', atMonotonicMs }])
    lock.press('184#')
    assert.deepEqual(hashed(lock), ['739184'])
  })

  test('leave nothing in the journal and nothing in the store', () => {
    const lock = newLock()
    const before = lock.store.encodedEntries.length
    lock.press('739184*12')
    assert.equal(lock.store.encodedEntries.length, before)
    assert.equal(lock.triesAt('keypad')[0], 0)
  })

  test('on a lock without owner cost no hash', () => {
    const lock = new TestLock()
    lock.press('739184#')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'notClaimed' })
    assert.deepEqual(hashed(lock), [])
    assert.equal(lock.triesAt('keypad')[0], 0)
    lock.press('#')
    assert.deepEqual(lock.lastSignal(), { type: 'cleared' })
  })
})
