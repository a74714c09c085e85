import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { policyReportMessage, replyMessage, stateMessage } from '@mortise/protocol/wire'
import { boot, policyReport, step } from '#core/index.ts'
import type { Input } from '#core/index.ts'
import { idOf, nextPolicy, person, pinCredential, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

const hourMs = 3_600_000
const owner = person(1, 'owner')
const first = policyOf([owner.user])

test('the whole story: claim, a visitor’s code, phone, and the code ends by itself', () => {
  const lock = claimedLock(owner, first)
  const visitor = person(2, 'guest', {
    name: 'Visitor',
    credentials: [pinCredential(20)],
    verbs: ['unlock'],
    validity: { notBeforeMs: startWallMs, notAfterMs: startWallMs + hourMs },
  }).user
  const second = nextPolicy(first, { users: [owner.user, visitor] })
  const pins = [{ credentialId: idOf(20), pin: '739184' }]
  assert.equal(lock.changePolicy(owner, second, pins), 'granted')

  lock.enterCode('739184')
  assert.equal(lock.published().lockState, 'locked')
  assert.equal(lock.published().moving, true)
  lock.settle()
  assert.equal(lock.published().lockState, 'unlocked')
  assert.deepEqual(lock.lastSignal(), { type: 'granted', verb: 'unlock' })

  lock.send(owner, { type: 'lock' })
  lock.settle()
  const { outcome, reason, sequence, state } = lock.receipt()
  assert.deepEqual([outcome, reason, state.lockState], ['done', 'granted', 'locked'])
  assert.equal(sequence, state.sequence)

  lock.advance(hourMs)
  lock.enterCode('739184')
  assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'ended' })
  assert.equal(lock.drives().length, 2)

  const story = lock.store
    .journal()
    .map(({ type, source, userName, verb, reason: why }) =>
      [type, source, userName, verb, why].filter((word) => word !== undefined).join(' '),
    )
  assert.deepEqual(story, [
    'started',
    'setupWindowOpened button',
    'claimed remote owner 1 granted',
    'policyChanged remote owner 1 granted',
    'operationIntent keypad Visitor unlock',
    'operationResult keypad Visitor unlock granted',
    'operationIntent remote owner 1 lock',
    'operationResult remote owner 1 lock granted',
    'refused keypad Visitor unlock noLongerValid',
  ])
})

/** One of each, so that a new kind of input must be added here. */
const everyInput: Record<Input['type'], Input> = {
  biometric: { type: 'biometric', credentialType: 'face' },
  enrolment: { type: 'enrolment', credentialId: idOf(30), step: 'enrolled' },
  link: { type: 'link', up: false },
  newestPolicy: { type: 'newestPolicy', version: 1 },
  matter: {
    type: 'matter',
    requestId: 3,
    fabricIndex: 1,
    command: { type: 'lockDoor', pinCode: undefined },
    random: new Uint8Array(32),
  },
  latchMoved: { type: 'latchMoved', pulled: true },
  matterFabricRemoved: { type: 'matterFabricRemoved', fabricIndex: 1 },
  ask: {
    type: 'ask',
    requestId: 1,
    nonce: new Uint8Array(32),
    replyTo: new Uint8Array(32),
    credentialId: idOf(1),
  },
  signed: {
    type: 'signed',
    requestId: 2,
    command: Uint8Array.of(1),
    proof: { type: 'deviceKey', credentialId: idOf(1), signature: new Uint8Array(64) },
  },
  unreadable: { type: 'unreadable', reason: 'unsealable' },
  linkRefused: { type: 'linkRefused', reason: 'badProof' },
  key: { type: 'key', key: '1' },
  pinHashed: { type: 'pinHashed', job: 7, tag: new Uint8Array(32) },
  pinsHashed: { type: 'pinsHashed', job: 7, tags: [] },
  hashFailed: { type: 'hashFailed', job: 7 },
  boltMoved: { type: 'boltMoved', position: 'retracted' },
  driveStalled: { type: 'driveStalled', reason: 'blocked' },
  leafMoved: { type: 'leafMoved', position: 'open' },
  insideButton: { type: 'insideButton', random: new Uint8Array(16) },
  insideButtonReleased: { type: 'insideButtonReleased' },
  tamper: { type: 'tamper', removed: true },
  power: { type: 'power', mainsPresent: false, batteryPercent: 10 },
  storage: { type: 'storage', reserve: 'whole', acknowledgedSequence: 0 },
  timer: { type: 'timer', name: 'timeFloor' },
}

/** Freezes what an object holds, so that any mutation throws. Typed arrays cannot be frozen. */
function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(freeze)
    Object.freeze(value)
  }
  return value
}

describe('a step is a function', () => {
  const context = freeze({
    crypto: { ...crypto },
    softwareVersion: 'test',
    challengeSecret: new Uint8Array(32),
  })
  for (const input of Object.values(everyInput)) {
    test(`${input.type}: changes nothing it was given, and gives the same twice`, () => {
      const { state } = claimedLock(owner, first)
      const now = { monotonicMs: 1000, wallMs: startWallMs + 1000 }
      const [left, right] = [1, 2].map(() =>
        step(context, freeze(state), freeze(now), freeze(input)),
      )
      assert.deepEqual(left, right)
    })
  }

  test('and so is a boot', () => {
    const stored = freeze(claimedLock(owner, first).store.load())
    const sensors = { bolt: 'extended', leaf: 'closed', tamperRemoved: true } as const
    const now = { monotonicMs: 0, wallMs: startWallMs }
    assert.deepEqual(boot(context, stored, sensors, now), boot(context, stored, sensors, now))
  })
})

describe('what the lock says can be sent', () => {
  test('state, policy report and every reply of a story encode', () => {
    const lock = claimedLock(owner, first, [], { mainsPresent: false, batteryPercent: 3 })
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    lock.ask()
    lock.press('1#')
    stateMessage.encode(lock.published())
    const report = policyReport(lock.state, lock.now())
    assert.ok(report !== undefined)
    assert.deepEqual(policyReportMessage.decode(policyReportMessage.encode(report)), report)
    for (const effect of lock.effects) {
      if (effect.type === 'reply') replyMessage.encode(effect.reply)
    }
  })

  test('a lock without owner has no policy to report', () => {
    const lock = new TestLock()
    assert.equal(policyReport(lock.state, lock.now()), undefined)
  })
})

describe('every timer may come when nothing waits for it', () => {
  const names = [
    'keypadIdle',
    'lockouts',
    'setupWindow',
    'insidePresence',
    'drive',
    'autoRelock',
    'passage',
    'alarms',
    'operatingMode',
    'messagesRefused',
  ] as const
  for (const name of names) {
    test(name, () => {
      const lock = claimedLock(owner, first)
      const { writes, effects } = lock.input({ type: 'timer', name })
      assert.deepEqual([writes, effects], [[], []])
    })
  }
})
