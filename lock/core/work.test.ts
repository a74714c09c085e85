import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { idOf, person, pinCredential, policyOf } from '@mortise/access/testing'
import type { CoreState, Input } from '#core/index.ts'
import { claimedLock } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

/** Counts how often somebody walks through its entries instead of asking for one. */
class WatchedMap<Value> extends Map<string, Value> {
  walks = 0
  override [Symbol.iterator]() {
    this.walks += 1
    return super[Symbol.iterator]()
  }
  override entries() {
    this.walks += 1
    return super.entries()
  }
  override keys() {
    this.walks += 1
    return super.keys()
  }
  override values() {
    this.walks += 1
    return super.values()
  }
  override forEach(...args: Parameters<Map<string, Value>['forEach']>): void {
    this.walks += 1
    super.forEach(...args)
  }
}

/** A list of people that tells how often one of them was looked at. */
function watchedList<Item>(items: readonly Item[]) {
  const seen = { looks: 0 }
  const list = new Proxy(items, {
    get(target, key, receiver) {
      seen.looks += 1
      return Reflect.get(target, key, receiver)
    },
  })
  return { list, seen }
}

const owner = person(1, 'owner')
const code = '739184'
const resident = person(2, 'resident', { credentials: [pinCredential(20)] })
const policy = policyOf([owner.user, resident.user])

/** A lock whose people are watched from here on. */
function watched(): readonly [lock: TestLock, looks: () => number] {
  const lock = claimedLock(owner, policy, [{ credentialId: idOf(20), pin: code }])
  const inForce = lock.state.policy
  assert.ok(inForce !== undefined)
  const users = new WatchedMap(inForce.view.users)
  const holders = new WatchedMap(inForce.view.holders)
  const { list, seen } = watchedList(inForce.view.policy.users)
  ;[users.walks, holders.walks, seen.looks] = [0, 0, 0]
  const view = { policy: { ...inForce.view.policy, users: list }, users, holders }
  const state: CoreState = { ...lock.state, policy: { ...inForce, view } }
  lock.state = state
  return [lock, () => users.walks + holders.walks + seen.looks]
}

const inputs: readonly Input[] = [
  { type: 'boltMoved', position: 'between' },
  { type: 'leafMoved', position: 'open' },
  { type: 'leafMoved', position: 'closed' },
  { type: 'latchMoved', pulled: false },
  { type: 'tamper', removed: true },
  { type: 'power', mainsPresent: false, batteryPercent: 10 },
  { type: 'link', up: true },
  { type: 'newestPolicy', version: 1 },
  { type: 'storage', reserve: 'whole', acknowledgedSequence: 0 },
  { type: 'unreadable', reason: 'unsealable' },
  { type: 'linkRefused', reason: 'badProof' },
  { type: 'insideButton', random: new Uint8Array(16) },
  { type: 'biometric', credentialType: 'face' },
]

describe('the work of a turn does not grow with the house', () => {
  for (const [what, act] of [
    ['a code', (lock: TestLock) => void lock.enterCode(code)],
    ['a wrong code', (lock: TestLock) => void lock.enterCode('000000')],
    ['a tap', (lock: TestLock) => void lock.send(owner, { type: 'unlock' })],
    ['a day', (lock: TestLock) => lock.advance(86_400_000)],
    ...inputs.map((input) => [input.type, (lock: TestLock) => void lock.input(input)] as const),
  ] as const) {
    test(`${what} walks through nobody`, () => {
      const [lock, looks] = watched()
      act(lock)
      if (lock.state.bolt.drive !== undefined) lock.settle()
      assert.equal(looks(), 0)
    })
  }

  test('whoever walks through all of them is noticed', () => {
    const [lock, looks] = watched()
    const view = lock.state.policy?.view
    assert.ok(view !== undefined)
    assert.equal([...view.users, ...view.holders].length, 4)
    assert.ok(view.policy.users.some(({ name }) => name === resident.user.name))
    assert.ok(looks() > 2)
  })
})
