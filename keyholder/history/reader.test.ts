import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { entryHash } from '@mortise/protocol/chain'
import { entryMessage } from '@mortise/protocol/wire'
import { openContact } from '#keyholder/contact/contact.ts'
import type { HistoryPage } from '#keyholder/ports.ts'
import { ask } from '#keyholder/contact/ask.ts'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import { pageOf } from '#keyholder/testing/test-hub.ts'
import type { TestWorld } from '#keyholder/testing/test-world.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import type { HistoryReport, HistoryResult } from './reader.ts'
import { readHistory } from './reader.ts'

async function claimed(entries: number) {
  const world = createTestWorld(nodeSealCrypto)
  const { contact } = await world.claim()
  grow(world, entries - 1)
  return { world, contact }
}

function grow(world: TestWorld, entries: number): void {
  for (let count = 0; count < entries; count += 1) world.lock.journal.append({ type: 'doorMoved' })
}

type Contact = Awaited<ReturnType<typeof claimed>>['contact']

async function readAll(contact: Contact): Promise<HistoryResult> {
  const reader = readHistory(contact)
  let result = await reader.next()
  const entries = [...result.entries]
  while (!reader.ended) {
    result = await reader.next()
    entries.push(...result.entries)
  }
  return { entries, report: result.report }
}

function serve(world: TestWorld, page: (before: number | undefined) => HistoryPage): void {
  world.hub.historyPage = (_lockId, before) => Promise.resolve(page(before))
}

/** What a person sees of a report. */
function standing({ head, verified, continuesFrom, gaps, fault, complete }: HistoryReport) {
  return { head: head.sequence, verified, continuesFrom, gaps, fault: fault?.code, complete }
}

const whole = { continuesFrom: undefined, gaps: [], fault: undefined, complete: true }

suite('readHistory', () => {
  test('checks everything down to the first entry', async () => {
    const { contact } = await claimed(120)
    const { entries, report } = await readAll(contact)
    assert.deepEqual(standing(report), { ...whole, head: 120, verified: 120 })
    assert.equal(report.firstLook, true)
    assert.deepEqual(
      entries.map(({ entry }) => entry.sequence),
      Array.from({ length: 120 }, (_, index) => 120 - index),
    )
    assert.ok(entries.every(({ verified }) => verified))
    assert.equal(contact.known.head?.sequence, 120)
  })

  test('continues what this device saw before', async () => {
    const { world, contact } = await claimed(60)
    await readHistory(contact).next()
    grow(world, 30)
    const { report } = await readHistory(contact).next()
    assert.equal(report.continuesFrom, 60)
    assert.equal(contact.known.head?.sequence, 90)
    assert.equal((await readHistory(contact).next()).report.continuesFrom, 90, 'and again')
  })

  test('remembers a far newer head only when the walk has come down to the old one', async () => {
    const { world, contact } = await claimed(10)
    await readHistory(contact).next()
    grow(world, 100)
    const reader = readHistory(contact)
    assert.equal((await reader.next()).report.continuesFrom, undefined)
    assert.equal(contact.known.head?.sequence, 10)
    await reader.next()
    assert.equal((await reader.next()).report.continuesFrom, 10)
    assert.equal(contact.known.head?.sequence, 110)
  })

  test('an empty journal is whole', async () => {
    const { world, contact } = await claimed(1)
    const fresh = createFakeLock(nodeSealCrypto, () => world.device.clock.nowMs())
    const known = { lockId: fresh.lockId, lockKey: fresh.lockKey, sealingKey: fresh.sealingKey }
    await world.device.memory.update(fresh.lockId, () => ({ ...known, metBy: 'claim' }))
    const other = await openContact(world.device, fresh.lockId)
    serve(world, () => ({ entries: [], more: false }))
    assert.deepEqual(standing((await readAll(other)).report), { ...whole, head: 0, verified: 0 })
    assert.equal(contact.lockId.length, 32)
  })

  test('a hub that lost its beginning shows an honest gap', async () => {
    const { world, contact } = await claimed(120)
    serve(world, (before) => pageOf(world.lock, before, (sequence) => sequence > 100))
    const { entries, report } = await readAll(contact)
    const gaps = [{ from: 1, to: 100 }]
    assert.deepEqual(standing(report), { ...whole, gaps, head: 120, verified: 20 })
    assert.equal(entries.length, 20)
  })

  test('below a gap nothing is called verified', async () => {
    const { world, contact } = await claimed(120)
    serve(world, (before) =>
      pageOf(world.lock, before, (sequence) => sequence > 100 || sequence <= 80),
    )
    const { entries, report } = await readAll(contact)
    const gaps = [{ from: 81, to: 100 }]
    assert.deepEqual(standing(report), { ...whole, gaps, head: 120, verified: 20 })
    assert.deepEqual([entries.filter(({ verified }) => verified).length, entries.length], [20, 100])
  })

  test('below a gap, what this device saw before is verified by its memory', async () => {
    const { world, contact } = await claimed(70)
    await readHistory(contact).next()
    grow(world, 50)
    serve(world, (before) =>
      pageOf(world.lock, before, (sequence) => sequence > 100 || sequence <= 80),
    )
    const { entries, report } = await readAll(contact)
    const gaps = [{ from: 81, to: 100 }]
    assert.deepEqual(standing(report), {
      ...whole,
      gaps,
      continuesFrom: 70,
      head: 120,
      verified: 90,
    })
    const unverified = entries.filter(({ verified }) => !verified)
    assert.deepEqual(
      unverified.map(({ entry }) => entry.sequence),
      Array.from({ length: 10 }, (_, index) => 80 - index),
    )
    assert.equal(contact.known.head?.sequence, 120)
  })

  test('entries that the hub does not show at the end are counted by the fresh state', async () => {
    const { world, contact } = await claimed(20)
    const old = pageOf(world.lock)
    grow(world, 5)
    await ask(contact)
    serve(world, () => old)
    const { report } = await readHistory(contact).next()
    assert.equal(report.missingAtEnd, 5)
    assert.equal(report.fault, undefined)
  })
})

/** A lock that removed what no hub had taken: 31 to 50 of 60, and says so in its entry 61. */
async function pruned(more: { readonly lostAfter?: number; readonly lostFrom?: number }) {
  const { world, contact } = await claimed(60)
  const { lostAfter, lostFrom } = more
  world.lock.journal.append({
    type: 'journalPruned',
    throughSequence: 50,
    ...(lostFrom === undefined ? {} : { lostFrom }),
    ...(lostAfter === undefined ? {} : { lostAfter: hashAt(world, lostAfter) }),
  })
  grow(world, 9)
  return { world, contact }
}

function hashAt({ lock }: TestWorld, sequence: number): Uint8Array {
  return entryHash(nodeSealCrypto, lock.journal.entries[sequence - 1] ?? new Uint8Array())
}

const holds =
  (...ranges: readonly (readonly [from: number, to: number])[]) =>
  (sequence: number): boolean =>
    ranges.some(([from, to]) => from <= sequence && sequence <= to)

/** What the hub holds, what the mark says, and what a person is told. */
const removals = {
  'of a hub that has all of it is no gap': {
    kept: holds([1, 70]),
    mark: { lostFrom: 31, lostAfter: 30 },
    gaps: [],
    verified: 70,
  },
  'that no hub had taken is the lock’s own, and what stands below it stays proven': {
    kept: holds([1, 30], [51, 70]),
    mark: { lostFrom: 31, lostAfter: 30 },
    gaps: [{ from: 31, to: 50, removed: 'lost' }],
    verified: 50,
  },
  'without a word of what came before proves nothing below': {
    kept: holds([1, 30], [51, 70]),
    mark: { lostFrom: 31 },
    gaps: [{ from: 31, to: 50, removed: 'lost' }],
    verified: 20,
  },
  'is not what a hub lacks besides': {
    kept: holds([1, 20], [61, 70]),
    mark: { lostFrom: 31, lostAfter: 30 },
    gaps: [
      { from: 51, to: 60 },
      { from: 31, to: 50, removed: 'lost' },
      { from: 21, to: 30, removed: 'handedOver' },
    ],
    verified: 10,
  },
  'and handed over to another hub before': {
    kept: holds([51, 70]),
    mark: {},
    gaps: [{ from: 1, to: 50, removed: 'handedOver' }],
    verified: 20,
  },
} as const

suite('what the lock has removed', () => {
  for (const [name, { kept, mark, gaps, verified }] of Object.entries(removals)) {
    test(name, async () => {
      const { world, contact } = await pruned(mark)
      serve(world, (before) => pageOf(world.lock, before, kept))
      assert.deepEqual(standing((await readAll(contact)).report), {
        ...whole,
        gaps,
        head: 70,
        verified,
      })
    })
  }

  test('is no cover for a hub that shows another story below', async () => {
    const { world, contact } = await pruned({ lostFrom: 31, lostAfter: 29 })
    serve(world, (before) => pageOf(world.lock, before, holds([1, 30], [51, 70])))
    const { report } = await readAll(contact)
    assert.deepEqual([report.fault?.code, report.verified], ['brokenLink', 20])
  })

  test('is not believed of an entry that nothing proves', async () => {
    const { world, contact } = await pruned({ lostFrom: 31, lostAfter: 30 })
    // The mark itself stands below a gap that the lock says nothing about.
    serve(world, (before) => pageOf(world.lock, before, holds([1, 30], [51, 61], [66, 70])))
    const { report } = await readAll(contact)
    assert.deepEqual(standing(report), {
      ...whole,
      gaps: [
        { from: 62, to: 65 },
        { from: 31, to: 50 },
      ],
      head: 70,
      verified: 5,
    })
  })

  test('stays the lock’s word over several marks', async () => {
    const { world, contact } = await pruned({ lostFrom: 31, lostAfter: 30 })
    world.lock.journal.append({
      type: 'journalPruned',
      throughSequence: 65,
      lostFrom: 31,
      lostAfter: hashAt(world, 30),
    })
    // The earlier mark went unheard.
    serve(world, (before) => pageOf(world.lock, before, holds([1, 30], [66, 71])))
    const gaps = [{ from: 31, to: 65, removed: 'lost' }]
    const { report } = await readAll(contact)
    assert.deepEqual(standing(report), { ...whole, gaps, head: 71, verified: 36 })
  })
})

interface Lie {
  readonly fault: string
  readonly verified?: number
  readonly page: (world: TestWorld, before: number | undefined) => HistoryPage
}

const lies: Record<string, Lie> = {
  'a head of another lock': {
    fault: 'headForged',
    page: (world, before) => ({
      ...pageOf(world.lock, before),
      signedHead: createFakeLock(nodeSealCrypto, () => 0).signedHead(),
    }),
  },
  'a head that is noise': {
    fault: 'headForged',
    page: (world, before) => ({ ...pageOf(world.lock, before), signedHead: Uint8Array.of(9) }),
  },
  'a state in place of a head': {
    fault: 'headForged',
    page: (world, before) => ({
      ...pageOf(world.lock, before),
      signedHead: world.lock.signedState(),
    }),
  },
  'an altered entry': {
    fault: 'brokenLink',
    verified: 5,
    page: (world, before) => spliced(world, before, 5, (bytes) => [alteredTime(bytes)]),
  },
  'an entry that is noise': {
    fault: 'malformed',
    verified: 5,
    page: (world, before) => spliced(world, before, 5, () => [Uint8Array.of(1, 2)]),
  },
  'an entry twice': {
    fault: 'outOfOrder',
    verified: 6,
    page: (world, before) => spliced(world, before, 5, (bytes) => [bytes, bytes]),
  },
  'entries in the wrong order': {
    fault: 'outOfOrder',
    verified: 0,
    page: (world, before) => {
      const page = pageOf(world.lock, before)
      return { ...page, entries: page.entries.toReversed() }
    },
  },
}

function spliced(
  world: TestWorld,
  before: number | undefined,
  at: number,
  replace: (bytes: Uint8Array) => readonly Uint8Array[],
): HistoryPage {
  const page = pageOf(world.lock, before)
  const entries = page.entries.flatMap((bytes, index) => (index === at ? replace(bytes) : [bytes]))
  return { ...page, entries }
}

/** The same entry, a little later: still an entry, no longer the one that was hashed. */
function alteredTime(bytes: Uint8Array): Uint8Array {
  const entry = entryMessage.decode(bytes)
  return entryMessage.encode({ ...entry, timeMs: entry.timeMs + 1 })
}

suite('a hub that lies about history', () => {
  for (const [name, { fault, verified = 0, page }] of Object.entries(lies)) {
    test(`${name} is ${fault}`, async () => {
      const { world, contact } = await claimed(30)
      serve(world, (before) => page(world, before))
      const { entries, report } = await readAll(contact)
      assert.equal(report.fault?.code, fault)
      assert.equal(report.complete, false)
      assert.equal(report.verified, verified)
      assert.equal(entries.filter((entry) => entry.verified).length, verified)
      assert.equal(contact.known.head, undefined, 'nothing of it is remembered')
    })
  }

  test('a history without its newest entries is rolled back', async () => {
    const { world, contact } = await claimed(20)
    const old = pageOf(world.lock)
    grow(world, 5)
    await readHistory(contact).next()
    serve(world, () => old)
    const { entries, report } = await readAll(contact)
    assert.equal(report.fault?.code, 'rolledBack')
    assert.deepEqual(entries, [])
    assert.equal(contact.known.head?.sequence, 25)
  })

  test('a hub that says there is no journal is rolled back, too', async () => {
    const { world, contact } = await claimed(20)
    await readHistory(contact).next()
    serve(world, () => ({ entries: [], more: false }))
    assert.equal((await readAll(contact)).report.fault?.code, 'rolledBack')
  })

  for (const { seen, name } of [
    { seen: 30, name: 'at the head itself' },
    { seen: 12, name: 'below the head' },
  ]) {
    test(`another past ${name} is forked`, async () => {
      const { world, contact } = await claimed(30)
      const hash = new Uint8Array(32).fill(7)
      contact.known = { ...contact.known, head: { sequence: seen, hash } }
      const { report } = await readAll(contact)
      assert.equal(report.fault?.code, 'forked')
      assert.equal(report.fault?.sequence, seen)
      assert.equal(world.lock.journal.head.sequence, 30)
    })
  }

  test('a hub that pages for ever is not followed', async () => {
    const { world, contact } = await claimed(30)
    serve(world, (before) => ({ ...pageOf(world.lock, before), more: true }))
    const { report } = await readAll(contact)
    assert.equal(report.complete, true)
  })
})
