import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason, User } from '@mortise/protocol/words'
import { limits } from '@mortise/protocol/limits'
import { commandMessage } from '@mortise/protocol/wire'
import { deviceKey, idOf, passkey, person, policyOf, ticket } from '@mortise/access/testing'
import type { Person } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const past = { notBeforeMs: 1, notAfterMs: startWallMs }
const timed = { notBeforeMs: startWallMs, notAfterMs: startWallMs + 3_600_000 }
const phone = passkey(3)
const holder: Person = {
  user: person(3, 'resident', { credentials: [phone.credential] }).user,
  sign: phone.sign,
}
const unlock = { type: 'unlock' } as const

function lockWith(...others: readonly User[]): TestLock {
  return claimedLock(owner, policyOf([owner.user, ...others]))
}

const attributed: readonly (readonly [what: string, fields: Partial<User>, reason: Reason])[] = [
  ['disabled', { userStatus: 'occupiedDisabled' }, 'userDisabled'],
  ['too late', { validity: past }, 'noLongerValid'],
  ['without the verb', { verbs: ['lock'] }, 'verbNotAllowed'],
]

describe('a command of somebody', () => {
  for (const [what, fields, reason] of attributed) {
    test(`${what} is refused with their name: ${reason}`, () => {
      const guest = person(2, 'guest', fields)
      const lock = lockWith(guest.user)
      lock.send(guest, unlock)
      const { type, userName, reason: why, verb, sequence } = lock.lastEntry()
      assert.deepEqual([type, userName, why, verb], ['refused', 'guest 2', reason, 'unlock'])
      const receipt = lock.receipt()
      assert.deepEqual([receipt.outcome, receipt.reason], ['refused', reason])
      assert.equal(receipt.sequence, sequence)
      assert.ok(receipt.nextChallenge !== undefined)
      assert.equal(lock.drives().length, 0)
    })
  }

  test('by passkey draws the bolt', () => {
    const lock = lockWith(holder.user)
    lock.send(holder, unlock)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    assert.equal(lock.lastEntry().credentialType, 'passkey')
  })

  test('who is forced draws the bolt, and the journal tells', () => {
    const forced = person(2, 'resident', { userType: 'forcedUser' })
    const lock = lockWith(forced.user)
    lock.send(forced, unlock)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
    const [alarm] = lock.entriesOf('alarmBegan')
    assert.deepEqual([alarm?.alarmCode, alarm?.userName], ['forcedUser', 'resident 2'])
  })

  test('is answered to whoever sent it, under its number', () => {
    const lock = lockWith()
    const command = lock.command({ type: 'lock' }, lock.challengeFor(owner))
    const { replyTo } = commandMessage.decode(command)
    const proof = owner.sign(command)
    const { effects } = lock.input({ type: 'signed', requestId: 77, command, proof })
    const reply = effects.find(({ type }) => type === 'reply')
    assert.ok(reply?.type === 'reply')
    assert.deepEqual([reply.requestId, reply.replyTo], [77, replyTo])
  })

  test('follows the next challenge of the receipt without a question', () => {
    const lock = lockWith()
    lock.send(owner, unlock)
    lock.settle()
    const { nextChallenge } = lock.receipt()
    assert.ok(nextChallenge !== undefined)
    lock.sendBytes(lock.command({ type: 'lock' }, nextChallenge), owner.sign)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('the next challenge lives from the receipt on, however slow the bolt', () => {
    const lock = lockWith()
    lock.send(owner, unlock)
    lock.monotonicMs += 9_000
    lock.settle()
    const { nextChallenge } = lock.receipt()
    assert.ok(nextChallenge !== undefined)
    lock.monotonicMs += limits.challengeLifeMs - 1
    lock.sendBytes(lock.command({ type: 'lock' }, nextChallenge), owner.sign)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })
})

/** Each sends something that proves nobody, and returns the lock. */
const unattributed: readonly (readonly [
  what: string,
  send: (lock: TestLock) => void,
  reason: Reason,
])[] = [
  [
    'for another lock',
    (lock) => {
      const challenge = lock.challengeFor(owner)
      lock.sendBytes(lock.command(unlock, challenge, new Uint8Array(32)), owner.sign)
    },
    'wrongLock',
  ],
  [
    'by a stranger',
    (lock) => lock.sendBytes(lock.command(unlock, lock.challengeFor(owner)), deviceKey(9).sign),
    'unknownCredential',
  ],
  [
    'with a signature of another key',
    (lock) => {
      const command = lock.command(unlock, lock.challengeFor(owner))
      const { credential: _, sign } = deviceKey(9)
      lock.sendBytes(command, (bytes) => ({
        ...sign(bytes),
        credentialId: idOf(1),
        type: 'deviceKey',
      }))
    },
    'badProof',
  ],
  [
    'with a signature over other bytes',
    (lock) => {
      const challenge = lock.challengeFor(owner)
      const locking = lock.command({ type: 'lock' }, challenge)
      lock.sendBytes(lock.command(unlock, challenge), () => owner.sign(locking))
    },
    'badProof',
  ],
  [
    'with a ticket',
    (lock) => lock.sendBytes(lock.command(unlock, lock.challengeFor(owner)), ticket(1).sign),
    'badProof',
  ],
  [
    'with a passkey on another page',
    (lock) => {
      const command = lock.command(unlock, lock.challengeFor(holder))
      lock.sendBytes(command, phone.signWith({ origin: 'https://evil.example' }))
    },
    'wrongOrigin',
  ],
  [
    'with a passkey without verification',
    (lock) => {
      const command = lock.command(unlock, lock.challengeFor(holder))
      lock.sendBytes(command, phone.signWith({ flags: 1 }))
    },
    'noUserVerification',
  ],
  [
    'without a challenge of the lock',
    (lock) => lock.sendBytes(lock.command(unlock, new Uint8Array(32)), owner.sign),
    'challengeUnknown',
  ],
  [
    'with the challenge of another',
    (lock) => lock.sendBytes(lock.command(unlock, lock.challengeFor(holder)), owner.sign),
    'challengeUnknown',
  ],
  [
    'too late',
    (lock) => {
      const challenge = lock.challengeFor(owner)
      lock.monotonicMs += limits.challengeLifeMs
      lock.sendBytes(lock.command(unlock, challenge), owner.sign)
    },
    'challengeExpired',
  ],
]

describe('a command of nobody', () => {
  for (const [what, send, reason] of unattributed) {
    test(`${what} is refused and counted: ${reason}`, () => {
      const lock = lockWith(holder.user)
      send(lock)
      const receipt = lock.receipt()
      assert.deepEqual([receipt.outcome, receipt.reason], ['refused', reason])
      assert.equal(receipt.sequence, 0)
      assert.equal(receipt.nextChallenge, undefined)
      const { type, reason: why, userName } = lock.lastEntry()
      assert.deepEqual([type, why, userName], ['messagesRefused', reason, undefined])
      assert.equal(lock.drives().length, 0)
    })
  }

  test('bytes that are no command have nobody to answer', () => {
    const lock = lockWith()
    const { effects } = lock.sendBytes(Uint8Array.of(0xff), owner.sign)
    assert.ok(effects.some(({ type }) => type === 'undeliverable'))
    assert.ok(effects.every(({ type }) => type !== 'reply'))
    assert.equal(lock.lastEntry().reason, 'malformed')
  })

  test('a lock without owner obeys nobody', () => {
    const lock = new TestLock()
    lock.sendBytes(lock.command(unlock, new Uint8Array(32)), owner.sign)
    assert.equal(lock.receipt().reason, 'notClaimed')
  })
})

describe('a challenge', () => {
  test('opens once: the same bytes again are refused', () => {
    const lock = lockWith()
    const command = lock.command(unlock, lock.challengeFor(owner))
    lock.sendBytes(command, owner.sign)
    lock.settle()
    lock.moveBolt('extended')
    lock.sendBytes(command, owner.sign)
    assert.equal(lock.receipt().reason, 'commandRepeated')
    assert.equal(lock.drives().length, 1)
  })

  test('of a copy is told from one that nobody used', () => {
    const lock = lockWith()
    const first = lock.command(unlock, lock.challengeFor(owner))
    const second = lock.command(unlock, lock.challengeFor(owner))
    lock.sendBytes(first, owner.sign)
    lock.settle()
    lock.sendBytes(second, owner.sign)
    assert.equal(lock.receipt().reason, 'challengeUnknown')
    lock.sendBytes(first, owner.sign)
    assert.equal(lock.receipt().reason, 'commandRepeated')
    lock.advance(limits.challengeLifeMs - 1)
    lock.sendBytes(first, owner.sign)
    assert.equal(lock.receipt().reason, 'commandRepeated')
    lock.boot()
    lock.sendBytes(first, owner.sign)
    assert.equal(lock.receipt().reason, 'challengeUnknown')
  })

  test('is burnt by a bad proof, and another’s is not', () => {
    const lock = lockWith(holder.user)
    const mine = lock.command(unlock, lock.challengeFor(owner))
    const theirs = lock.command(unlock, lock.challengeFor(holder))
    lock.sendBytes(mine, () => ({
      ...owner.sign(mine),
      signature: new Uint8Array(64),
      type: 'deviceKey',
      credentialId: idOf(1),
    }))
    lock.sendBytes(theirs, owner.sign)
    lock.sendBytes(mine, owner.sign)
    assert.equal(lock.receipt().reason, 'challengeUnknown')
    lock.sendBytes(theirs, holder.sign)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('dies with a later command of the same credential: what was held back stays undone', () => {
    const lock = lockWith(holder.user)
    const heldBack = lock.command(unlock, lock.challengeFor(owner))
    const theirs = lock.command(unlock, lock.challengeFor(holder))
    lock.send(owner, { type: 'lock' })
    lock.sendBytes(heldBack, owner.sign)
    assert.equal(lock.receipt().reason, 'challengeUnknown')
    assert.equal(lock.drives().length, 0)
    lock.sendBytes(theirs, holder.sign)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('survives commands that prove nothing', () => {
    const lock = lockWith()
    const command = lock.command(unlock, lock.challengeFor(owner))
    const forged = lock.command(unlock, lock.challengeFor(owner))
    lock.sendBytes(forged, () => ({
      type: 'deviceKey',
      credentialId: idOf(1),
      signature: new Uint8Array(64),
    }))
    assert.equal(lock.receipt().reason, 'badProof')
    lock.sendBytes(command, owner.sign)
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('dies with the boot', () => {
    const lock = lockWith()
    const command = lock.command(unlock, lock.challengeFor(owner))
    lock.boot()
    lock.sendBytes(command, owner.sign)
    assert.equal(lock.receipt().reason, 'challengeUnknown')
  })
})

describe('uncertain time', () => {
  const guest = person(2, 'guest', { validity: timed })

  function uncertainLock(): TestLock {
    const lock = lockWith(guest.user)
    lock.wallMs = startWallMs + 600_000
    return lock
  }

  test('refuses who is bound to a time, and does not stop the others', () => {
    const lock = uncertainLock()
    lock.send(guest, unlock)
    assert.equal(lock.receipt().reason, 'timeUncertain')
    assert.equal(lock.published().timeCertain, false)
    const resident = lockWith(holder.user)
    resident.wallMs = undefined
    resident.send(holder, unlock)
    resident.settle()
    assert.equal(resident.receipt().reason, 'granted')
    assert.equal(resident.published().timeCertain, false)
  })

  test('an owner’s accepted command confirms the clock', () => {
    const lock = uncertainLock()
    lock.send(owner, unlock)
    lock.settle()
    assert.equal(lock.published().timeCertain, true)
    assert.equal(lock.published().timeMs, startWallMs + 600_000)
    lock.send(guest, { type: 'lock' })
    lock.settle()
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('a poisoned clock is not followed, and the phone’s time heals it', () => {
    const lock = uncertainLock()
    lock.wallMs = startWallMs + 50 * 31_536_000_000
    lock.phoneMs = startWallMs + 1000
    lock.send(owner, unlock)
    lock.settle()
    assert.deepEqual(
      [lock.published().timeCertain, lock.published().timeMs],
      [true, startWallMs + 1000],
    )
    lock.advance(60_000)
    assert.equal(lock.published().timeMs, startWallMs + 61_000)
  })

  test('is an alarm with begin and end, and says whose word ended it', () => {
    const lock = uncertainLock()
    lock.input({ type: 'timer', name: 'timeFloor' })
    assert.deepEqual(lock.published().alarms, ['clockUncertain'])
    lock.send(owner, unlock)
    assert.deepEqual(lock.published().alarms, [])
    const [confirmed] = lock.entriesOf('timeConfirmed')
    assert.deepEqual(confirmed?.userId, owner.user.id)
    assert.equal(lock.entriesOf('alarmEnded').at(-1)?.alarmCode, 'clockUncertain')
  })

  test('a lock whose first clock was far ahead is claimed into the right year', () => {
    const lock = new TestLock()
    lock.wallMs = startWallMs + 50 * 31_536_000_000
    lock.boot()
    lock.phoneMs = startWallMs
    assert.equal(lock.claim(owner, policyOf([owner.user])), 'granted')
    assert.deepEqual([lock.published().timeCertain, lock.published().timeMs], [false, startWallMs])
    lock.send(owner, unlock)
    assert.deepEqual([lock.published().timeCertain, lock.published().timeMs], [true, startWallMs])
  })

  test('an owner’s refused command confirms nothing', () => {
    const lock = uncertainLock()
    lock.sendBytes(lock.command(unlock, new Uint8Array(32)), owner.sign)
    assert.equal(lock.published().timeCertain, false)
  })

  test('a resident’s command confirms nothing', () => {
    const lock = lockWith(holder.user)
    lock.wallMs = startWallMs + 600_000
    lock.send(holder, unlock)
    lock.settle()
    assert.equal(lock.published().timeCertain, false)
  })
})
