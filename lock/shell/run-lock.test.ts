import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { verifyForward, genesisHead } from '@mortise/protocol/chain'
import { limits } from '@mortise/protocol/limits'
import { sealRequest } from '@mortise/protocol/seal'
import { verifyStatement } from '@mortise/protocol/verify'
import { headMessage, policyReportMessage, stateMessage } from '@mortise/protocol/wire'
import type { RequestOutcome } from '#lock/ports/link.ts'
import { FAREWELL_MS } from './farewell.ts'
import { CODE } from './testing/phone.ts'
import { DiskFailure, createRecordedLink, createRecordedLock } from './testing/recorded-lock.ts'

const unlock = { type: 'unlock' } as const

test('a start moves nothing, is durable before it shows anything, and answers the keypad', () => {
  const { events, door, press } = createRecordedLock()
  assert.match(events[0] ?? '', /^durable .*entry.*registers/)
  assert.deepEqual(events.slice(1), ['show ready'])
  press('1')
  assert.equal(events.at(-1), 'show digit')
  assert.equal(door.snapshot().boltMovements, 0)
})

test('claimed with the text on the inside display, the lock unlocks for its owner', async () => {
  const recorded = createRecordedLock()
  const claimed = await recorded.claim()
  assert.deepEqual([claimed.outcome, claimed.reason], ['done', 'granted'])
  assert.equal(recorded.door.snapshot().setupCode, null)
  const receipt = await recorded.phone.operate(unlock)
  assert.deepEqual([receipt.outcome, receipt.state.lockState], ['done', 'unlocked'])
  assert.equal(recorded.door.snapshot().boltMovements, 1)
  assert.deepEqual(recorded.fatal, [])
})

test('the bolt is driven only after the intent is durable', async () => {
  const recorded = createRecordedLock()
  await recorded.claim()
  recorded.events.length = 0
  await recorded.phone.operate(unlock)
  const drive = recorded.events.indexOf('drive retract')
  assert.ok(drive > 0)
  assert.match(recorded.events[drive - 1] ?? '', /^durable entry/)
})

test('a code at the keypad is hashed beside the loop and opens', async () => {
  const recorded = createRecordedLock()
  await recorded.claim(true)
  recorded.events.length = 0
  recorded.press(`${CODE}#`)
  const checking = recorded.events.indexOf('show busy')
  assert.match(recorded.events[checking - 1] ?? '', /^durable registers/)
  assert.ok(!recorded.events.includes('drive retract'))
  await recorded.phone.ask()
  assert.ok(recorded.events.includes('drive retract'))
  assert.equal(recorded.lock.state().lockState, 'unlocked')
})

describe('a commit that fails', () => {
  for (const when of ['before', 'after'] as const) {
    test(`${when} it is durable: nothing is done, and the lock is dead until it starts again`, async () => {
      const dry = createRecordedLock()
      await dry.claim()
      const sealed = await dry.phone.prepare(unlock)
      const number = dry.commits() + 1
      dry.lock.request(sealed).catch(() => {})
      assert.ok(dry.events.includes('drive retract'), 'the chosen commit is the intent')

      const recorded = createRecordedLock({ failCommit: { number, when } })
      await recorded.claim()
      const command = await recorded.phone.prepare(unlock)
      recorded.events.length = 0
      let answered = false
      recorded.lock.request(command).then(
        () => (answered = true),
        () => {},
      )
      recorded.press('12')
      recorded.door.hands.pressInsideButton()
      recorded.time.advance(600_000)
      await Promise.resolve()
      assert.deepEqual(
        recorded.fatal.map((error) => error instanceof DiskFailure),
        [true],
      )
      assert.deepEqual(
        recorded.events.filter((event) => !event.startsWith('durable')),
        [],
      )
      assert.equal(answered, false)
      assert.equal(recorded.door.snapshot().boltMovements, 0)

      recorded.store.close()
      const again = createRecordedLock({ disk: recorded.disk, steel: recorded.steel })
      again.time.advance(600_000)
      assert.ok(!again.events.some((event) => event.startsWith('drive')))
      assert.equal(again.door.snapshot().boltMovements, 0)
      assert.equal(again.lock.state().lockState, 'locked')
    })
  }

  test('at the first turn is thrown to the caller', () => {
    assert.throws(
      () => createRecordedLock({ failCommit: { number: 1, when: 'before' } }),
      DiskFailure,
    )
  })
})

function refusal(outcome: RequestOutcome): string {
  return outcome.type === 'undeliverable' ? outcome.reason : outcome.type
}

describe('what is no request to this lock', () => {
  const recorded = createRecordedLock()
  const { lock, phone, events, fatal } = recorded
  const other = createRecordedLock({ secret: 2 })
  const junk = new Uint8Array(64).fill(7)
  const cases = [
    { what: 'nothing', sealed: new Uint8Array(0), reason: 'malformed' },
    { what: 'noise', sealed: junk, reason: 'malformed' },
    { what: 'sealed to another lock', sealed: other.phone.sealAsk(), reason: 'unsealable' },
    {
      what: 'noise, sealed well',
      sealed: sealRequest(crypto, lock.lockId, lock.sealingKey, junk),
      reason: 'malformed',
    },
    {
      what: 'a question whose answer nobody can open',
      sealed: phone.sealAsk(new Uint8Array(32)),
      reason: 'malformed',
    },
  ]
  for (const { what, sealed, reason } of cases) {
    test(`${what} is answered by one word, and the lock goes on`, async () => {
      assert.equal(refusal(await lock.request(sealed)), reason)
      assert.deepEqual(fatal, [])
    })
  }

  test('afterwards it can still be claimed', async () => {
    assert.equal((await recorded.claim()).outcome, 'done')
    assert.ok(!events.some((event) => event.startsWith('drive')))
  })
})

describe('bounds', () => {
  test('more requests in a second than the limit are turned away, and later ones are not', async () => {
    const { lock, phone, time } = createRecordedLock({
      requestLimits: { perSecondMax: 3, inFlightMax: 32 },
    })
    const outcomes = []
    for (let count = 0; count < 5; count += 1) outcomes.push(await lock.request(phone.sealAsk()))
    assert.deepEqual(outcomes.map(refusal), ['reply', 'reply', 'reply', 'busy', 'busy'])
    time.advance(1_000)
    assert.equal(refusal(await lock.request(phone.sealAsk())), 'reply')
  })

  test('a flood of the largest requests leaves room for everybody else', async () => {
    const { lock, phone, time } = createRecordedLock()
    const largest = new Uint8Array(limits.messageBytesMax)
    const flood = [await lock.request(largest), await lock.request(largest)]
    assert.deepEqual(flood.map(refusal), ['malformed', 'busy'])
    assert.equal(refusal(await lock.request(phone.sealAsk())), 'reply')
    time.advance(1_000)
    assert.equal(refusal(await lock.request(largest)), 'busy')
    time.advance(10_000)
    assert.equal(refusal(await lock.request(largest)), 'malformed')
  })

  test('more unanswered requests than the limit are turned away', async () => {
    const recorded = createRecordedLock({ requestLimits: { perSecondMax: 100, inFlightMax: 1 } })
    await recorded.claim()
    const command = await recorded.phone.prepare(unlock)
    const first = recorded.lock.request(command)
    assert.equal(refusal(await recorded.lock.request(recorded.phone.sealAsk())), 'busy')
    recorded.time.advance(2_000)
    assert.equal(refusal(await first), 'reply')
    assert.equal(refusal(await recorded.lock.request(recorded.phone.sealAsk())), 'reply')
  })
})

describe('links', () => {
  test('a link hears of new entries and of what others see, and sees signed things only', async () => {
    const recorded = createRecordedLock()
    const { link, notices, linked } = createRecordedLink()
    recorded.lock.attach(link)
    assert.equal(notices.length, 0)
    assert.equal(linked()?.signedPolicyReport(), undefined)
    await recorded.claim()
    assert.ok(
      notices.includes('state') && notices.includes('policy') && notices.includes('journal'),
    )

    const { lockKey, lockId } = recorded.lock
    const lock = linked()
    assert.ok(lock !== undefined)
    const state = verifyStatement(crypto, 'state', lockKey, lock.signedState())
    assert.equal(stateMessage.decode(state ?? new Uint8Array(0)).claimed, true)
    const signedReport = lock.signedPolicyReport() ?? new Uint8Array(0)
    const report = verifyStatement(crypto, 'policyReport', lockKey, signedReport)
    assert.equal(policyReportMessage.decode(report ?? new Uint8Array(0)).version, 1)

    const upload = lock.uploadAfter(0)
    assert.ok(upload !== undefined)
    const body = verifyStatement(crypto, 'head', lockKey, upload.signedHead)
    const head = headMessage.decode(body ?? new Uint8Array(0))
    const segment = verifyForward(crypto, genesisHead(crypto, lockId), upload.entries)
    assert.equal(segment.fault, undefined)
    assert.deepEqual([head.sequence, head.hash], [segment.head.sequence, segment.head.hash])
    assert.equal(head.sequence, lock.newestSequence())
    assert.equal(lock.uploadAfter(head.sequence), undefined)
  })

  test('closing closes links, then the store, and nothing happens afterwards', async () => {
    const recorded = createRecordedLock()
    const { link, notices } = createRecordedLink()
    recorded.lock.attach(link)
    recorded.press('1')
    await recorded.lock.close()
    assert.equal(notices.at(-1), 'closed')
    recorded.events.length = 0
    recorded.press('123456#')
    recorded.time.advance(600_000)
    assert.deepEqual(recorded.events, [])
    recorded.disk.open().close()
  })
})

describe('a factory reset', () => {
  /** Claimed, asked for on the inside, and three days later. */
  const setBack = async (links: 'linked' | 'alone') => {
    const recorded = createRecordedLock()
    const { link, notices, linked } = createRecordedLink()
    if (links === 'linked') recorded.lock.attach(link)
    await recorded.claim(true)
    const { hands } = recorded.door
    hands.holdInsideButton(true)
    recorded.time.advance(10_000)
    assert.equal(recorded.door.snapshot().factoryReset?.stage, 'offered')
    hands.holdInsideButton(false)
    hands.pressInsideButton()
    const { factoryReset, alarms } = recorded.door.snapshot()
    assert.deepEqual([factoryReset?.stage, alarms], ['waiting', ['lockFactoryReset']])
    recorded.time.advance(3 * 86_400_000 - 1)
    assert.equal(recorded.lock.state().claimed, true)
    const movements = recorded.door.snapshot().boltMovements
    recorded.time.advance(1)
    assert.equal(recorded.lock.state().claimed, false)
    assert.equal(recorded.door.snapshot().factoryReset, null)
    assert.equal(recorded.door.snapshot().boltMovements, movements)
    return { ...recorded, notices, linked, isOver: () => recorded.events.includes('life ended') }
  }

  test('of a lock without link ends its life at once, and the next opening knows nothing', async () => {
    const { time, isOver, lock, disk, steel } = await setBack('alone')
    time.advance(0)
    assert.ok(isOver())
    await lock.close()
    const next = createRecordedLock({ disk, steel, secret: 2 })
    assert.deepEqual([next.lock.state().boot, next.lock.state().claimed], [1, false])
    assert.equal((await next.claim()).reason, 'granted')
    assert.deepEqual(next.fatal, [])
  })

  test('waits until the hub holds the last entry', async () => {
    const { time, isOver, linked, notices, store } = await setBack('linked')
    assert.ok(notices.includes('state'))
    const upload = linked()?.uploadAfter(0)
    assert.ok(upload !== undefined)
    linked()?.acknowledged(upload.lastSequence - 1)
    time.advance(1_000)
    assert.ok(!isOver())
    linked()?.acknowledged(upload.lastSequence)
    time.advance(0)
    assert.ok(isOver())
    assert.equal(store.acknowledgedSequence(), upload.lastSequence)
  })

  test('and for no hub longer than a minute', async () => {
    const { time, isOver, events, linked } = await setBack('linked')
    time.advance(FAREWELL_MS - 1)
    assert.ok(!isOver())
    time.advance(1)
    assert.ok(isOver())
    linked()?.acknowledged(99)
    time.advance(FAREWELL_MS)
    assert.equal(events.filter((event) => event === 'life ended').length, 1)
  })

  test('a lock that is closed before it has begun anew begins anew with its next start', async () => {
    const { lock, disk, steel } = await setBack('linked')
    await lock.close()
    const next = createRecordedLock({ disk, steel, secret: 2 })
    assert.deepEqual(next.store.load().registers?.boots, 1)
    assert.equal(next.store.load().policy, undefined)
  })
})
