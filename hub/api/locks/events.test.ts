import assert from 'node:assert/strict'
import test from 'node:test'
import type { TestContext } from 'node:test'
import { verifyBackward } from '@mortise/protocol/chain'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { limits } from '@mortise/protocol/limits'
import type { LinkFrame } from '@mortise/protocol/wire'
import { verifyStatement } from '@mortise/protocol/verify'
import { headMessage } from '@mortise/protocol/wire'
import type { OpenHubOptions } from '#hub/index.ts'
import { eventually } from '#hub/testing/eventually.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { createFakeLock } from '#hub/testing/fake-lock.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import type { TestHub } from '#hub/testing/test-hub.ts'
import { openWorld } from '#hub/testing/world.ts'

type Upload = Extract<LinkFrame, { readonly type: 'events' }>

async function openLinked(context: TestContext, options: Partial<OpenHubOptions> = {}) {
  const hub = await openTestHub(context, options)
  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  const stored = () => hub.services.store.listEntries(lock.id, undefined, 10_000)
  const record = () => hub.services.store.findLock(lock.id)
  return { hub, lock, link, stored, record }
}

/** Waits until the hub has said so in its log. */
const logged = (hub: TestHub, event: string) =>
  eventually(() => hub.logLines.some((line) => line.includes(`"event":"${event}"`)), event)

test('stores each entry once, acknowledges after, and goes on where it ended', async (context) => {
  const { hub, lock, link, stored } = await openLinked(context)
  assert.equal(link.lastSequence, 0)
  lock.append(3)
  link.send(lock.upload())
  assert.equal((await link.next('acknowledge')).sequence, 3)
  lock.append(2)
  link.send(lock.upload())
  assert.equal((await link.next('acknowledge')).sequence, 5)
  link.send(lock.upload(1, 2))
  assert.equal((await link.next('acknowledge')).sequence, 5)
  assert.deepEqual(
    (await stored()).map(({ bytes }) => Buffer.from(bytes)),
    lock.entries.map((bytes) => Buffer.from(bytes)).toReversed(),
  )
  const again = await hub.restart()
  assert.equal((await connectLock(again, lock)).lastSequence, 5)
})

test('takes the largest upload', async (context) => {
  const { lock, link, record } = await openLinked(context)
  lock.append(limits.entriesPerUploadMax)
  link.send(lock.upload())
  assert.equal((await link.next('acknowledge')).sequence, limits.entriesPerUploadMax)
  assert.equal((await record())?.journal?.missing, 0)
})

test('keeps entries unbelieved until a signed head covers them', async (context) => {
  const { lock, link, stored } = await openLinked(context)
  lock.append(6)
  const late = lock.signedHead()
  link.send({ ...lock.upload(1, 2), signedHead: late })
  link.send({ ...lock.upload(3, 4), signedHead: late })
  link.send({ ...lock.upload(5, 6), signedHead: late })
  assert.equal((await link.next('acknowledge')).sequence, 6)
  assert.equal((await stored()).length, 6)
})

test('forged entries before a late head are dropped, and the true ones still taken', async (context) => {
  const { hub, lock, link, stored } = await openLinked(context)
  lock.append(4)
  const forged = createFakeLock()
  forged.append(2)
  const late = lock.signedHead()
  link.send({ type: 'events', entries: forged.entries, signedHead: late })
  link.send({ ...lock.upload(3, 4), signedHead: late })
  await logged(hub, 'journalGap')
  const rows = await stored()
  assert.deepEqual(
    rows.map(({ sequence }) => sequence),
    [4, 3],
  )
})

const bends: readonly (readonly [string, (good: Upload) => Upload])[] = [
  ['a forged head', (good) => ({ ...good, signedHead: createFakeLock().signedHead() })],
  ['a head that is no statement', (good) => ({ ...good, signedHead: new Uint8Array(9) })],
  ['an altered entry', (good) => ({ ...good, entries: alter(good.entries) })],
  ['entries out of order', (good) => ({ ...good, entries: good.entries.toReversed() })],
  ['an entry twice', (good) => ({ ...good, entries: good.entries.flatMap((one) => [one, one]) })],
  ['a missing entry', (good) => ({ ...good, entries: good.entries.toSpliced(1, 1) })],
  ['bytes that are no entry', (good) => ({ ...good, entries: [new Uint8Array([1, 2])] })],
  ['one entry more than the head covers', (good) => withMore(good)],
]

function alter(entries: readonly Uint8Array[]): readonly Uint8Array[] {
  return entries.map((entry, index) => (index === 0 ? lastByteChanged(entry) : entry))
}

function lastByteChanged(entry: Uint8Array): Uint8Array {
  return entry.with(entry.length - 1, entry.at(-1) === 1 ? 2 : 1)
}

function withMore(good: Upload): Upload {
  const other = createFakeLock()
  other.append(good.entries.length + 1)
  return { ...good, entries: [...good.entries, ...other.entries.slice(-1)] }
}

for (const [name, bend] of bends) {
  test(`refuses ${name}, stores nothing of it, and takes the truth afterwards`, async (context) => {
    const { hub, lock, link, stored } = await openLinked(context)
    lock.append(3)
    link.send(bend(lock.upload()))
    await logged(hub, 'eventsRefused')
    assert.deepEqual(await stored(), [])
    link.send(lock.upload())
    assert.equal((await link.next('acknowledge')).sequence, 3)
    assert.equal(link.received.length, 0)
  })
}

test('a head of another lock is refused, although that lock signed it', async (context) => {
  const { hub, lock, link, stored } = await openLinked(context)
  const other = createFakeLock()
  other.append(3)
  lock.append(3)
  link.send({ ...lock.upload(), signedHead: other.signedHead() })
  link.send(other.upload())
  await logged(hub, 'eventsRefused')
  assert.deepEqual(await stored(), [])
})

test('a second history is flagged, kept as evidence, and never stored over the first', async (context) => {
  const { hub, lock, link, stored, record } = await openLinked(context)
  lock.append(3)
  link.send(lock.upload())
  await link.next('acknowledge')
  const before = await stored()
  // The same key goes back to 1 and tells another story from there.
  lock.rewind(1)
  lock.append(2, { type: 'refused', reason: 'unknownCode' })
  link.send(lock.upload())
  await logged(hub, 'chainConflict')
  assert.deepEqual(await stored(), before)
  const found = await eventually(async () => (await record())?.conflict)
  assert.deepEqual(found, { sequence: 2, seenAtMs: hub.clock.nowMs() })
  // None of it is acknowledged, in an answer that lets the lock stay connected.
  assert.equal((await link.next('acknowledge')).sequence, 0)
  link.send(lock.upload(2))
  assert.equal((await link.next('acknowledge')).sequence, 1)
  assert.equal(link.socket.readyState, link.socket.OPEN)
})

test('a gap is stored as a gap, and said', async (context) => {
  const { hub, lock, link, browsers } = await openWorld(context)
  lock.append(10)
  link.send(lock.upload(9))
  assert.equal((await link.next('acknowledge')).sequence, 15)
  const { client } = browsers.owner
  const { locks } = await client.listLocks()
  assert.deepEqual(locks[0]?.journal, { lastSequence: 15, missing: 3 })
  const top = await client.listEvents({ lockId: lock.id })
  assert.equal(top.entries.length, 7)
  assert.deepEqual([top.next, top.gap], [9, { fromSequence: 6, toSequence: 8 }])
  const below = await client.listEvents({ lockId: lock.id, before: 9 })
  assert.deepEqual([below.entries.length, below.next, below.gap], [5, undefined, undefined])
  assert.ok(hub.logLines.some((line) => line.includes('journalGap')))
})

test('a hub that lost its database says what it never got', async (context) => {
  const { lock, link, record } = await openLinked(context)
  lock.append(30)
  link.send(lock.upload(21))
  await link.next('acknowledge')
  assert.equal((await record())?.journal?.missing, 20)
})

test('history pages down to the first entry, each page a chain under the signed head', async (context) => {
  const { lock, link, browsers } = await openWorld(context)
  lock.append(20)
  link.send(lock.upload(6))
  await link.next('acknowledge')
  const { client } = browsers.resident
  let before: number | undefined
  let expected = lock.headAt()
  let count = 0
  do {
    const cursor = before === undefined ? {} : { before }
    const page = await client.listEvents({ lockId: lock.id, limit: 7, ...cursor })
    const body = verifyStatement(
      nodeVerifyCrypto,
      'head',
      lock.lockKey,
      page.signedHead ?? new Uint8Array(),
    )
    assert.equal(headMessage.decode(body ?? new Uint8Array()).sequence, 25)
    const { fault, head } = verifyBackward(nodeVerifyCrypto, expected, page.entries)
    assert.equal(fault, undefined)
    expected = head
    count += page.entries.length
    before = page.next
  } while (before !== undefined)
  assert.deepEqual([count, expected], [25, lock.headAt(0)])
})

/** A store whose appends fail once, before or after they were done. */
function faulty(flavour: 'failed' | 'failedButDone'): Pick<OpenHubOptions, 'wrapStore'> {
  let left = 1
  return {
    wrapStore: (store) => ({
      ...store,
      appendEntries: async (lockId, append) => {
        if (left === 0) return store.appendEntries(lockId, append)
        left -= 1
        if (flavour === 'failedButDone') await store.appendEntries(lockId, append)
        throw new RangeError('the disk is full')
      },
    }),
  }
}

for (const flavour of ['failed', 'failedButDone'] as const) {
  test(`a write that ${flavour} is not acknowledged; sent again, it is there once`, async (context) => {
    const { hub, lock, link, stored } = await openLinked(context, faulty(flavour))
    lock.append(3)
    link.send(lock.upload())
    await link.closed()
    assert.ok(link.received.every(({ type }) => type !== 'acknowledge'))
    const again = await connectLock(hub, lock)
    assert.equal(again.lastSequence, flavour === 'failed' ? 0 : 3)
    again.send(lock.upload())
    assert.equal((await again.next('acknowledge')).sequence, 3)
    assert.equal((await stored()).length, 3)
  })
}
