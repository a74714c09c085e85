import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { idOf, nextPolicy, person, pinCredential, policyOf } from '@mortise/access/testing'
import { policyMessage, utf8 } from '@mortise/protocol/wire'
import type { Effect } from '#core/index.ts'
import { insideWindowMs } from '#core/inside/button.ts'
import { holdMs, offerMs, waitMs } from '#core/reset/times.ts'
import { claimedLock, startWallMs, tagOf, TestLock } from '#core/testing/test-lock.ts'

const owner = person(1, 'owner')
const resident = person(2, 'resident', {
  credentials: [...person(2, 'resident').user.credentials, pinCredential(20)],
})
const guest = person(3, 'guest', { useLimit: 5, credentials: [pinCredential(30)] })
const manager = person(4, 'manager')
const off = person(5, 'owner', { userStatus: 'occupiedDisabled' })
const first = policyOf([owner.user, resident.user, guest.user, manager.user])
const pins = [
  { credentialId: idOf(20), pin: '739184' },
  { credentialId: idOf(30), pin: '518203' },
]
const sensors = { readerTypes: ['fingerprint'] } as const

function lockHere(): TestLock {
  return claimedLock(owner, first, pins, sensors)
}

function stageOf({ state }: TestLock): string | undefined {
  return state.factoryReset?.stage
}

function typesSince(effects: readonly Effect[], from: number): readonly string[] {
  return effects.slice(from).map(({ type }) => type)
}

describe('asking for a reset on the inside', () => {
  test('is holding the button, letting go and pressing it once more', () => {
    const lock = lockHere()
    lock.holdInside(holdMs)
    assert.equal(stageOf(lock), 'offered')
    assert.deepEqual(
      lock.effects.findLast(({ type }) => type === 'showFactoryReset'),
      {
        type: 'showFactoryReset',
        stage: 'offered',
        untilMonotonicMs: holdMs + offerMs,
      },
    )
    assert.equal(lock.published().factoryResetAtMs, undefined)
    lock.letGoInside()
    lock.advance(1_000)
    lock.pressInside()
    assert.equal(stageOf(lock), 'waiting')
    const { type, alarmCode, source, untilMs } = lock.lastEntry()
    assert.deepEqual([type, alarmCode, source], ['alarmBegan', 'lockFactoryReset', 'button'])
    assert.equal(untilMs, startWallMs + holdMs + 1_000 + waitMs)
    assert.equal(lock.published().factoryResetAtMs, untilMs)
    assert.deepEqual(lock.published().alarms, ['lockFactoryReset'])
  })

  const tooLittle: readonly (readonly [string, (lock: TestLock) => void])[] = [
    ['a press', (lock) => lock.pressInside()],
    ['two presses', (lock) => (lock.pressInside(), lock.pressInside())],
    [
      'letting go too soon',
      (lock) => {
        lock.holdInside(holdMs - 1)
        lock.letGoInside()
        lock.advance(holdMs)
        lock.pressInside()
      },
    ],
    [
      'pressing again too late',
      (lock) => {
        lock.holdInside(holdMs)
        lock.letGoInside()
        lock.advance(offerMs)
        lock.pressInside()
      },
    ],
    ['a button that is stuck', (lock) => lock.holdInside(waitMs)],
    [
      'a restart in between',
      (lock) => {
        lock.holdInside(holdMs)
        lock.boot()
        lock.pressInside()
      },
    ],
  ]
  for (const [what, happens] of tooLittle) {
    test(`is not ${what}`, () => {
      const lock = lockHere()
      happens(lock)
      lock.advance(offerMs)
      assert.equal(stageOf(lock), undefined)
      lock.advance(2 * waitMs)
      assert.ok(lock.state.policy !== undefined)
      assert.equal(lock.entriesOf('factoryReset').length, 0)
      assert.ok(
        lock.entriesOf('alarmBegan').every(({ alarmCode }) => alarmCode !== 'lockFactoryReset'),
      )
    })
  }

  test('an offer that nobody takes goes from the display', () => {
    const lock = lockHere()
    lock.holdInside(holdMs)
    lock.letGoInside()
    lock.advance(offerMs - 1)
    const early = lock.input({ type: 'timer', name: 'factoryReset' }).effects
    assert.deepEqual(
      early.map(({ type }) => type),
      ['setTimer'],
    )
    lock.advance(1)
    assert.equal(lock.effects.at(-1)?.type, 'publishState')
    assert.ok(typesSince(lock.effects, -3).includes('hideFactoryReset'))
    lock.input({ type: 'timer', name: 'factoryReset' })
    assert.equal(stageOf(lock), undefined)
  })

  test('an offer is made anew by holding again, and an early timer offers nothing', () => {
    const lock = lockHere()
    lock.holdInside(holdMs - 1)
    const { effects } = lock.input({ type: 'timer', name: 'insideHold' })
    assert.deepEqual(effects, [{ type: 'setTimer', name: 'insideHold', atMonotonicMs: holdMs }])
    lock.advance(1)
    lock.letGoInside()
    lock.input({ type: 'timer', name: 'insideHold' })
    assert.equal(stageOf(lock), 'offered')
    lock.state = { ...lock.state, insideHeldMonotonicMs: lock.monotonicMs }
    lock.input({ type: 'timer', name: 'insideHold' })
    assert.equal(stageOf(lock), 'offered')
  })

  test('says nothing to a lock without owner', () => {
    const lock = new TestLock()
    lock.askForReset()
    assert.equal(stageOf(lock), undefined)
    assert.equal(lock.lastEntry().type, 'setupWindowOpened')
  })
})

describe('while a reset waits', () => {
  test('everything goes on, and nothing moves', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.advance(waitMs - 60_000)
    lock.enterCode('739184')
    lock.settle()
    assert.equal(lock.published().lockState, 'unlocked')
    assert.equal(stageOf(lock), 'waiting')
  })

  test('pressing the button stops nothing and asks for nothing; holding it stops the reset', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.pressInside()
    assert.equal(stageOf(lock), 'waiting')
    lock.holdInside(holdMs)
    assert.equal(stageOf(lock), undefined)
    const { type, alarmCode, source } = lock.lastEntry()
    assert.deepEqual([type, alarmCode, source], ['alarmEnded', 'lockFactoryReset', 'button'])
    lock.advance(2 * waitMs)
    assert.ok(lock.state.policy !== undefined)
  })

  test('any owner stops it by phone, and the journal says who', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.send(owner, { type: 'stopFactoryReset' })
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['done', 'granted'])
    assert.ok(lock.receipt().nextChallenge !== undefined)
    const { type, alarmCode, userName, sequence } = lock.lastEntry()
    assert.deepEqual([type, alarmCode, userName], ['alarmEnded', 'lockFactoryReset', 'owner 1'])
    assert.equal(lock.receipt().sequence, sequence)
    lock.advance(2 * waitMs)
    assert.ok(lock.state.policy !== undefined)
  })

  for (const who of [resident, manager]) {
    test(`a ${who.user.role} stops nothing by phone`, () => {
      const lock = lockHere()
      lock.askForReset()
      lock.send(who, { type: 'stopFactoryReset' })
      assert.equal(lock.receipt().reason, 'notAuthorized')
      assert.equal(stageOf(lock), 'waiting')
    })
  }

  test('an owner who is switched off stops nothing, and orders none', () => {
    const lock = claimedLock(owner, policyOf([owner.user, off.user]))
    lock.askForReset()
    for (const type of ['stopFactoryReset', 'factoryReset'] as const) {
      lock.send(off, { type })
      assert.equal(lock.receipt().reason, 'userDisabled')
      assert.equal(stageOf(lock), 'waiting')
    }
  })

  test('there is nothing to stop where none waits', () => {
    const lock = lockHere()
    lock.send(owner, { type: 'stopFactoryReset' })
    assert.equal(lock.receipt().reason, 'noFactoryReset')
    lock.holdInside(holdMs)
    lock.send(owner, { type: 'stopFactoryReset' })
    assert.equal(lock.receipt().reason, 'noFactoryReset')
    const { type, attempt } = lock.lastEntry()
    assert.deepEqual([type, attempt], ['refused', 'stopFactoryReset'])
  })

  test('a restart ends the wait, and the alarm with it', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.advance(waitMs - 1)
    lock.boot()
    assert.deepEqual(lock.published().alarms, [])
    const { type, alarmCode } = lock.lastEntry()
    assert.deepEqual([type, alarmCode], ['alarmEnded', 'lockFactoryReset'])
    lock.advance(2 * waitMs)
    assert.ok(lock.state.policy !== undefined)
  })

  test('no clock shortens it', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.wallMs = startWallMs + 2 * waitMs
    lock.input({ type: 'timer', name: 'timeFloor' })
    lock.input({ type: 'timer', name: 'factoryReset' })
    assert.equal(stageOf(lock), 'waiting')
  })

  test('the builder may have it wait for less, to try it out', () => {
    const lock = lockHere()
    lock.context = { ...lock.context, factoryResetWaitMs: 5_000 }
    lock.askForReset()
    lock.advance(5_000)
    assert.equal(stageOf(lock), 'done')
  })
})

/** A reset that was asked for and waited for. */
function resetLock(lock = lockHere()): TestLock {
  lock.askForReset()
  lock.advance(waitMs)
  assert.equal(stageOf(lock), 'done')
  return lock
}

describe('a reset', () => {
  test('takes everybody’s access in one write, and says so last', () => {
    const lock = lockHere()
    lock.enterCode('518203')
    lock.settle()
    lock.askForReset()
    lock.advance(waitMs - 1)
    const before = lock.effects.length
    lock.advance(1)
    const { store, state } = lock
    assert.deepEqual(
      [store.policy, store.pinTags(), store.bindings, store.usages.size, store.endsLife],
      [undefined, [], [], 0, true],
    )
    assert.deepEqual([state.policy, state.bindings, state.usages.size], [undefined, [], 0])
    assert.equal(state.pinTags.credentialIds.length, 0)
    const { type, source, outcome } = lock.lastEntry()
    assert.deepEqual([type, source, outcome], ['factoryReset', 'button', 'done'])
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.published().claimed, false)
    const told = typesSince(lock.effects, before)
    assert.ok(told.includes('startAnew') && told.includes('hideFactoryReset'))
    assert.deepEqual(
      lock.effects.slice(before).find(({ type: one }) => one === 'keepTemplates'),
      {
        type: 'keepTemplates',
        credentialIds: [],
      },
    )
  })

  test('moves no bolt, neither at once nor later', () => {
    const settings = { ...first.settings, autoRelockTime: 30 }
    const lock = claimedLock(owner, { ...first, settings }, pins)
    lock.send(owner, { type: 'unlock', timeoutSeconds: 86_400 })
    lock.settle()
    const drives = lock.drives().length
    lock.askForReset()
    // It locks itself meanwhile, as the owner has said; that is not the reset's doing.
    lock.advance(waitMs - 1)
    if (lock.state.bolt.drive !== undefined) lock.settle()
    lock.moveBolt('retracted')
    const own = lock.drives().length
    assert.ok(own >= drives)
    lock.advance(1)
    assert.equal(stageOf(lock), 'done')
    lock.advance(86_400_000)
    assert.equal(lock.drives().length, own)
    assert.equal(lock.published().autoRelockAtMs, undefined)
  })

  test('lets a bolt arrive first', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.advance(waitMs - 1)
    lock.send(owner, { type: 'unlock' })
    lock.advance(1)
    assert.equal(stageOf(lock), 'waiting')
    lock.settle()
    assert.equal(stageOf(lock), 'done')
    assert.equal(lock.published().lockState, 'unlocked')
    assert.deepEqual(
      lock.store
        .journal()
        .slice(-3)
        .map(({ type }) => type),
      ['operationResult', 'alarmEnded', 'factoryReset'],
    )
  })

  test('after it, nothing of before opens, asks or changes', () => {
    const lock = lockHere()
    const kept = lock.challengeFor(owner)
    resetLock(lock)
    const drives = lock.drives().length
    lock.sendBytes(lock.command({ type: 'unlock' }, kept), owner.sign)
    assert.equal(lock.receipt().reason, 'notClaimed')
    assert.equal(
      lock.ask({ credentialId: owner.user.credentials[0]?.id ?? idOf(0) }).type,
      'answer',
    )
    lock.press('739184#')
    lock.input({ type: 'biometric', credentialType: 'fingerprint', credentialId: idOf(40) })
    assert.deepEqual(lock.lastSignal(), { type: 'refused', reason: 'notClaimed' })
    assert.equal(lock.drives().length, drives)
  })

  test('and its button shows no code before the keys are new', () => {
    const lock = resetLock()
    const before = lock.effects.length
    lock.pressInside()
    assert.ok(!typesSince(lock.effects, before).includes('showSetupCode'))
    assert.equal(lock.state.setup, undefined)
  })

  test('a lockout ends with the codes that were guessed', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.advance(waitMs - 1)
    for (let each = 0; each < 5; each += 1) lock.enterCode('000000')
    assert.deepEqual(lock.published().alarms, ['lockFactoryReset', 'wrongCodeEntryLimit'])
    lock.advance(1)
    assert.deepEqual(lock.published().alarms, [])
    assert.equal(lock.lastEntry().type, 'factoryReset')
    assert.deepEqual(lock.store.registers.tries, {})
    assert.deepEqual(lock.lastSignal(), { type: 'ready' })
  })

  test('keeps what is true of the steel: a jam is still a jam', () => {
    const lock = lockHere()
    lock.send(owner, { type: 'unlock' })
    lock.giveUp('blocked')
    assert.deepEqual(lock.published().alarms, ['lockJammed'])
    resetLock(lock)
    assert.deepEqual(lock.published().alarms, ['lockJammed'])
  })

  test('keeps how fast the battery was used up, and what the journal has lost', () => {
    const lock = lockHere()
    const kept = {
      battery: [1, 2, 3],
      journalLoss: { after: 30, hash: new Uint8Array(32).fill(7) },
    }
    lock.state = { ...lock.state, registers: { ...lock.state.registers, ...kept } }
    resetLock(lock)
    const { battery, journalLoss } = lock.store.registers
    assert.deepEqual({ battery, journalLoss }, kept)
  })

  test('answers a change whose codes were being hashed, and never makes it', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.advance(waitMs - 1)
    const visitor = person(5, 'guest', { credentials: [pinCredential(50)] }).user
    const next = nextPolicy(first, { users: [...first.users, visitor] })
    const newPins = [{ credentialId: idOf(50), pin: '602914' }]
    lock.send(owner, { type: 'changePolicy', policy: policyMessage.encode(next), pins: newPins })
    const job = lock.state.pendingChange?.job
    assert.ok(job !== undefined)
    lock.advance(1)
    assert.equal(lock.receipt().reason, 'notClaimed')
    lock.input({ type: 'pinsHashed', job, tags: [new Uint8Array(32)] })
    assert.equal(lock.state.policy, undefined)
  })

  test('answers whoever has spoken a PIN, and opens to nobody when its hash comes', () => {
    const credentials = [...person(6, 'agent').user.credentials, pinCredential(60)]
    const assistant = person(6, 'agent', { credentials, credentialRule: 'dual' })
    const pin = '602914'
    const house = policyOf([owner.user, assistant.user])
    const lock = claimedLock(owner, house, [{ credentialId: idOf(60), pin }])
    lock.askForReset()
    lock.advance(waitMs - 1)
    lock.send(assistant, { type: 'unlock', pin })
    const job = lock.state.spokenJob?.job
    assert.ok(job !== undefined)
    lock.advance(1)
    assert.deepEqual([lock.receipt().outcome, lock.receipt().reason], ['refused', 'notClaimed'])
    lock.input({ type: 'pinHashed', job, tag: tagOf(pin) })
    assert.equal(lock.drives().length, 0)
  })

  test('answers a Matter controller that has sent a PIN, and opens to nobody when its hash comes', () => {
    const lock = claimedLock(owner, { ...first, matterChannel: 'unlockWithPin' }, pins)
    lock.askForReset()
    lock.advance(waitMs - 1)
    const command = { type: 'unlockDoor', pinCode: utf8('739184') } as const
    const random = lock.random(32)
    lock.input({ type: 'matter', requestId: 77, fabricIndex: 1, command, random })
    const job = lock.state.matterJob?.job
    assert.ok(job !== undefined)
    const before = lock.effects.length
    lock.advance(1)
    assert.deepEqual(
      lock.effects.slice(before).filter(({ type }) => type === 'matterResult'),
      [{ type: 'matterResult', requestId: 77, answer: { status: 'failure' } }],
    )
    lock.input({ type: 'pinHashed', job, tag: tagOf('739184') })
    assert.equal(lock.drives().length, 0)
  })
})

describe('an owner who hands the lock over', () => {
  test('sets it back at once, with the inside button', () => {
    const lock = lockHere()
    lock.pressInside()
    lock.send(owner, { type: 'factoryReset' })
    const { outcome, reason, sequence, state, nextChallenge } = lock.receipt()
    assert.deepEqual(
      [outcome, reason, state.claimed, nextChallenge],
      ['done', 'granted', false, undefined],
    )
    assert.equal(lock.lastEntry().sequence, sequence)
    assert.deepEqual(
      lock.store
        .journal()
        .slice(-3)
        .map(({ type, userName, alarmCode }) => [type, userName, alarmCode]),
      [
        ['alarmBegan', 'owner 1', 'lockFactoryReset'],
        ['alarmEnded', undefined, 'lockFactoryReset'],
        ['factoryReset', 'owner 1', undefined],
      ],
    )
    assert.equal(lock.drives().length, 0)
  })

  test('may do so while a reset waits', () => {
    const lock = lockHere()
    lock.askForReset()
    lock.send(owner, { type: 'factoryReset' })
    assert.equal(lock.receipt().reason, 'granted')
    assert.equal(lock.entriesOf('alarmBegan').length, 1)
    lock.advance(2 * waitMs)
    assert.equal(lock.entriesOf('factoryReset').length, 1)
  })

  test('needs the button, pressed within ten minutes', () => {
    const lock = lockHere()
    lock.send(owner, { type: 'factoryReset' })
    assert.equal(lock.receipt().reason, 'insideButtonNeeded')
    lock.pressInside()
    lock.advance(insideWindowMs)
    lock.send(owner, { type: 'factoryReset' })
    assert.equal(lock.receipt().reason, 'insideButtonNeeded')
    assert.equal(lock.lastEntry().attempt, 'factoryReset')
  })

  test('waits for the bolt', () => {
    const lock = lockHere()
    lock.pressInside()
    lock.send(owner, { type: 'unlock' })
    lock.send(owner, { type: 'factoryReset' })
    assert.equal(lock.receipt().reason, 'busy')
  })

  for (const who of [resident, manager]) {
    test(`is no ${who.user.role}`, () => {
      const lock = lockHere()
      lock.pressInside()
      lock.send(who, { type: 'factoryReset' })
      assert.equal(lock.receipt().reason, 'notAuthorized')
      assert.ok(lock.state.policy !== undefined)
    })
  }
})
