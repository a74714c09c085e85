import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  deviceKey,
  idOf,
  nextPolicy,
  passkey,
  person,
  pinCredential,
  policyOf,
} from '@mortise/access/testing'
import type { Policy, Reason, User, Verb } from '@mortise/protocol/words'
import type { StepResult } from '#core/index.ts'
import { isLockedOut } from '#core/lockout/lockout.ts'
import { spokenHashMsMax } from '#core/requests/spoken.ts'
import { claimedLock, startWallMs, tagOf } from '#core/testing/test-lock.ts'
import type { TestLock } from '#core/testing/test-lock.ts'

const keypadPin = '581903'
const voicePin = '739184'
const forcedPin = '402917'
const otherVoicePin = '615048'

const owner = person(1, 'owner', { credentials: [deviceKey(1).credential, pinCredential(10)] })
const rights = { verbs: ['lock', 'unlock'], credentialRule: 'dual' } as const
const assistant = person(2, 'agent', {
  ...rights,
  credentials: [deviceKey(2).credential, pinCredential(20), { ...pinCredential(21), duress: true }],
})
const other = person(3, 'agent', {
  ...rights,
  credentials: [deviceKey(3).credential, pinCredential(30)],
})
const silent = person(4, 'agent', { ...rights, credentials: [deviceKey(4).credential] })
const lockingOnly = person(5, 'agent', {
  verbs: ['lock'],
  credentials: [deviceKey(5).credential, pinCredential(50)],
})
const everybody = [owner, assistant, other, silent, lockingOnly]
const policy = policyOf(everybody.map(({ user }) => user))
const pins = [
  { credentialId: idOf(10), pin: keypadPin },
  { credentialId: idOf(20), pin: voicePin },
  { credentialId: idOf(21), pin: forcedPin },
  { credentialId: idOf(30), pin: otherVoicePin },
  { credentialId: idOf(50), pin: '903712' },
]

const newLock = (): TestLock => claimedLock(owner, policy, pins)

/** Signs and sends, and lets the hash come where one is asked for. Returns the reason. */
function say(
  lock: TestLock,
  pin: string | undefined,
  who = assistant,
  type: Exclude<Verb, 'lock'> = 'unlock',
): Reason {
  const before = lock.effects.length
  lock.send(who, { type, ...(pin === undefined ? {} : { pin }) })
  if (lock.effects.slice(before).some((effect) => effect.type === 'hashPin')) lock.finishHash()
  if (lock.state.bolt.drive !== undefined) lock.settle()
  return lock.receipt().reason
}

function sayWrong(lock: TestLock, times: number): void {
  for (let each = 0; each < times; each += 1) say(lock, `00000${each}`)
}

function changed(lock: TestLock, fields: Partial<User>, of = assistant): void {
  lock.pressInside()
  const users = policy.users.map((user) => (user.id === of.user.id ? { ...user, ...fields } : user))
  assert.equal(lock.changePolicy(owner, nextPolicy(policy, { users })), 'granted')
}

describe('an assistant', () => {
  test('opens with the PIN that it was told, and the journal says by voice', () => {
    const lock = newLock()
    assert.equal(say(lock, voicePin), 'granted')
    const { source, userName, verb, duress, credentialType } = lock.lastEntry()
    assert.deepEqual(
      [source, userName, verb, duress, credentialType],
      ['voice', assistant.user.name, 'unlock', undefined, 'deviceKey'],
    )
  })

  const refused: readonly (readonly [string, typeof assistant, string | undefined, Reason])[] = [
    ['that is told no PIN', assistant, undefined, 'voicePinNeeded'],
    ['that has no PIN', silent, voicePin, 'voicePinNeeded'],
    ['that may only lock', lockingOnly, '903712', 'verbNotAllowed'],
    ['that is told a wrong PIN', assistant, '000000', 'unknownCode'],
    ['that is told the code of the keypad', assistant, keypadPin, 'unknownCode'],
    ['that is told the PIN of another one', assistant, otherVoicePin, 'unknownCode'],
  ]
  for (const [what, who, pin, reason] of refused) {
    test(`${what} opens nothing: ${reason}`, () => {
      const lock = newLock()
      assert.equal(say(lock, pin, who), reason)
      assert.equal(lock.drives().length, 0)
    })
  }

  test('locks without a PIN, and no sooner says so than the lock', () => {
    const lock = newLock()
    say(lock, voicePin)
    lock.send(assistant, { type: 'lock' })
    lock.settle()
    const { source, verb, outcome } = lock.lastEntry()
    assert.deepEqual([source, verb, outcome], ['remote', 'lock', 'done'])
  })

  test('pulls the latch where it may', () => {
    const lock = claimedLock(owner, policy, pins, { latchPulled: false })
    assert.equal(say(lock, voicePin, assistant, 'unlatch'), 'verbNotAllowed')
    changed(lock, { verbs: ['unlatch'] })
    assert.equal(say(lock, voicePin, assistant, 'unlatch'), 'granted')
    assert.ok(lock.effects.some(({ type }) => type === 'pullLatch'))
  })

  test('opens for as long as it was asked to', () => {
    const lock = newLock()
    lock.send(assistant, { type: 'unlock', timeoutSeconds: 60, pin: voicePin })
    lock.finishHash()
    lock.settle()
    lock.advance(60_000)
    assert.equal(lock.drives().at(-1)?.direction, 'extend')
  })

  test('that is forced opens as ever, and the owners alone are told', () => {
    const [lock, free] = [newLock(), newLock()]
    assert.equal(say(lock, forcedPin), 'granted')
    assert.equal(say(free, voicePin), 'granted')
    const seen = (of: TestLock) => [of.receipt().outcome, of.published().alarms, of.drives()]
    assert.deepEqual(seen(lock).slice(0, 2), seen(free).slice(0, 2))
    const alarm = lock.entriesOf('alarmBegan').at(-1)
    assert.deepEqual([alarm?.alarmCode, alarm?.source], ['forcedUser', 'voice'])
    assert.equal(free.entriesOf('alarmBegan').length, 0)
  })

  test('needs its third credential where the owners want three, and the PIN waits for it', () => {
    const lock = newLock()
    changed(lock, { credentialRule: 'tri' })
    assert.equal(say(lock, voicePin), 'anotherCredentialNeeded')
    assert.equal(lock.drives().length, 0)
    const shown = lock.entriesOf('credentialPresented')
    assert.deepEqual(
      shown.map(({ source, userName, credentialType }) => [source, userName, credentialType]),
      [
        ['voice', assistant.user.name, 'pin'],
        ['voice', assistant.user.name, 'deviceKey'],
      ],
    )
  })

  test('opens with the third, in whatever order it brings them', () => {
    const second = passkey(22)
    const credentials = [...assistant.user.credentials, second.credential]
    const asSecond = { user: { ...assistant.user, credentials: [second.credential] } }
    for (const pinFirst of [true, false]) {
      const lock = newLock()
      changed(lock, { credentialRule: 'tri', credentials })
      const byPasskey = () => say(lock, undefined, { ...asSecond, sign: second.sign })
      const bySpeaking = () => say(lock, voicePin)
      const [first, last] = pinFirst ? [bySpeaking, byPasskey] : [byPasskey, bySpeaking]
      first()
      assert.equal(lock.drives().length, 0)
      assert.equal(last(), 'granted')
    }
  })

  test('opens nothing by its PIN at the keypad, where it is a wrong code', () => {
    const lock = newLock()
    for (const pin of [voicePin, forcedPin, otherVoicePin]) lock.enterCode(pin)
    assert.equal(lock.drives().length, 0)
    assert.deepEqual(lock.triesAt('keypad'), [3, 0])
    assert.equal(lock.lastEntry().reason, 'unknownCode')
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'wrongCode' })
  })

  test('nobody else speaks: a person’s phone that sends a code is refused unseen', () => {
    const lock = newLock()
    assert.equal(say(lock, keypadPin, owner), 'channelClosed')
    assert.equal(say(lock, voicePin, owner), 'channelClosed')
    assert.equal(lock.effects.filter(({ type }) => type === 'hashPin').length, 0)
  })
})

describe('wrong voice PINs', () => {
  test('lock that way, for longer each time, and neither keypad, phone nor locking', () => {
    const lock = newLock()
    for (const seconds of [30, 60, 120]) {
      sayWrong(lock, 5)
      assert.equal(say(lock, voicePin), 'voiceLockedOut')
      assert.equal(say(lock, otherVoicePin, other), 'voiceLockedOut')
      assert.ok(lock.published().alarms.includes('wrongCodeEntryLimit'))
      lock.advance(seconds * 1000 - 1)
      assert.equal(say(lock, voicePin), 'voiceLockedOut')
      lock.advance(1)
      assert.ok(!lock.published().alarms.includes('wrongCodeEntryLimit'))
    }
    sayWrong(lock, 5)
    lock.enterCode(keypadPin)
    lock.settle()
    lock.send(assistant, { type: 'lock' })
    lock.settle()
    lock.send(owner, { type: 'unlock' })
    lock.settle()
    assert.equal(lock.drives().length, 3)
    assert.equal(isLockedOut(lock.state, 'voice'), true)
  })

  test('are written down with the way and the end, and the alarm begins and ends', () => {
    const lock = newLock()
    sayWrong(lock, 5)
    const [entry] = lock.entriesOf('keypadLockedOut')
    const untilMs = startWallMs + 30_000
    assert.deepEqual([entry?.source, entry?.count, entry?.untilMs], ['voice', 5, untilMs])
    assert.ok(lock.entriesOf('refused').every(({ source }) => source === 'voice'))
    lock.advance(30_000)
    const alarms = [...lock.entriesOf('alarmBegan'), ...lock.entriesOf('alarmEnded')]
    assert.deepEqual(
      alarms.map(({ alarmCode }) => alarmCode),
      ['wrongCodeEntryLimit', 'wrongCodeEntryLimit'],
    )
    assert.equal(lock.published().keypadLockedUntilMs, undefined)
  })

  test('are forgiven by a right one, and by no code at the keypad', () => {
    const lock = newLock()
    sayWrong(lock, 4)
    lock.enterCode(keypadPin)
    lock.settle()
    assert.deepEqual(lock.triesAt('voice'), [4, 0])
    say(lock, voicePin)
    assert.deepEqual(lock.triesAt('voice'), [0, 0])
  })

  test('do not count at the keypad, nor wrong codes here', () => {
    const lock = newLock()
    sayWrong(lock, 4)
    for (let each = 0; each < 4; each += 1) lock.enterCode(`00000${each}`)
    assert.deepEqual(
      [lock.triesAt('voice'), lock.triesAt('keypad')],
      [
        [4, 0],
        [4, 0],
      ],
    )
  })

  test('count before the hash begins, and a power cut wins no guess', () => {
    const lock = newLock()
    for (let tries = 0; tries < 5; tries += 1) {
      assert.equal(isLockedOut(lock.state, 'voice'), false)
      lock.send(assistant, { type: 'unlock', pin: '000000' })
      assert.deepEqual(lock.triesAt('voice'), [tries + 1, 0])
      lock.boot()
    }
    assert.equal(isLockedOut(lock.state, 'voice'), true)
    lock.advance(29_999)
    lock.boot()
    assert.equal(say(lock, voicePin), 'voiceLockedOut')
    lock.advance(30_000)
    assert.equal(say(lock, voicePin), 'granted')
  })

  test('need a command of the assistant: whoever only knows the PIN cannot try', () => {
    const lock = newLock()
    const command = lock.command({ type: 'unlock', pin: voicePin }, lock.challengeFor(assistant))
    lock.sendBytes(command, other.sign)
    assert.notEqual(lock.receipt().reason, 'granted')
    assert.deepEqual(lock.triesAt('voice'), [0, 0])
  })
})

describe('the hash of a spoken PIN', () => {
  /** What is sent and not answered yet. */
  function begin(lock: TestLock, who = assistant, pin = voicePin): () => StepResult {
    lock.send(who, { type: 'unlock', pin })
    const job = lock.effects.findLast(({ type }) => type === 'hashPin')
    assert.ok(job?.type === 'hashPin')
    return () => lock.input({ type: 'pinHashed', job: job.job, tag: tagOf(job.pin) })
  }

  test('is one at a time, also for another assistant', () => {
    const lock = newLock()
    const hashed = begin(lock)
    assert.equal(say(lock, otherVoicePin, other), 'busy')
    assert.deepEqual(lock.triesAt('voice'), [1, 0])
    hashed()
    assert.equal(lock.drives().length, 1)
  })

  test('that comes too late, or twice, opens nothing', () => {
    const lock = newLock()
    const hashed = begin(lock)
    lock.advance(spokenHashMsMax)
    hashed()
    assert.equal(lock.receipt().reason, 'interrupted')
    hashed()
    assert.equal(lock.drives().length, 0)
    assert.deepEqual(lock.triesAt('voice'), [1, 0])
  })

  test('that fails is a wrong one, and is answered', () => {
    const lock = newLock()
    begin(lock)
    lock.input({ type: 'hashFailed', job: lock.state.spokenJob?.job ?? 0 })
    assert.equal(lock.receipt().reason, 'interrupted')
    assert.deepEqual(lock.triesAt('voice'), [1, 0])
    assert.equal(say(lock, voicePin), 'granted')
  })

  test('that fails as the last of too many locks this way at once', () => {
    const lock = newLock()
    sayWrong(lock, 4)
    begin(lock)
    lock.input({ type: 'hashFailed', job: lock.state.spokenJob?.job ?? 0 })
    assert.equal(isLockedOut(lock.state, 'voice'), true)
    assert.equal(lock.entriesOf('keypadLockedOut').at(-1)?.source, 'voice')
  })

  test('that never comes is a wrong one as well', () => {
    const lock = newLock()
    for (let each = 0; each < 5; each += 1) {
      begin(lock)
      lock.advance(spokenHashMsMax)
    }
    assert.equal(say(lock, voicePin), 'voiceLockedOut')
    assert.equal(lock.entriesOf('keypadLockedOut').length, 1)
  })

  const meanwhile: readonly (readonly [string, Partial<Policy>, Reason])[] = [
    ['whose assistant is gone', { users: policy.users.toSpliced(1, 1) }, 'unknownCode'],
    [
      'whose assistant may no longer open',
      {
        users: policy.users.map((user) => ({
          ...user,
          verbs: user === assistant.user ? [] : user.verbs,
        })),
      },
      'verbNotAllowed',
    ],
  ]
  test('opens in the name that the assistant has by then', () => {
    const lock = newLock()
    const hashed = begin(lock)
    const users = policy.users.map((user) =>
      user === assistant.user ? { ...user, name: 'Kitchen' } : user,
    )
    assert.equal(lock.changePolicy(owner, nextPolicy(policy, { users })), 'granted')
    hashed()
    assert.equal(lock.entriesOf('operationIntent').at(-1)?.userName, 'Kitchen')
  })

  for (const [what, fields, reason] of meanwhile) {
    test(`${what} meanwhile opens nothing`, () => {
      const lock = newLock()
      const hashed = begin(lock)
      assert.equal(lock.changePolicy(owner, nextPolicy(policy, fields)), 'granted')
      hashed()
      assert.equal(lock.receipt().reason, reason)
      assert.equal(lock.drives().length, 0)
    })
  }
})
