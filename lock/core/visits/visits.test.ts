import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  idOf,
  nextPolicy,
  person,
  pinCredential,
  policyOf,
  withUser,
} from '@mortise/access/testing'
import type { User } from '@mortise/protocol/words'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'
import { presentedMs } from '#core/visits/presented.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const pin = '739184'
const otherPin = '581903'

const owner = person(1, 'owner')
const visitor = (fields: Partial<User>): User =>
  person(2, 'guest', { credentials: [pinCredential(20)], ...fields }).user

/** A lock with one owner by phone and one visitor by code. */
function lockFor(fields: Partial<User>): TestLock {
  const user = visitor(fields)
  const pins = user.credentials
    .filter(({ type }) => type === 'pin')
    .map(({ id: credentialId }) => ({ credentialId, pin }))
  return claimedLock(owner, policyOf([owner.user, user]), pins)
}

function opens(lock: TestLock, code = pin): boolean {
  const before = lock.drives().length
  lock.enterCode(code)
  if (lock.drives().length === before) return false
  lock.settle()
  lock.send(owner, { type: 'lock' })
  lock.settle()
  return true
}

function reasonOf(lock: TestLock): string | undefined {
  return lock.lastEntry().reason
}

describe('uses', () => {
  test('a one-time code opens once, and says why it does not again', () => {
    const lock = lockFor({ userType: 'disposableUser' })
    assert.equal(opens(lock), true)
    assert.equal(opens(lock), false)
    assert.equal(reasonOf(lock), 'usedUp')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'usedUp' })
  })

  test('a limit of three is three', () => {
    const lock = lockFor({ useLimit: 3 })
    assert.deepEqual(
      [1, 2, 3, 4].map(() => opens(lock)),
      [true, true, true, false],
    )
  })

  test('is counted in the very write that holds the intent', () => {
    const lock = lockFor({ userType: 'disposableUser' })
    const { writes } = lock.enterCode(pin)
    const kinds = writes.map((write) => write.type)
    assert.ok(kinds.includes('usage') && kinds.includes('entry'))
  })

  for (const when of ['beforeWrites', 'afterWrites'] as const) {
    test(`a power cut ${when} gives no second use`, () => {
      const lock = lockFor({ userType: 'disposableUser' })
      lock.press(`${pin}#`)
      const job = lock.state.keypad.checking?.job
      const asked = lock.effects.findLast(({ type }) => type === 'hashPin')
      assert.ok(job !== undefined && asked?.type === 'hashPin')
      const tag = lock.store.pinTags()[0]?.tag
      assert.ok(tag !== undefined)
      lock.lose({ type: 'pinHashed', job, tag }, when)
      lock.boot()
      // Lost before it was durable, nothing had moved: the use is still there.
      assert.equal(opens(lock), when === 'beforeWrites')
      assert.equal(opens(lock), false)
    })
  }

  test('a door that is open already counts as well', () => {
    const lock = lockFor({ userType: 'disposableUser' })
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.enterCode(pin)
    assert.equal(reasonOf(lock), 'alreadyThere')
    lock.send(owner, { type: 'lock' })
    lock.settle()
    assert.equal(opens(lock), false)
  })

  test('a bolt that is busy with another drive costs nothing', () => {
    const lock = lockFor({ userType: 'disposableUser' })
    lock.send(owner, { type: 'unlock' })
    lock.enterCode(pin)
    assert.equal(reasonOf(lock), 'busy')
    lock.settle()
    lock.send(owner, { type: 'lock' })
    lock.settle()
    assert.equal(opens(lock), true)
  })

  test('time since the first use, across a restart', () => {
    const lock = lockFor({ userType: 'expiringUser', expiringUserTimeout: 60 })
    lock.advance(5 * hourMs)
    assert.equal(opens(lock), true)
    lock.advance(59 * minuteMs)
    lock.boot()
    assert.equal(opens(lock), true)
    lock.advance(minuteMs)
    assert.equal(opens(lock), false)
    assert.equal(reasonOf(lock), 'expired')
  })

  test('go with their person, in the write that removes them', () => {
    const lock = lockFor({ userType: 'disposableUser' })
    opens(lock)
    assert.equal(lock.store.usages.size, 1)
    const policy = policyOf([owner.user, visitor({ userType: 'disposableUser' })])
    lock.changePolicy(owner, nextPolicy(policy, { users: [owner.user] }))
    assert.equal(lock.store.usages.size, 0)
    assert.equal(lock.state.usages.size, 0)
  })

  test('stay with a person whose other fields change', () => {
    const lock = lockFor({ userType: 'disposableUser' })
    opens(lock)
    const before = policyOf([owner.user, visitor({ userType: 'disposableUser' })])
    const users = withUser(before.users, before.users[1]?.id ?? idOf(2), { name: 'Anna' })
    lock.changePolicy(owner, nextPolicy(before, { users }))
    assert.equal(opens(lock), false)
  })

  test('of everybody else are not written', () => {
    const lock = lockFor({})
    opens(lock)
    assert.equal(lock.store.usages.size, 0)
  })
})

describe('several credentials', () => {
  const two = { credentialRule: 'dual', credentials: [pinCredential(20), finger(21)] } as const

  test('one of two opens nothing, and the keypad asks for the other', () => {
    const lock = lockFor(two)
    assert.equal(opens(lock), false)
    assert.deepEqual(lock.lastSignal(), { type: 'oneMore' })
    assert.equal(lock.lastEntry().type, 'credentialPresented')
    assert.equal(lock.triesAt('keypad')[0], 0)
  })

  test('both open, in either order, within a minute', () => {
    for (const order of ['pin first', 'finger first'] as const) {
      const lock = lockFor(two)
      if (order === 'pin first') lock.enterCode(pin)
      else lock.input(shown(21))
      lock.advance(presentedMs - 1)
      if (order === 'pin first') lock.input(shown(21))
      else lock.enterCode(pin)
      assert.equal(lock.drives().length, 1, order)
    }
  })

  test('after a minute the first has to come again', () => {
    const lock = lockFor(two)
    lock.enterCode(pin)
    lock.advance(presentedMs)
    lock.input(shown(21))
    assert.equal(lock.drives().length, 0)
    assert.deepEqual(lock.lastSignal(), { type: 'oneMore' })
  })

  test('the same one twice is one', () => {
    const lock = lockFor(two)
    lock.enterCode(pin)
    lock.enterCode(pin)
    assert.equal(lock.drives().length, 0)
  })

  test('what opened once does not wait for the next opening', () => {
    const lock = lockFor(two)
    lock.enterCode(pin)
    lock.input(shown(21))
    lock.settle()
    lock.send(owner, { type: 'lock' })
    lock.settle()
    lock.input(shown(21))
    assert.equal(lock.drives().length, 2)
  })

  test('a restart forgets what was shown', () => {
    const lock = lockFor(two)
    lock.enterCode(pin)
    lock.boot()
    lock.input(shown(21))
    assert.equal(lock.drives().length, 0)
  })

  test('a wrong second one counts as any wrong code', () => {
    const lock = lockFor(two)
    lock.enterCode(pin)
    lock.enterCode('000000')
    assert.equal(lock.triesAt('keypad')[0], 1)
    assert.equal(lock.drives().length, 0)
  })

  test('one that was removed meanwhile counts for nothing', () => {
    const lock = lockFor(two)
    lock.enterCode(pin)
    const before = policyOf([owner.user, visitor(two)])
    const users = withUser(before.users, before.users[1]?.id ?? idOf(2), {
      credentials: [finger(21)],
      credentialRule: 'dual',
    })
    lock.changePolicy(owner, nextPolicy(before, { users }))
    lock.input(shown(21))
    assert.equal(lock.drives().length, 0)
  })

  test('a phone is told that another one is needed', () => {
    const phone = person(3, 'resident', { credentialRule: 'dual' })
    const code = pinCredential(30)
    const user = { ...phone.user, credentials: [...phone.user.credentials, code] }
    const lock = claimedLock(owner, policyOf([owner.user, user]), [
      { credentialId: idOf(30), pin: otherPin },
    ])
    lock.send(phone, { type: 'unlock' })
    const { outcome, reason } = lock.receipt()
    assert.deepEqual([outcome, reason], ['refused', 'anotherCredentialNeeded'])
    assert.equal(opens(lock, otherPin), true)
  })
})

describe('fingers and faces', () => {
  test('a matched finger opens as its person', () => {
    const lock = lockFor({ credentials: [finger(21)] })
    lock.input(shown(21))
    lock.settle()
    const { userName, source, credentialType } = lock.lastEntry()
    assert.deepEqual([userName, source, credentialType], ['guest 2', 'biometric', 'fingerprint'])
  })

  test('open nothing on a lock without owner, and are no guess', () => {
    const lock = new TestLock()
    lock.input(shown(21))
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'notClaimed' })
    assert.equal(lock.triesAt('keypad')[0], 0)
    assert.equal(lock.drives().length, 0)
  })

  test('a reader that takes a code for a finger is not believed', () => {
    const lock = lockFor({})
    lock.input(shown(20))
    assert.equal(lock.drives().length, 0)
    assert.equal(reasonOf(lock), 'unknownCode')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'notKnown' })
  })

  for (const credentialType of ['fingerprint', 'face'] as const) {
    test(`the bare number of a listed tag, passed on as a ${credentialType}, opens nothing`, () => {
      const lock = lockFor({ credentials: [tag(23)] })
      lock.input({ type: 'biometric', credentialType, credentialId: idOf(23) })
      assert.equal(lock.drives().length, 0)
      assert.equal(reasonOf(lock), 'unknownCode')
      assert.equal(lock.triesAt('biometric')[0], 1)
    })
  }

  test('a face alone opens by day and not at night', () => {
    const face = { type: 'face', id: idOf(22), createdAtMs: 1, name: 'face' } as const
    const look = { type: 'biometric', credentialType: 'face', credentialId: idOf(22) } as const
    const lock = lockFor({ credentials: [face] })
    lock.input(look)
    assert.equal(lock.drives().length, 1)
    lock.settle()
    // 14:00 in Berlin at the start; 23:00 nine hours later.
    lock.advance(9 * hourMs)
    lock.input(look)
    assert.deepEqual(lock.lastSignal(), { type: 'oneMore' })
  })
})

describe('duress', () => {
  const forced = { credentials: [{ ...pinCredential(20), duress: true } as const] }

  test('opens as if nothing were wrong, and only the journal tells', () => {
    const kinds = ({ effects }: ReturnType<TestLock['settle']>) => effects.map(({ type }) => type)
    const calm = lockFor({})
    const lock = lockFor(forced)
    assert.deepEqual(kinds(lock.enterCode(pin)), kinds(calm.enterCode(pin)))
    assert.deepEqual(kinds(lock.settle()), kinds(calm.settle()))
    assert.deepEqual(lock.lastSignal(), calm.lastSignal())
    assert.deepEqual(lock.published().alarms, calm.published().alarms)
    const marked = lock.store.journal().filter(({ duress }) => duress === true)
    assert.deepEqual(
      marked.map(({ type }) => type),
      ['operationIntent', 'alarmBegan', 'operationResult'],
    )
  })
})

describe('who comes after the household', () => {
  test('waits until somebody who lives here has opened that day', () => {
    const lock = lockFor({ afterHousehold: true })
    assert.equal(opens(lock), false)
    assert.equal(reasonOf(lock), 'beforeHousehold')
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.boot()
    lock.send(owner, { type: 'lock' })
    lock.settle()
    assert.equal(opens(lock), true)
    // Past midnight in Berlin, ten hours after noon in universal time.
    lock.advance(11 * hourMs)
    assert.equal(opens(lock), false)
  })
})

describe('guests while the hub is away', () => {
  test('end after their hours, unless the hub has vouched meanwhile', () => {
    const lock = lockFor({ maxOfflineHours: 2 })
    lock.advance(2 * hourMs - 1)
    assert.equal(opens(lock), true)
    lock.advance(1)
    assert.equal(opens(lock), false)
    assert.equal(reasonOf(lock), 'tooLongOffline')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'needsFreshPolicy' })
    lock.input({ type: 'newestPolicy', version: 1 })
    assert.equal(opens(lock), true)
  })

  for (const version of [0, 2, 100]) {
    test(`version ${version} vouches for nothing`, () => {
      const lock = lockFor({ maxOfflineHours: 2 })
      lock.advance(2 * hourMs)
      lock.input({ type: 'newestPolicy', version })
      const [told] = lock.entriesOf('messagesRefused')
      assert.deepEqual([told?.count, told?.reason], [1, 'badNewestPolicy'])
      assert.equal(opens(lock), false)
    })
  }

  test('a hub that keeps saying so fills no journal', () => {
    const lock = lockFor({ maxOfflineHours: 2 })
    for (let version = 2; version < 10_000; version += 1) {
      lock.input({ type: 'newestPolicy', version })
      lock.advance(10_000)
    }
    assert.ok(lock.entriesOf('messagesRefused').length <= 35)
  })

  test('the word of a hub that knows of no policy is right for a lock without owner', () => {
    const lock = new TestLock()
    const { writes } = lock.input({ type: 'newestPolicy', version: 0 })
    assert.deepEqual(writes, [])
  })

  test('a restart keeps the count, and a clock that nobody vouches for ends it', () => {
    const lock = lockFor({ maxOfflineHours: 2 })
    lock.advance(hourMs)
    lock.boot()
    assert.equal(opens(lock), true)
    lock.wallMs = undefined
    lock.boot()
    assert.equal(opens(lock), false)
    assert.equal(reasonOf(lock), 'tooLongOffline')
  })

  test('a wall clock that is set back buys no time', () => {
    const lock = lockFor({ maxOfflineHours: 2 })
    lock.monotonicMs += 2 * hourMs
    lock.wallMs = startWallMs
    assert.equal(opens(lock), false)
  })
})

function tag(number: number) {
  const publicKey = new Uint8Array(65).fill(number, 1)
  publicKey[0] = 4
  return { type: 'rfid', id: idOf(number), createdAtMs: 1, name: 'tag', publicKey } as const
}

function finger(number: number) {
  return { type: 'fingerprint', id: idOf(number), createdAtMs: 1, name: 'thumb' } as const
}

function shown(number: number) {
  return { type: 'biometric', credentialType: 'fingerprint', credentialId: idOf(number) } as const
}
