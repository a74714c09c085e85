import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { webSealCrypto } from '@mortise/crypto/web'
import type { Contact, HistoryPage } from '@mortise/keyholder'
import { readPolicy } from '@mortise/keyholder'
import { createTestWorld } from '@mortise/keyholder/testing'
import { entryMessage, toHex } from '@mortise/protocol/wire'
import { createKeep, keptEntriesMax } from '#app/shell/kept/keep.ts'
import { isAway, keptHub, overShelf } from '#app/shell/kept/kept-hub.ts'
import { keepingHub } from '#app/shell/kept/keeping-hub.ts'
import { keptHistory, keptReport } from '#app/shell/kept/records.ts'
import { createReadings } from '#app/shell/locks/readings.ts'

/** Two stores in memory with the manners of the browser's. */
function createShelf() {
  const records = new Map<string, unknown>()
  return {
    records,
    get: (store: string, key: string) => Promise.resolve(records.get(`${store} ${key}`)),
    update: <Value>(store: string, key: string, change: (before: unknown) => Value) => {
      const after = change(records.get(`${store} ${key}`))
      records.set(`${store} ${key}`, after)
      return Promise.resolve(after)
    },
  }
}

/** A claimed lock with `entries` more in its journal, and a phone with a shelf. */
async function household(entries = 0) {
  const world = createTestWorld(webSealCrypto)
  const { contact } = await world.claim()
  for (let count = 0; count < entries; count += 1) world.lock.journal.append({ type: 'doorMoved' })
  const shelf = createShelf()
  const { crypto, memory, clock } = world.device
  const nowMs = (): number => clock.nowMs()
  const keep = createKeep({ database: shelf, memory, crypto, nowMs })
  const id = toHex(contact.lockId)
  const readFromShelf = (): Contact => overShelf(contact, keptHub(shelf))
  return { world, contact, shelf, keep, id, readFromShelf }
}

type Household = Awaited<ReturnType<typeof household>>

async function keepPage(
  { world, contact, keep }: Household,
  before?: number,
): Promise<HistoryPage> {
  const page = await world.hub.historyPage(contact.lockId, before)
  await keep.page(contact.lockId, before, page)
  return page
}

function keptSequences({ shelf, id }: Household): readonly number[] {
  const kept = keptHistory(shelf.records.get(`histories ${id}`))
  return (kept?.entries ?? []).map((bytes) => entryMessage.decode(bytes).sequence)
}

function countDown(from: number, to: number): readonly number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index)
}

suite('what is kept of a policy', () => {
  test('is the signed report, and reads as the list that it was', async () => {
    const { world, contact, keep, readFromShelf } = await household()
    await keep.report(contact.lockId, world.lock.signedReport())
    const { policy, standing } = await readPolicy(readFromShelf())
    assert.equal(policy.users[0]?.name, 'Ada')
    assert.equal(standing, 'unconfirmed', 'nobody has asked the lock')
  })

  test('is nothing when the lock did not sign it', async () => {
    const { world, contact, keep, shelf } = await household()
    const forged = world.lock.signedReport().slice()
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1
    await keep.report(contact.lockId, forged)
    assert.equal(keptReport(shelf.records.values().next().value), undefined)
  })

  test('is not made older by a hub that fell back', async () => {
    const { world, contact, keep, shelf, id } = await household()
    const old = world.lock.signedReport()
    world.pass(1_000)
    const newer = world.lock.signedReport()
    await keep.report(contact.lockId, newer)
    await keep.report(contact.lockId, old)
    assert.deepEqual(keptReport(shelf.records.get(`reports ${id}`))?.signed, newer)
  })
})

suite('what is kept of a history', () => {
  test('grows at both ends, and holds together', async () => {
    const home = await household(119)
    await keepPage(home)
    assert.deepEqual(keptSequences(home), countDown(120, 71))
    await keepPage(home, 71)
    assert.deepEqual(keptSequences(home), countDown(120, 21))
    home.world.lock.journal.append({ type: 'doorMoved' })
    await keepPage(home)
    assert.deepEqual(keptSequences(home), countDown(121, 21))
    await keepPage(home, 5)
    assert.deepEqual(keptSequences(home), countDown(121, 21), 'a page that does not continue it')
  })

  test('drops what a hole parts from the newest page, and everything above its bound', async () => {
    const home = await household(59)
    await keepPage(home)
    for (let count = 0; count < keptEntriesMax + 60; count += 1) {
      home.world.lock.journal.append({ type: 'doorMoved' })
    }
    const newest = home.world.lock.journal.head.sequence
    await keepPage(home)
    assert.deepEqual(keptSequences(home), countDown(newest, newest - 49))
    for (let below = newest - 49; below > 1; below -= 50) await keepPage(home, below)
    assert.equal(keptSequences(home).length, keptEntriesMax)
  })

  test('ends where a hub altered an entry, and ignores an older or forged head', async () => {
    const home = await household(29)
    const page = await home.world.hub.historyPage(home.contact.lockId)
    const [first, second, ...rest] = page.entries
    assert.ok(first !== undefined && second !== undefined)
    const altered = { ...page, entries: [first, second.toReversed(), ...rest] }
    await home.keep.page(home.contact.lockId, undefined, altered)
    assert.deepEqual(keptSequences(home), [30])
    const signedHead = page.signedHead?.toReversed() ?? new Uint8Array(1)
    home.world.lock.journal.append({ type: 'doorMoved' })
    await keepPage(home)
    await home.keep.page(home.contact.lockId, undefined, page)
    await home.keep.page(home.contact.lockId, undefined, { ...page, signedHead })
    assert.deepEqual(keptSequences(home), countDown(31, 1))
  })
})

suite('reading while the hub is away', () => {
  /** The readings of the app, whose hub can be taken away. */
  async function reader(entries: number) {
    const home = await household(entries)
    const { world, contact, shelf, keep, id } = home
    let written = Promise.resolve()
    const beside = {
      report: (...args: Parameters<typeof keep.report>) => (written = keep.report(...args)),
      page: (...args: Parameters<typeof keep.page>) => (written = keep.page(...args)),
    }
    let away = false
    const real = keepingHub(world.hub, () => Promise.resolve(beside))
    const gone = keptHub(createShelf())
    const hub = {
      relay: (...args: Parameters<typeof real.relay>) => (away ? gone : real).relay(...args),
      policyReport: (lock: Uint8Array) => (away ? gone : real).policyReport(lock),
      historyPage: (lock: Uint8Array, before?: number) =>
        (away ? gone : real).historyPage(lock, before),
    }
    const here: Contact = { ...contact, device: { ...contact.device, hub } }
    const contacts = { of: () => Promise.resolve(here), proving: () => Promise.resolve(here) }
    const readings = createReadings({ contacts, database: shelf })
    return {
      ...home,
      readings,
      id,
      contact: here,
      takeHubAway: async () => {
        await written
        away = true
      },
    }
  }

  test('people and history come from the shelf, with the time at which they were read', async () => {
    const { readings, world, id, takeHubAway } = await reader(70)
    const online = await readings.people(id)
    assert.deepEqual([online.standing, online.keptAtMs], ['inForce', null])
    assert.equal((await readings.startHistory(id)).keptAtMs, null)
    const readAtMs = world.device.clock.nowMs()
    await takeHubAway()
    world.pass(3_600_000)
    const people = await readings.people(id)
    assert.deepEqual([people.standing, people.keptAtMs], ['unconfirmed', readAtMs])
    assert.deepEqual(people.people, online.people)
    const part = await readings.startHistory(id)
    assert.deepEqual([part.keptAtMs, part.ended, part.entries.length], [readAtMs, false, 50])
    assert.ok(part.entries.every(({ verified }) => verified))
    assert.deepEqual([part.report.gaps, part.report.continuesFrom], [[], 71])
    const oldest = part.entries.at(-1)?.entry.sequence ?? 0
    await assert.rejects(readings.moreHistory(id, oldest), isAway)
  })

  const spoilers: Readonly<Record<string, (record: unknown) => unknown>> = {
    'another shape': () => ({ signed: 'text', entries: 7 }),
    'bytes that the lock did not sign': (record) => ({
      ...(typeof record === 'object' ? record : {}),
      signed: new Uint8Array(200),
      signedHead: new Uint8Array(200),
    }),
    nothing: () => undefined,
  }
  for (const [what, spoil] of Object.entries(spoilers)) {
    test(`a shelf with ${what} counts as empty: the hub is away, and nobody is accused`, async () => {
      const { readings, shelf, id, takeHubAway } = await reader(5)
      await readings.people(id)
      await readings.startHistory(id)
      await takeHubAway()
      for (const [key, record] of shelf.records) shelf.records.set(key, spoil(record))
      await assert.rejects(readings.people(id), isAway)
      await assert.rejects(readings.startHistory(id), isAway)
    })
  }

  test('a shelf that is older than what this phone has seen accuses nobody', async () => {
    const { readings, id, contact, takeHubAway } = await reader(5)
    await readings.startHistory(id)
    await takeHubAway()
    contact.known = { ...contact.known, head: { sequence: 900, hash: new Uint8Array(32) } }
    await assert.rejects(readings.startHistory(id), isAway)
  })
})
