import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  deviceKey,
  idOf,
  nextPolicy,
  person,
  policyOf,
  ticket,
  withUser,
} from '@mortise/access/testing'
import type { Operation } from '@mortise/protocol/wire'
import type { Entry, Policy } from '@mortise/protocol/words'
import { captureMs } from '#core/enrolment/enrolment.ts'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const resident = person(2, 'resident')
const guest = person(3, 'guest', { credentials: [] }).user
const links = [ticket(9), ticket(8)] as const
const invitationOf = (number: number, publicKey: Uint8Array) => ({
  id: idOf(number),
  userId: guest.id,
  ticketPublicKey: publicKey,
  notAfterMs: startWallMs + 1_000_000,
})
const invitations = [invitationOf(9, links[0].publicKey), invitationOf(8, links[1].publicKey)]
const policy = policyOf([owner.user, resident.user, guest], { invitations })
const sensors = { readerTypes: ['fingerprint'] } as const
const key = deviceKey(7)

const newLock = (from: Policy = policy): TestLock => claimedLock(owner, from, [], sensors)

/** What an entry says of who did what, and how it ended. */
function said({ type, source, userName, credentialId, attempt, outcome, reason }: Entry) {
  return { type, source, userName, credential: credentialId?.toHex(), attempt, outcome, reason }
}

/** Accepts the first invitation, or the second. Returns the command and how to send it again. */
function accept(lock: TestLock, which: 0 | 1 = 0, credential = key.credential) {
  const { id } = invitations[which] ?? assert.fail()
  const reply = lock.ask({ invitationId: id })
  assert.ok(reply.type === 'answer' && reply.challenge !== undefined)
  const command = lock.command({ type: 'acceptInvitation', credential }, reply.challenge)
  const send = () => lock.sendBytes(command, links[which].sign)
  send()
  return send
}

describe('whoever accepts an invitation', () => {
  test('is written down with the key that is theirs now, is told so, and seen by all phones', () => {
    const lock = newLock()
    const before = lock.effects.length
    accept(lock)
    assert.deepEqual(said(lock.lastEntry()), {
      type: 'invitationAccepted',
      source: 'remote',
      userName: guest.name,
      credential: key.credential.id.toHex(),
      attempt: undefined,
      outcome: 'done',
      reason: 'granted',
    })
    const { outcome, reason, sequence } = lock.receipt()
    assert.deepEqual(
      { outcome, reason, sequence },
      { outcome: 'done', reason: 'granted', sequence: lock.lastEntry().sequence },
    )
    const published = lock.effects.slice(before).filter(({ type }) => type === 'publishPolicy')
    assert.equal(published.length, 1)
  })

  test('takes nobody else’s place: both of two keys open', () => {
    const lock = newLock()
    accept(lock)
    accept(lock, 1, deviceKey(6).credential)
    assert.deepEqual(
      lock.state.bindings.map(({ credential }) => credential.id),
      [idOf(7), idOf(6)],
    )
    for (const number of [7, 6]) {
      const { credential, sign } = deviceKey(number)
      lock.send({ user: { ...guest, credentials: [credential] }, sign }, { type: 'unlock' })
      lock.settle()
      assert.equal(lock.receipt().reason, 'granted')
      lock.moveBolt('extended')
    }
  })

  test('has used the challenge up, not the link, when it comes to nothing', () => {
    const lock = newLock(policyOf([owner.user, guest], { invitations }))
    const again = accept(lock, 0, deviceKey(1).credential)
    assert.equal(lock.receipt().reason, 'policyInvalid')
    again()
    assert.equal(lock.receipt().reason, 'challengeUnknown')
    const { type, source, userName, reason } = lock.entriesOf('refused').at(-1) ?? {}
    assert.deepEqual(
      [type, source, userName, reason],
      ['refused', 'remote', guest.name, 'policyInvalid'],
    )
    accept(lock)
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('is held to ten credentials of their own, and not to those of the whole house', () => {
    const many = Array.from({ length: 10 }, (_, index) => deviceKey(60 + index).credential)
    const users = withUser(policy.users, resident.user.id, { credentials: many })
    const lock = newLock({ ...policy, users })
    accept(lock)
    assert.equal(lock.receipt().reason, 'granted')
  })

  test('of a link that is withdrawn, has no challenge any more', () => {
    const lock = newLock()
    const reply = lock.ask({ invitationId: idOf(9) })
    assert.ok(reply.type === 'answer' && reply.challenge !== undefined)
    const operation = { type: 'acceptInvitation', credential: key.credential } as const
    const command = lock.command(operation, reply.challenge)
    const without = nextPolicy(policy, { invitations: [] })
    assert.equal(lock.changePolicy(owner, without), 'granted')
    assert.equal(lock.changePolicy(owner, nextPolicy(without, { invitations })), 'granted')
    lock.sendBytes(command, links[0].sign)
    assert.equal(lock.receipt().reason, 'challengeUnknown')
  })
})

describe('whoever sets a mode', () => {
  const lockdown = { type: 'setOperatingMode', operatingMode: 'lockdown' } as const

  test('is told that it is done', () => {
    const lock = newLock()
    lock.send(resident, { type: 'setOperatingMode', operatingMode: 'privacy' })
    const { outcome, reason, sequence } = lock.receipt()
    assert.deepEqual([outcome, reason, sequence], ['done', 'granted', lock.lastEntry().sequence])
    assert.equal(lock.published().operatingModeUntilMs, undefined)
    assert.deepEqual(lock.store.registers.operatingMode, { mode: 'privacy' })
  })

  test('and may not is told that, and written down by name', () => {
    const lock = newLock(policyOf([owner.user, person(2, 'guest').user]))
    lock.send(person(2, 'guest'), lockdown)
    assert.equal(lock.receipt().outcome, 'refused')
    assert.ok(lock.receipt().nextChallenge !== undefined)
    const { userName, attempt, reason } = lock.lastEntry()
    assert.deepEqual([userName, attempt, reason], ['guest 2', 'setOperatingMode', 'notAuthorized'])
  })

  test('locks the door with a lockdown, by their name', () => {
    const lock = newLock()
    lock.moveBolt('retracted')
    lock.send(resident, lockdown)
    assert.deepEqual(
      lock.drives().map(({ direction }) => direction),
      ['extend'],
    )
    const { source, userName, credentialId } = lock.entriesOf('operationIntent').at(-1) ?? {}
    assert.deepEqual(
      [source, userName, credentialId],
      ['remote', resident.user.name, resident.user.credentials[0]?.id],
    )
  })

  const nothingToDo: Readonly<Record<string, (lock: TestLock) => void>> = {
    'that is locked': () => undefined,
    'that stands open': (lock) => {
      lock.moveBolt('retracted')
      lock.moveLeaf('open')
    },
    'whose bolt is being drawn': (lock) => {
      lock.send(owner, { type: 'unlock' })
    },
    'whose bolt is being thrown': (lock) => {
      lock.moveBolt('retracted')
      lock.send(owner, { type: 'lock' })
    },
  }
  for (const [door, prepare] of Object.entries(nothingToDo)) {
    test(`leaves a door ${door} as it is, and writes no attempt`, () => {
      const lock = newLock()
      prepare(lock)
      const [drives, results] = [lock.drives().length, lock.entriesOf('operationResult').length]
      lock.send(resident, lockdown)
      assert.equal(lock.drives().length, drives)
      assert.equal(lock.entriesOf('operationResult').length, results)
      assert.equal(lock.entriesOf('refused').length, 0)
    })
  }
})

describe('whoever has the reader learn a finger', () => {
  const enrol = (number = 40): Operation => ({
    type: 'enrolCredential',
    credentialId: idOf(number),
    credentialType: 'fingerprint',
    userId: resident.user.id,
  })

  test('is written down with what and until when, and told that it has begun', () => {
    const lock = newLock()
    lock.send(owner, enrol())
    const entry = lock.lastEntry()
    assert.deepEqual(said(entry), {
      type: 'enrolmentBegan',
      source: 'remote',
      userName: owner.user.name,
      credential: owner.user.credentials[0]?.id.toHex(),
      attempt: 'fingerprint',
      outcome: undefined,
      reason: undefined,
    })
    assert.equal(entry.untilMs, startWallMs + captureMs)
    assert.equal(lock.receipt().outcome, 'done')
  })

  test('for an id that is a key’s already is told that no policy could list it', () => {
    const lock = newLock()
    accept(lock)
    for (const number of [1, 7]) {
      lock.send(owner, enrol(number))
      assert.equal(lock.receipt().reason, 'policyInvalid')
    }
  })
})

test('a command that nobody can read is answered with nothing but its number', () => {
  const lock = newLock()
  const { effects } = lock.input({
    type: 'signed',
    requestId: 77,
    command: Uint8Array.of(1),
    proof: owner.sign(Uint8Array.of(1)),
  })
  assert.deepEqual(
    effects.filter(({ type }) => type !== 'setTimer'),
    [{ type: 'undeliverable', requestId: 77, reason: 'malformed' }],
  )
})

test('a first policy may have any version after those of earlier lives, as long as room is left', () => {
  const floor = 5
  const versions = { [floor]: false, [floor + 1]: true, [floor + 2 ** 32]: true }
  for (const [version, isGood] of Object.entries(versions)) {
    const lock = new TestLock()
    lock.store.registers = { ...lock.store.registers, policyVersionFloor: floor }
    lock.boot()
    const first = { ...policyOf([owner.user]), version: Number(version) }
    assert.equal(lock.claim(owner, first), isGood ? 'granted' : 'policyConflict', version)
    assert.equal(lock.state.setup === undefined, isGood)
  }
})
