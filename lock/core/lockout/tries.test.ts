import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import type { StepResult } from '#core/index.ts'
import {
  countTry,
  forgivenessMs,
  isLockedOut,
  mayTry,
  tryWasNoGuess,
  tryWasWrong,
} from '#core/lockout/lockout.ts'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'
import { beginTurn } from '#core/turn/turn.ts'

const finger = { type: 'fingerprint', id: idOf(30), createdAtMs: 1, name: 'thumb' } as const
const owner = person(1, 'owner')
const credentials = [...owner.user.credentials, pinCredential(5), finger]
const policy = policyOf([{ ...owner.user, credentials }])

const newLock = (): TestLock =>
  claimedLock(owner, policy, [{ credentialId: idOf(5), pin: '739184' }])

/** Shows the reader a finger; nobody's without an id. */
function show(lock: TestLock, known: { readonly credentialId?: Uint8Array } = {}): StepResult {
  return lock.input({ type: 'biometric', credentialType: 'fingerprint', ...known })
}

describe('one timer for all ways in', () => {
  const timers = ({ effects }: StepResult) =>
    effects.filter((effect) => 'name' in effect && effect.name === 'lockouts')

  test('looks when the first of two lockouts ends, and then at the other', () => {
    const lock = newLock()
    for (let each = 0; each < 5; each += 1) lock.enterCode('000000')
    const firstEndsMs = lock.monotonicMs + 30_000
    lock.advance(10_000)
    for (let each = 0; each < 5; each += 1) show(lock)
    assert.equal(lock.timerAt('lockouts'), firstEndsMs)
    lock.advance(20_000)
    assert.deepEqual(lock.lastSignal(), { type: 'ready' })
    assert.equal(lock.timerAt('lockouts'), firstEndsMs + 10_000)
  })

  test('is set once, and taken back when there is nothing to wait for', () => {
    const lock = newLock()
    assert.equal(timers(show(lock)).length, 1)
    assert.deepEqual(timers(lock.input({ type: 'link', up: false })), [])
    const right = show(lock, { credentialId: finger.id })
    assert.deepEqual(timers(right), [{ type: 'cancelTimer', name: 'lockouts' }])
    assert.deepEqual(timers(lock.input({ type: 'link', up: true })), [])
  })
})

test('a reader that locks itself says nothing at the keypad', () => {
  const lock = newLock()
  const signals = Array.from({ length: 5 }, () => show(lock)).flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.type === 'signal' ? [effect.signal.type] : [])),
  )
  assert.equal(isLockedOut(lock.state, 'biometric'), true)
  assert.deepEqual(new Set(signals), new Set(['refused']))
})

test('the quiet hour of a guess begins anew when a guest has come by a code of their own', () => {
  const guest = person(2, 'guest', { credentials: [pinCredential(20)] }).user
  const pins = [{ credentialId: idOf(20), pin: '581903' }]
  const lock = claimedLock(owner, policyOf([owner.user, guest]), pins)
  lock.enterCode('000000')
  lock.advance(forgivenessMs - 1)
  lock.enterCode('581903')
  lock.advance(forgivenessMs - 1)
  assert.deepEqual(lock.triesAt('keypad'), [1, 0])
  lock.advance(1)
  assert.deepEqual(lock.triesAt('keypad'), [0, 0])
})

/** One turn of somebody's, at an instant. */
function turnAt(lock: TestLock, monotonicMs: number, state = lock.state) {
  return beginTurn(lock.context, state, { ...lock.now(), monotonicMs })
}

describe('a try whose end comes too late', () => {
  const known = ({ state }: ReturnType<typeof turnAt>) => ({
    clocks: state.tryClocks,
    tries: state.registers.tries,
  })

  test('ends no lockout that began meanwhile, and counts for no other', () => {
    const lock = newLock()
    const turn = turnAt(lock, 0)
    for (let each = 0; each < 5; each += 1) {
      assert.equal(isLockedOut(turn.state, 'matter'), false)
      countTry(turn, 'matter')
      tryWasWrong(turn, 'matter')
    }
    const later = turnAt(lock, 10_000, turn.state)
    assert.equal(tryWasWrong(later, 'matter'), false)
    tryWasNoGuess(later, 'matter')
    assert.equal(isLockedOut(later.state, 'matter'), true)
    assert.deepEqual(known(later), known(turn))
  })

  test('is a wrong one for whoever tries next', () => {
    const turn = turnAt(newLock(), 0)
    for (let each = 0; each < 5; each += 1) {
      assert.equal(mayTry(turn, 'matter'), true)
      countTry(turn, 'matter')
    }
    assert.equal(mayTry(turn, 'matter'), false)
  })

  test('puts no quiet hour off where there is none', () => {
    const lock = newLock()
    const turn = turnAt(lock, 0)
    countTry(turn, 'matter')
    tryWasWrong(turn, 'matter')
    const later = turnAt(lock, 10_000, turn.state)
    assert.equal(mayTry(later, 'matter'), true)
    assert.deepEqual(known(later), known(turn))
  })
})

test('a lock without owner locks nobody out', () => {
  const lock = new TestLock()
  const turn = turnAt(lock, 0)
  for (let tries = 0; tries < 256; tries += 1) {
    countTry(turn, 'matter')
    assert.equal(tryWasWrong(turn, 'matter'), false)
  }
  const keypad = { wrongCodes: 0, lockouts: 1, lockedUntilMs: startWallMs }
  lock.store.registers = { ...lock.store.registers, tries: { keypad, matter: keypad } }
  lock.boot()
  for (const source of ['keypad', 'matter'] as const) {
    assert.equal(isLockedOut(lock.state, source), false)
  }
})
