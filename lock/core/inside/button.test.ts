import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { replyMessage } from '@mortise/protocol/wire'
import { insideWindowMs } from '#core/inside/button.ts'
import { person, policyOf } from '@mortise/access/testing'
import { claimedLock, startWallMs, TestLock } from '#core/testing/test-lock.ts'

describe('the button of a lock without owner', () => {
  test('shows a setup code for ten minutes and writes it down without the code', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    assert.deepEqual(lock.effects.at(-1), {
      type: 'showSetupCode',
      setupCode: code,
      untilMonotonicMs: insideWindowMs,
    })
    assert.equal(lock.lastEntry().type, 'setupWindowOpened')
    assert.equal(lock.lastEntry().untilMs, startWallMs + insideWindowMs)
    assert.ok(lock.state.setup !== undefined && !('setupCode' in lock.state.setup))
  })

  test('a second press makes a new code and a new window', () => {
    const lock = new TestLock()
    const code = lock.pressInside()
    lock.advance(insideWindowMs - 1)
    assert.notDeepEqual(lock.pressInside(), code)
    lock.advance(insideWindowMs - 1)
    assert.ok(lock.state.setup !== undefined)
  })

  test('the window closes by itself', () => {
    const lock = new TestLock()
    lock.pressInside()
    lock.advance(insideWindowMs)
    assert.equal(lock.state.setup, undefined)
    assert.equal(lock.lastEntry().type, 'setupWindowClosed')
    assert.equal(lock.effects.at(-1)?.type, 'hideSetupCode')
  })

  test('a timer that comes early closes nothing and is set again', () => {
    const lock = new TestLock()
    lock.pressInside()
    const { effects } = lock.input({ type: 'timer', name: 'setupWindow' })
    assert.ok(lock.state.setup !== undefined)
    assert.deepEqual(effects, [
      { type: 'setTimer', name: 'setupWindow', atMonotonicMs: insideWindowMs },
    ])
  })

  test('a clock at the end of time stops neither button nor keypad', () => {
    const lock = new TestLock()
    lock.store.registers = { ...lock.store.registers, timeFloorMs: 253_402_300_799_999 }
    lock.wallMs = 253_402_300_799_999
    lock.boot()
    lock.pressInside()
    assert.equal(lock.lastEntry().untilMs, 253_402_300_799_999)
    const owner = person(1, 'owner')
    assert.equal(lock.claim(owner, policyOf([owner.user])), 'granted')
    for (let each = 0; each < 5; each += 1) lock.enterCode('000000')
    const { keypadLockedUntilMs } = replyMessage.decode(replyMessage.encode(lock.ask())).state
    assert.equal(keypadLockedUntilMs, 253_402_300_799_999)
  })

  test('a restart closes the window', () => {
    const lock = new TestLock()
    lock.pressInside()
    lock.boot()
    assert.equal(lock.state.setup, undefined)
  })
})

describe('the button of a lock with owners', () => {
  const owner = person(1, 'owner')
  const policy = policyOf([owner.user])

  test('shows that somebody is inside, and hides it after ten minutes', () => {
    const lock = claimedLock(owner, policy)
    lock.pressInside()
    const untilMonotonicMs = insideWindowMs
    assert.deepEqual(lock.effects.at(-1), { type: 'showInsidePresence', untilMonotonicMs })
    lock.advance(insideWindowMs - 1)
    const early = lock.input({ type: 'timer', name: 'insidePresence' }).effects
    assert.equal(early[0]?.type, 'setTimer')
    lock.advance(1)
    assert.deepEqual(lock.effects.at(-1), { type: 'hideInsidePresence' })
    assert.equal(lock.state.insidePresenceUntilMonotonicMs, undefined)
  })

  test('shows no setup code', () => {
    const lock = claimedLock(owner, policy)
    const before = lock.effects.length
    lock.pressInside()
    assert.ok(lock.effects.slice(before).every(({ type }) => type !== 'showSetupCode'))
    assert.equal(lock.state.setup, undefined)
  })

  test('a restart forgets the presence', () => {
    const lock = claimedLock(owner, policy)
    lock.pressInside()
    lock.boot()
    assert.equal(lock.state.insidePresenceUntilMonotonicMs, undefined)
  })
})
