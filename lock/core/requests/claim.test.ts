import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { setupChallenge } from '@mortise/protocol/verify'
import { bytesEqual, policyMessage } from '@mortise/protocol/wire'
import type { PinForCredential } from '@mortise/protocol/wire'
import type { Policy, Reason } from '@mortise/protocol/words'
import { insideWindowMs, wrongSetupCodesMax } from '#core/inside/button.ts'
import {
  idOf,
  lockId,
  passkey,
  person,
  pinCredential,
  policyOf,
  ticket,
} from '@mortise/access/testing'
import type { Signer } from '@mortise/access/testing'
import { claimedLock, tagOf, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const manager = person(2, 'manager')
const policy = policyOf([owner.user, manager.user])
const withPin = policyOf([
  { ...owner.user, credentials: [...owner.user.credentials, pinCredential(5)] },
])
const phone = passkey(3)
const phonePolicy = policyOf([{ ...owner.user, credentials: [phone.credential] }])

const forged: Signer = () => ({
  type: 'deviceKey',
  credentialId: idOf(1),
  signature: new Uint8Array(64),
})

interface Attempt {
  readonly policy?: Policy
  readonly bytes?: Uint8Array
  readonly pins?: readonly PinForCredential[]
  readonly sign?: Signer
  readonly code?: Uint8Array
  readonly lockId?: Uint8Array
}

/** Sends a claim and returns the reason of its receipt, or of what it waits for. */
function attempt(lock: TestLock, code: Uint8Array, fields: Attempt = {}): Reason | 'hashing' {
  const challenge = setupChallenge(crypto, fields.code ?? code)
  const operation = {
    type: 'claim',
    policy: fields.bytes ?? policyMessage.encode(fields.policy ?? policy),
    pins: fields.pins ?? [],
  } as const
  const command = lock.command(operation, challenge, fields.lockId)
  lock.sendBytes(command, fields.sign ?? owner.sign)
  return lock.state.pendingChange === undefined ? lock.receipt().reason : 'hashing'
}

const pin = { credentialId: idOf(5), pin: '739184' }
const rows: readonly (readonly [what: string, fields: Attempt, reason: Reason | 'hashing'])[] = [
  ['a good claim', {}, 'granted'],
  ['with a passkey', { policy: phonePolicy, sign: phone.sign }, 'granted'],
  ['a later version, after an earlier life', { policy: { ...policy, version: 40 } }, 'granted'],
  ['with a code', { policy: withPin, pins: [pin] }, 'hashing'],
  ['another setup code', { code: new Uint8Array(16) }, 'wrongSetupCode'],
  ['for another lock', { lockId: new Uint8Array(32) }, 'wrongLock'],
  ['a policy for another lock', { policy: { ...policy, lockId: new Uint8Array(32) } }, 'wrongLock'],
  ['no policy', { bytes: Uint8Array.of(1, 2) }, 'policyInvalid'],
  [
    'a version that leaves no room',
    { policy: { ...policy, version: 2 ** 32 + 1 } },
    'policyConflict',
  ],
  ['a previous policy', { policy: { ...policy, previous: lockId } }, 'policyConflict'],
  ['signed by nobody of the policy', { sign: person(9, 'owner').sign }, 'unknownCredential'],
  ['signed by a manager', { sign: manager.sign }, 'notAuthorized'],
  ['signed by a ticket', { sign: ticket(1).sign }, 'badProof'],
  ['signed with another key', { sign: forged }, 'badProof'],
  ['a zone that is none', { policy: { ...policy, timeZone: 'Nowhere' } }, 'policyInvalid'],
  ['a code without digits', { policy: withPin }, 'pinMissing'],
  ['digits without a code', { pins: [pin] }, 'pinUnexpected'],
  ['a guessable code', { policy: withPin, pins: [{ ...pin, pin: '111111' }] }, 'pinTooGuessable'],
]

describe('a claim', () => {
  for (const [what, fields, reason] of rows) {
    test(`${what}: ${reason}`, () => {
      const lock = new TestLock()
      assert.equal(attempt(lock, lock.pressInside(), fields), reason)
      assert.equal(lock.published().claimed, reason === 'granted')
      assert.equal(lock.drives().length, 0)
      if (reason !== 'granted' && reason !== 'hashing') {
        assert.equal(lock.store.policy, undefined)
        assert.equal(lock.store.registers.policyVersionFloor, 0)
      }
    })
  }

  test('without the button', () => {
    assert.equal(attempt(new TestLock(), new Uint8Array(16)), 'setupWindowClosed')
  })

  test('after the window', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    lock.monotonicMs = insideWindowMs
    assert.equal(attempt(lock, code), 'setupWindowClosed')
  })

  test('with the code of an earlier press', () => {
    const lock = new TestLock()
    const old = lock.pressInside()
    const code = lock.pressInside()
    assert.equal(attempt(lock, old), 'wrongSetupCode')
    assert.equal(attempt(lock, code), 'granted')
  })

  test('a refused policy leaves the code usable by whoever sees it', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    assert.equal(
      attempt(lock, code, { policy: { ...policy, timeZone: 'Nowhere' } }),
      'policyInvalid',
    )
    assert.equal(attempt(lock, code), 'granted')
  })

  test('the first takes the lock, the same code opens nothing afterwards', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    assert.equal(attempt(lock, code), 'granted')
    assert.equal(attempt(lock, code), 'alreadyClaimed')
    const thief = person(8, 'owner')
    const taken = attempt(lock, code, { policy: policyOf([thief.user]), sign: thief.sign })
    assert.equal(taken, 'alreadyClaimed')
    assert.equal(lock.entriesOf('claimed').length, 1)
  })

  test('writes policy, floor and entry together, closes the window, hands out a challenge', () => {
    const lock = new TestLock()
    assert.equal(attempt(lock, lock.pressInside()), 'granted')
    assert.deepEqual(lock.store.policy, policyMessage.encode(policy))
    assert.equal(lock.store.registers.policyVersionFloor, 1)
    const entry = lock.lastEntry()
    assert.deepEqual([entry.type, entry.userName, entry.policyVersion], ['claimed', 'owner 1', 1])
    assert.equal(lock.receipt().sequence, entry.sequence)
    assert.ok(lock.receipt().nextChallenge !== undefined)
    const types = lock.effects.map(({ type }) => type)
    assert.ok(types.includes('hideSetupCode') && types.includes('publishPolicy'))
    assert.equal(lock.timerAt('setupWindow'), undefined)
  })
})

describe('wrong setup codes', () => {
  test('are written down, and the fifth closes the window', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    for (let tries = 1; tries <= wrongSetupCodesMax; tries += 1) {
      assert.ok(lock.state.setup !== undefined)
      assert.equal(attempt(lock, code, { code: new Uint8Array(16) }), 'wrongSetupCode')
    }
    assert.equal(lock.state.setup, undefined)
    const refused = lock.entriesOf('refused')
    assert.equal(refused.length, wrongSetupCodesMax)
    assert.ok(refused.every((entry) => entry.source === 'remote' && entry.attempt === 'claim'))
    assert.equal(lock.lastEntry().type, 'setupWindowClosed')
    assert.equal(attempt(lock, code), 'setupWindowClosed')
  })

  test('a new press starts the count again', () => {
    const lock = new TestLock()
    for (let tries = 1; tries < wrongSetupCodesMax; tries += 1) {
      attempt(lock, lock.pressInside(), { code: new Uint8Array(16) })
    }
    assert.equal(attempt(lock, lock.pressInside()), 'granted')
  })
})

describe('a claim with codes', () => {
  test('is done when they are hashed, and a second claim waits', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    assert.equal(attempt(lock, code, { policy: withPin, pins: [pin] }), 'hashing')
    assert.equal(lock.published().claimed, false)
    attempt(lock, code)
    assert.equal(lock.receipt().reason, 'busy')
    const job = lock.state.pendingChange?.job ?? 0
    lock.input({ type: 'pinsHashed', job: job + 1, tags: [tagOf('739184')] })
    assert.equal(lock.published().claimed, false)
    lock.input({ type: 'pinsHashed', job, tags: [tagOf('739184')] })
    assert.equal(lock.receipt().reason, 'granted')
    assert.ok(bytesEqual(lock.store.pinTags()[0]?.tag ?? new Uint8Array(), tagOf('739184')))
  })

  test('takes back a setup code that was asked for meanwhile', () => {
    const lock = new TestLock()
    attempt(lock, lock.pressInside(), { policy: withPin, pins: [pin] })
    lock.pressInside()
    const job = lock.state.pendingChange?.job ?? 0
    const { effects } = lock.input({ type: 'pinsHashed', job, tags: [tagOf('739184')] })
    assert.equal(lock.published().claimed, true)
    assert.equal(lock.state.setup, undefined)
    assert.ok(effects.some(({ type }) => type === 'hideSetupCode'))
  })

  test('that are hashed too late is refused as a claim, and can be made again with another setup code', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    attempt(lock, code, { policy: withPin, pins: [pin] })
    assert.ok(lock.effects.some(({ type }) => type === 'hideSetupCode'))
    const job = lock.state.pendingChange?.job ?? 0
    lock.monotonicMs += 60_000
    lock.input({ type: 'pinsHashed', job, tags: [tagOf('739184')] })
    assert.equal(lock.receipt().reason, 'busy')
    const { type, attempt: what, reason } = lock.lastEntry()
    assert.deepEqual([type, what, reason], ['refused', 'claim', 'busy'])
    assert.equal(lock.published().claimed, false)
    assert.equal(attempt(lock, code), 'setupWindowClosed')
    assert.equal(lock.claim(owner, policy), 'granted')
  })

  const twoPins = policyOf([
    { ...owner.user, credentials: [...owner.user.credentials, pinCredential(5), pinCredential(6)] },
  ])
  for (const [afterMs, reason] of [
    [33_999, 'granted'],
    [34_000, 'busy'],
  ] as const) {
    test(`waits for half a minute, and two seconds for each code: ${reason} after ${afterMs} ms`, () => {
      const lock = new TestLock()
      const two = [pin, { credentialId: idOf(6), pin: '581903' }]
      attempt(lock, lock.pressInside(), { policy: twoPins, pins: two })
      const job = lock.state.pendingChange?.job ?? 0
      lock.monotonicMs += afterMs
      lock.input({ type: 'pinsHashed', job, tags: two.map((one) => tagOf(one.pin)) })
      assert.equal(lock.receipt().reason, reason)
    })
  }

  test('a power cut before leaves the lock without owner', () => {
    const lock = new TestLock()
    attempt(lock, lock.pressInside(), { policy: withPin, pins: [pin] })
    lock.boot()
    assert.equal(lock.published().claimed, false)
    assert.equal(lock.claim(owner, policy), 'granted')
  })
})

test('a claimed lock refuses claims without a line for each', () => {
  const lock = claimedLock(owner, policy)
  const before = lock.store.encodedEntries.length
  for (let tries = 0; tries < 20; tries += 1) {
    assert.equal(attempt(lock, new Uint8Array(16)), 'alreadyClaimed')
  }
  assert.equal(lock.store.encodedEntries.length, before + 1)
  assert.equal(lock.receipt().sequence, 0)
})
