import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { policyMessage } from '@mortise/protocol/wire'
import type { PinForCredential } from '@mortise/protocol/wire'
import type { Policy, Reason } from '@mortise/protocol/words'
import { insideWindowMs } from '#core/inside/button.ts'
import { codesPerHourMax } from '#core/lockout/new-codes.ts'
import {
  deviceKey,
  idOf,
  nextPolicy,
  person,
  pinCredential,
  policyOf,
  ticket,
  withUser,
} from '@mortise/access/testing'
import { claimedLock, startWallMs, tagOf } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'
import type { Person } from '@mortise/access/testing'

const owner = person(1, 'owner')
const guest = person(2, 'guest', { credentials: [deviceKey(2).credential, pinCredential(20)] })
const first = policyOf([owner.user, guest.user])
const firstPin = { credentialId: idOf(20), pin: '739184' }
const newLock = (): TestLock => claimedLock(owner, first, [firstPin])
const guestWith = (...pins: readonly number[]): Partial<Policy> => ({
  users: withUser(first.users, guest.user.id, {
    credentials: [deviceKey(2).credential, ...pins.map(pinCredential)],
  }),
})
const newPin = { credentialId: idOf(21), pin: '581903' }
const brief = { validity: { notBeforeMs: startWallMs, notAfterMs: startWallMs + 1000 } }

const rows: readonly (readonly [
  what: string,
  after: Policy,
  pins: readonly PinForCredential[],
  reason: Reason,
])[] = [
  ['another name', nextPolicy(first, { doorName: 'x' }), [], 'granted'],
  ['a new code', nextPolicy(first, guestWith(20, 21)), [newPin], 'granted'],
  ['a replaced code', nextPolicy(first, guestWith(21)), [newPin], 'granted'],
  [
    'a replaced code with the same digits',
    nextPolicy(first, guestWith(21)),
    [{ ...newPin, pin: firstPin.pin }],
    'granted',
  ],
  [
    'digits that somebody has',
    nextPolicy(first, guestWith(20, 21)),
    [{ ...newPin, pin: firstPin.pin }],
    'pinTaken',
  ],
  [
    'digits that somebody has, beside others',
    nextPolicy(first, guestWith(20, 21, 22)),
    [newPin, { credentialId: idOf(22), pin: firstPin.pin }],
    'pinTaken',
  ],
  ['no digits', nextPolicy(first, guestWith(20, 21)), [], 'pinMissing'],
  ['digits for an old code', nextPolicy(first), [firstPin], 'pinUnexpected'],
  [
    'guessable digits',
    nextPolicy(first, guestWith(20, 21)),
    [{ ...newPin, pin: '123456' }],
    'pinTooGuessable',
  ],
  ['the same version again', first, [], 'policyConflict'],
  ['a version ahead', { ...nextPolicy(first), version: 3 }, [], 'policyConflict'],
  [
    'another predecessor',
    { ...nextPolicy(first), previous: new Uint8Array(32) },
    [],
    'policyConflict',
  ],
  ['another lock', { ...nextPolicy(first), lockId: new Uint8Array(32) }, [], 'wrongLock'],
  ['no zone', nextPolicy(first, { timeZone: 'x' }), [], 'policyInvalid'],
  ['no owner', nextPolicy(first, { users: [guest.user] }), [], 'lastOwner'],
  [
    'another owner',
    nextPolicy(first, { users: [...first.users, person(3, 'owner').user] }),
    [],
    'insideButtonNeeded',
  ],
]

describe('an owner’s change', () => {
  for (const [what, after, pins, reason] of rows) {
    test(`${what}: ${reason}`, () => {
      const lock = newLock()
      assert.equal(lock.changePolicy(owner, after, pins), reason)
      const { type, attempt, userName, policyVersion } = lock.lastEntry()
      const expected =
        reason === 'granted'
          ? ['policyChanged', undefined, 'owner 1', 2]
          : ['refused', 'changePolicy', 'owner 1', undefined]
      assert.deepEqual([type, attempt, userName, policyVersion], expected)
      const inForce = reason === 'granted' ? after : first
      assert.deepEqual(lock.store.policy, policyMessage.encode(inForce))
      assert.equal(lock.store.registers.policyVersionFloor, inForce.version)
      assert.equal(lock.receipt().sequence, lock.lastEntry().sequence)
      assert.equal(lock.drives().length, 0)
      assert.equal(lock.state.pendingChange, undefined)
    })
  }

  test('bytes that are no policy', () => {
    const lock = newLock()
    lock.send(owner, { type: 'changePolicy', policy: Uint8Array.of(7), pins: [] })
    assert.equal(lock.receipt().reason, 'policyInvalid')
  })
})

describe('the inside button', () => {
  const after = nextPolicy(first, { users: [...first.users, person(3, 'owner').user] })

  for (const [what, waitMs, reason] of [
    ['just pressed', 0, 'granted'],
    ['pressed ten minutes ago, almost', insideWindowMs - 1, 'granted'],
    ['pressed ten minutes ago', insideWindowMs, 'insideButtonNeeded'],
  ] as const) {
    test(`${what}: ${reason}`, () => {
      const lock = newLock()
      lock.pressInside()
      lock.advance(waitMs)
      assert.equal(lock.changePolicy(owner, after), reason)
    })
  }

  test('counts without its timer', () => {
    const lock = newLock()
    lock.pressInside()
    lock.monotonicMs += insideWindowMs
    assert.equal(lock.changePolicy(owner, after), 'insideButtonNeeded')
  })
})

describe('two owners who edit the same version', () => {
  test('the second is told to look again', () => {
    const lock = newLock()
    assert.equal(lock.changePolicy(owner, nextPolicy(first, { doorName: 'one' })), 'granted')
    assert.equal(lock.changePolicy(owner, nextPolicy(first, { doorName: 'two' })), 'policyConflict')
  })

  test('while codes are being hashed, the second waits', () => {
    const lock = newLock()
    const after = policyMessage.encode(nextPolicy(first, guestWith(20, 21)))
    lock.send(owner, { type: 'changePolicy', policy: after, pins: [newPin] })
    const job = lock.state.pendingChange?.job ?? 0
    lock.send(owner, { type: 'changePolicy', policy: after, pins: [newPin] })
    assert.equal(lock.receipt().reason, 'busy')
    lock.input({ type: 'pinsHashed', job, tags: [tagOf(newPin.pin)] })
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('hashes that fail are answered at once, and the next change is heard', () => {
    const lock = newLock()
    const after = nextPolicy(first, guestWith(20, 21))
    lock.send(owner, { type: 'changePolicy', policy: policyMessage.encode(after), pins: [newPin] })
    const job = lock.state.pendingChange?.job ?? 0
    lock.input({ type: 'hashFailed', job: job + 1 })
    assert.equal(lock.state.pendingChange?.job, job)
    lock.input({ type: 'hashFailed', job })
    assert.equal(lock.receipt().reason, 'busy')
    assert.equal(lock.published().policyVersion, 1)
    assert.equal(lock.changePolicy(owner, after, [newPin]), 'granted')
  })

  test('hashes that never come block nobody for ever', () => {
    const lock = newLock()
    const after = nextPolicy(first, guestWith(20, 21))
    const bytes = policyMessage.encode(after)
    lock.send(owner, { type: 'changePolicy', policy: bytes, pins: [newPin] })
    const stale = lock.state.pendingChange?.job ?? 0
    lock.monotonicMs += 60_000
    assert.equal(lock.changePolicy(owner, after, [newPin]), 'granted')
    const { writes } = lock.input({ type: 'pinsHashed', job: stale, tags: [tagOf('000000')] })
    assert.deepEqual(writes, [])
  })
})

describe('whoever is removed', () => {
  const after = nextPolicy(first, { users: [owner.user] })

  test('loses code, key, challenge and tag in one write', () => {
    const lock = newLock()
    const command = lock.command({ type: 'unlock' }, lock.challengeFor(guest))
    const change = { type: 'changePolicy', policy: policyMessage.encode(after), pins: [] } as const
    const { writes } = lock.send(owner, change)
    assert.deepEqual(
      writes.map(({ type }) => type),
      ['policy', 'pinTagRemoved', 'entry', 'registers'],
    )
    assert.deepEqual(lock.store.pinTags(), [])
    assert.ok([...lock.state.challenges.spent.keys()].some((holder) => holder.endsWith(hex(2))))
    lock.sendBytes(command, guest.sign)
    assert.equal(lock.receipt().reason, 'unknownCredential')
    lock.enterCode('739184')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'wrongCode' })
  })

  test('cannot use a code that was being hashed', () => {
    const lock = newLock()
    lock.press('739184#')
    lock.changePolicy(owner, after)
    lock.finishHash()
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'wrongCode' })
    assert.equal(lock.drives().length, 0)
  })

  for (const [what, left, gets] of [
    ['by their own hand gets the receipt and no further challenge', [2], false],
    ['leaves the next challenge to whoever removed them', [1], true],
  ] as const) {
    test(what, () => {
      const owners = [owner, person(2, 'owner')]
      const both = policyOf(owners.map(({ user }) => user))
      const lock = claimedLock(owner, both)
      lock.pressInside()
      const users = both.users.filter((_, index) => left.some((one) => one === index + 1))
      assert.equal(lock.changePolicy(owner, nextPolicy(both, { users })), 'granted')
      assert.equal(lock.receipt().nextChallenge !== undefined, gets)
    })
  }

  test('while their bolt moves gets the receipt and no further challenge', () => {
    const lock = newLock()
    lock.send(guest, { type: 'unlock' })
    lock.changePolicy(owner, after)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    assert.equal(lock.receipt().nextChallenge, undefined)
  })
})

describe('others than owners', () => {
  const resident = person(3, 'resident')
  const manager = person(4, 'manager')
  const policy = policyOf([owner.user, resident.user, manager.user, guest.user])
  const ownCode = withUser(policy.users, resident.user.id, {
    credentials: [...resident.user.credentials, pinCredential(21)],
  })
  const cases = [
    ['a resident may add a code of their own', resident, { users: ownCode }, [newPin], 'granted'],
    ['a manager may not add it', manager, { users: ownCode }, [newPin], 'notAuthorized'],
    ['a guest may change nothing', guest, { doorName: 'x' }, [], 'notAuthorized'],
    [
      'a manager may add a guest with an end',
      manager,
      { users: [...policy.users, person(5, 'guest', brief).user] },
      [],
      'granted',
    ],
    [
      'a manager may not add one without',
      manager,
      { users: [...policy.users, person(5, 'guest').user] },
      [],
      'notAuthorized',
    ],
  ] as const
  for (const [what, who, fields, pins, reason] of cases) {
    test(`${what}: ${reason}`, () => {
      const lock = claimedLock(owner, policy, [firstPin])
      assert.equal(lock.changePolicy(who, nextPolicy(policy, fields), pins), reason)
      assert.equal(lock.lastEntry().userName, who.user.name)
    })
  }

  test('a resident cannot search for the codes of others by making codes', () => {
    const lock = claimedLock(owner, policy, [firstPin])
    const codes = residentsCodes(lock, policy, resident)
    const reasons = codes.make(codesPerHourMax + 2)
    assert.equal(reasons.filter((reason) => reason === 'granted').length, codesPerHourMax)
    assert.deepEqual(reasons.slice(-2), ['busy', 'busy'])
    assert.equal(
      lock.changePolicy(owner, nextPolicy(codes.policy(), guestWith(20, 21)), [newPin]),
      'granted',
    )
  })

  test('the hour in which so many codes may be made is over when it is, also for who goes on', () => {
    const lock = claimedLock(owner, policy, [firstPin])
    const codes = residentsCodes(lock, policy, resident)
    codes.make(1)
    lock.advance(1_800_000)
    assert.deepEqual(codes.make(codesPerHourMax).slice(-2), ['granted', 'busy'])
    lock.advance(1_800_000)
    assert.deepEqual(codes.make(1), ['granted'])
  })

  test('a disabled resident may change nothing', () => {
    const users = withUser(policy.users, resident.user.id, { userStatus: 'occupiedDisabled' })
    const disabled = { ...policy, users }
    const lock = claimedLock(owner, disabled, [firstPin])
    assert.equal(lock.changePolicy(resident, nextPolicy(disabled)), 'userDisabled')
    assert.equal(lock.lastEntry().attempt, 'changePolicy')
  })
})

test('codes whose hashes come after their time put nothing in force', () => {
  const link = ticket(9)
  const invitation = {
    id: idOf(9),
    userId: guest.user.id,
    ticketPublicKey: link.publicKey,
    notAfterMs: startWallMs + insideWindowMs,
  }
  const policy = { ...first, invitations: [invitation] }
  const lock = claimedLock(owner, policy, [firstPin])
  const { credential } = deviceKey(7)
  const credentials = [...guest.user.credentials, pinCredential(21), credential]
  const users = withUser(policy.users, guest.user.id, { credentials })
  const after = policyMessage.encode(nextPolicy(policy, { users }))
  lock.send(owner, { type: 'changePolicy', policy: after, pins: [newPin] })
  const job = lock.state.pendingChange?.job ?? 0
  lock.advance(60_000)
  // Meanwhile the invitation binds the same key under another id, which the change never saw.
  const asked = lock.ask({ invitationId: idOf(9) })
  assert.ok(asked.type === 'answer' && asked.challenge !== undefined)
  const accept = { type: 'acceptInvitation', credential: { ...credential, id: idOf(30) } } as const
  lock.sendBytes(lock.command(accept, asked.challenge), link.sign)
  assert.equal(lock.receipt().reason, 'granted')
  lock.input({ type: 'pinsHashed', job, tags: [tagOf(newPin.pin)] })
  assert.equal(lock.published().policyVersion, 1)
  assert.equal(lock.receipt().reason, 'busy')
  assert.equal(lock.state.pendingChange, undefined)
})

test('an owner’s time is heard with their change, and with none that is refused', () => {
  const lock = newLock()
  lock.wallMs = startWallMs + 600_000
  assert.equal(lock.published().timeCertain, false)
  assert.equal(lock.changePolicy(owner, nextPolicy(nextPolicy(first))), 'policyConflict')
  assert.equal(lock.published().timeCertain, false)
  assert.equal(lock.changePolicy(owner, nextPolicy(first, { doorName: 'x' })), 'granted')
  assert.equal(lock.published().timeCertain, true)
})

function hex(number: number): string {
  return idOf(number).toHex()
}

/** A resident who makes one code of their own after another, each in the place of the one before. */
function residentsCodes(lock: TestLock, policy: Policy, resident: Person) {
  let current = policy
  let made = 0
  const makeOne = (): Reason => {
    const pins = [{ credentialId: idOf(100 + made), pin: String(587_000 + 7 * made) }]
    const credentials = [...resident.user.credentials, pinCredential(100 + made)]
    const users = withUser(current.users, resident.user.id, { credentials })
    const next = nextPolicy(current, { users })
    made += 1
    const reason = lock.changePolicy(resident, next, pins)
    if (reason === 'granted') current = next
    return reason
  }
  return {
    make: (count: number): readonly Reason[] => Array.from({ length: count }, makeOne),
    policy: () => current,
  }
}
