import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  deviceKey,
  idOf,
  nextPolicy,
  person,
  pinCredential,
  policyOf,
  ticket,
} from '@mortise/access/testing'
import { utf8 } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import type { CoreState, StepResult } from '#core/index.ts'
import type { MatterCommand } from '#core/matter/commands.ts'
import { setPinOf, setUserOf } from '#core/matter/testing/commands.ts'
import { assertBounded } from '#core/testing/bounds.ts'
import { claimedLock, startWallMs, tagOf } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const generations = 40
const owner = person(1, 'owner')

/** People who are there for a moment, each with another reason to be remembered. */
function generation(number: number, before: Policy) {
  const [once, twice, invited] = [number, number + 1, number + 2] as const
  const codes = [once, twice].map((each) => ({ credentialId: idOf(each + 50), pin: `7391${each}` }))
  const pinOf = (each: number) => pinCredential(each + 50)
  const guests = {
    once: person(once, 'guest', { userType: 'disposableUser', credentials: [pinOf(once)] }),
    twice: person(twice, 'guest', {
      credentialRule: 'dual',
      credentials: [deviceKey(twice).credential, pinOf(twice)],
    }),
    invited: person(invited, 'guest', { credentials: [] }),
  }
  const invitation = {
    id: idOf(invited),
    userId: guests.invited.user.id,
    ticketPublicKey: ticket(invited).publicKey,
    notAfterMs: startWallMs + 1_000_000,
  }
  const users = [owner, ...Object.values(guests)].map(({ user }) => user)
  return {
    policy: nextPolicy(before, { users, invitations: [invitation] }),
    guests,
    codes,
    invited,
  }
}

function comeAndLock(lock: TestLock, code: string): void {
  lock.enterCode(code)
  lock.settle()
  lock.send(owner, { type: 'lock' })
  lock.settle()
}

function live(lock: TestLock, number: number, before: Policy): Policy {
  const { policy, guests, codes, invited } = generation(number, before)
  assert.equal(lock.changePolicy(owner, policy, codes), 'granted')
  const [once = '', twice = ''] = codes.map(({ pin }) => pin)
  comeAndLock(lock, once)
  for (const code of [once, twice]) lock.enterCode(code)
  // Guests change no policy, and are told so.
  lock.changePolicy(guests.twice, nextPolicy(policy, { doorName: 'Mine' }))
  lock.ask({ invitationId: idOf(invited) })
  const reply = lock.lastReply()
  assert.ok(reply.type === 'answer' && reply.challenge !== undefined)
  const { credential } = deviceKey(invited + 5)
  const accept = lock.command({ type: 'acceptInvitation', credential }, reply.challenge)
  lock.sendBytes(accept, ticket(invited).sign)
  assert.equal(lock.receipt().reason, 'granted')
  return policy
}

function tellMatter(lock: TestLock, command: MatterCommand): StepResult {
  const asked = lock.input({
    type: 'matter',
    requestId: 1,
    fabricIndex: 1,
    command,
    random: lock.random(32),
  })
  const job = asked.effects.find(({ type }) => type === 'hashPin')
  if (job?.type !== 'hashPin') return asked
  return lock.input({ type: 'pinHashed', job: job.job, tag: tagOf(job.pin) })
}

/** Somebody whom a Matter administrator lets in once, and takes out again. */
function liveThroughMatter(lock: TestLock): void {
  tellMatter(lock, setPinOf('add', 1, '581903'))
  tellMatter(lock, setUserOf('modify', 1, { userType: 'disposableUser' }))
  comeAndLock(lock, '581903')
  lock.enterCode('581903')
  tellMatter(lock, { type: 'clearUser', userIndex: 1 })
}

function claimed(): readonly [TestLock, Policy] {
  const first = policyOf([owner.user], { matterChannel: 'unlock' })
  return [claimedLock(owner, first), first]
}

describe('nothing that the lock remembers grows', () => {
  test('with people who come and go', () => {
    const [lock, first] = claimed()
    let policy = first
    for (let each = 0; each < generations; each += 1) {
      policy = live(lock, 1000 + each * 100, policy)
      assertBounded(lock.state)
    }
    assert.ok(lock.state.usages.size > 0, 'a use is counted')
    assert.ok(lock.state.presented.length > 0, 'a first credential is remembered')
    assert.ok(lock.state.bindings.length > 0, 'an invitation was accepted')
    assert.ok(lock.state.credentialRefusals.counts.size > 0, 'refusals are counted by credential')
    assert.ok((lock.state.personRefusals?.counts.size ?? 0) > 0, 'and by person')
  })

  test('with people whom Matter lets in and takes out', () => {
    const [lock] = claimed()
    for (let each = 0; each < generations; each += 1) {
      liveThroughMatter(lock)
      assertBounded(lock.state)
    }
    assert.equal(lock.state.usages.size, 0)
    assert.deepEqual(lock.store.load().usages, [], 'nor what it keeps on disk')
  })

  test('with messages of nobody', () => {
    const [lock] = claimed()
    for (let each = 0; each < 2_000; each += 1) {
      lock.input({ type: 'unreadable', reason: 'unsealable' })
      lock.ask({ credentialId: idOf(5_000 + each) })
      lock.press(String(each % 10))
      if (each % 50 === 0) lock.enterCode('000000')
    }
    assertBounded(lock.state)
  })
})

describe('what has no bound is noticed', () => {
  const [{ state }] = claimed()
  const leaks: readonly (readonly [what: string, state: CoreState, says: RegExp])[] = [
    [
      'a map',
      {
        ...state,
        usages: new Map([
          ['1', { uses: 1 }],
          ['2', { uses: 1 }],
        ]),
      },
      /usages holds 2/,
    ],
    ['a list', { ...state, bindings: Array.from({ length: 1 }) }, /bindings holds 1/],
    [
      'a text',
      { ...state, keypad: { ...state.keypad, digits: '1'.repeat(99) } },
      /digits holds 99/,
    ],
    [
      'a list that is new',
      Object.assign({ ...state }, { heard: [utf8('x')] }),
      /heard holds Infinity/,
    ],
    [
      'a map that is new',
      Object.assign({ ...state }, { heard: new Map() }),
      /heard holds Infinity/,
    ],
    [
      'bytes that are new',
      Object.assign({ ...state }, { heard: new Uint8Array(999) }),
      /heard holds 999/,
    ],
  ]
  for (const [what, leaking, says] of leaks) {
    test(what, () => assert.throws(() => assertBounded(leaking), says))
  }
})
