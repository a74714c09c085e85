import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  ask,
  changePolicy,
  draftVisitorCode,
  followState,
  KeyholderError,
  operate,
  readHistory,
  readPolicy,
} from '@mortise/keyholder'
import type { HistoryPage, HistoryReport } from '@mortise/keyholder'
import { falseWords } from './false-words.ts'
import { assertOwnerRules, openHouse, roundTrip } from './house.ts'
import type { House } from './house.ts'

for (const { name, level, properties, rows, weakness, deceives } of falseWords) {
  describe(`${name} (${level}; ${properties.join(', ')}; rows ${rows.join(', ')})`, () => {
    test('deceives a phone that is weak on purpose', async (context) => {
      assert.ok(await deceives(await openHouse(context, weakness)), 'the control shows nothing')
    })

    test('deceives nobody, and the owner goes on through an honest hub', async (context) => {
      const house = await openHouse(context)
      assert.equal(await deceives(house), false)
      await assertOwnerRules(house)
    })
  })
}

const failsAs = (code: string) => (error: unknown) =>
  error instanceof KeyholderError && error.code === code

describe('what a hub cannot show as done (hub root; P6, P16; rows 1, 67)', () => {
  const silence = new KeyholderError('noAnswer')

  test('a dropped unlock is no success, and the door is asked and not guessed', async (context) => {
    const house = await openHouse(context)
    house.meddle({ relay: () => Promise.reject(silence) })
    await assert.rejects(operate(house.contact, 'unlock'), failsAs('noAnswer'))
    await assertOwnerRules(house)
  })

  test('a change that reached nobody is not shown as in force', async (context) => {
    const house = await openHouse(context)
    const { contact } = house
    const draft = draftVisitorCode(contact.device, { name: 'Vera' }, { pin: '739146' })
    house.meddle({ relay: () => Promise.reject(silence) })
    await assert.rejects(changePolicy(contact, draft), failsAs('noAnswer'))
    assert.equal(house.disk().lock.state().policyVersion, 1)
    await assertOwnerRules(house)
  })

  test('a change whose receipt is swallowed is told by the lock’s own fresh state', async (context) => {
    const house = await openHouse(context)
    const { contact, hub, disk } = house
    const honest = hub.port(disk().lock.lockKey)
    const draft = draftVisitorCode(contact.device, { name: 'Vera' }, { pin: '739146' })
    let passed = 0
    house.meddle({
      async relay(lockId, sealed) {
        passed += 1
        const reply = await honest.relay(lockId, sealed)
        // The question before the change, then the change itself.
        if (passed === 2) throw silence
        return reply
      },
    })
    const { version, receipt } = await changePolicy(contact, draft)
    assert.deepEqual([version, receipt], [2, undefined])
    assert.equal(disk().lock.state().policyVersion, 2)
    await assertOwnerRules(house)
  })
})

test('an old state in the live stream does not undo a newer one (hub root; P14; row 67)', async (context) => {
  const house = await openHouse(context)
  const { contact } = house
  const old = house.disk().linked.signedState()
  await operate(contact, 'unlock')
  assert.equal(followState(contact, old), undefined)
  assert.equal(contact.sighting?.state.lockState, 'unlocked')
})

test('nothing that another lock has signed counts here (hub root; P3, P14; rows 11, 14)', async (context) => {
  const front = await openHouse(context)
  const back = await openHouse(context, { hub: front.hub })
  await roundTrip(back)
  const theirs = back.contact.device.hub
  const { lockId } = back.contact
  const { contact } = front
  front.meddle({
    relay: (_, sealed) => theirs.relay(lockId, sealed),
    policyReport: () => theirs.policyReport(lockId),
    historyPage: (_, before) => theirs.historyPage(lockId, before),
  })
  await assert.rejects(ask(contact), failsAs('requestUndeliverable'))
  await assert.rejects(operate(contact, 'unlock'), failsAs('requestUndeliverable'))
  await assert.rejects(readPolicy(contact), failsAs('policyForged'))
  assert.equal((await readHistory(contact).next()).report.fault?.code, 'headForged')
  assert.throws(
    () => followState(contact, back.disk().linked.signedState()),
    failsAs('replyForged'),
  )
  // The positive control: at home all of it is good.
  assert.equal((await readPolicy(back.contact)).policy.version, 1)
  assert.equal((await readHistory(back.contact).next()).report.fault, undefined)
  await assertOwnerRules(front)
  await assertOwnerRules(back)
})

describe('a history that was tampered with says so (hub root; P14; rows 2, 7, 59)', () => {
  type Tamper = (page: HistoryPage, older: HistoryPage) => HistoryPage
  const tampers: Readonly<Record<string, Tamper>> = {
    'an entry in the middle is missing': (page) => ({
      ...page,
      entries: page.entries.toSpliced(2, 1),
    }),
    'the newest entries are missing': (_, older) => older,
    'the newest entries are missing under the newest head': (page) => ({
      ...page,
      entries: page.entries.slice(1),
    }),
    'the oldest entries are missing': (page) => ({ ...page, entries: page.entries.slice(0, -1) }),
    'an entry was altered': (page) => ({ ...page, entries: page.entries.with(1, bent(page, 1)) }),
    'two entries were swapped': (page) => ({
      ...page,
      entries: page.entries.toSpliced(1, 2, ...page.entries.slice(1, 3).toReversed()),
    }),
    'an entry comes twice': (page) => ({
      ...page,
      entries: page.entries.toSpliced(1, 0, ...page.entries.slice(1, 2)),
    }),
    'an entry is noise': (page) => ({
      ...page,
      entries: page.entries.with(1, new Uint8Array(40).fill(3)),
    }),
    'the head was altered': (page) => ({ ...page, signedHead: flipped(page.signedHead) }),
    'there is no head': ({ entries, more }) => ({ entries, more }),
    'there is nothing at all': () => ({ entries: [], more: false }),
  }

  function flipped(bytes: Uint8Array = new Uint8Array(1)): Uint8Array {
    const copy = Uint8Array.from(bytes)
    copy[copy.length - 1] = (copy.at(-1) ?? 0) ^ 1
    return copy
  }

  function bent(page: HistoryPage, at: number): Uint8Array {
    return flipped(page.entries[at])
  }

  function isWhole({ fault, gaps, missingAtEnd, complete }: HistoryReport): boolean {
    return complete && fault === undefined && gaps.length === 0 && missingAtEnd === 0
  }

  async function read({ contact }: House): Promise<HistoryReport> {
    await ask(contact)
    return (await readHistory(contact).next()).report
  }

  for (const [what, tamper] of Object.entries(tampers)) {
    test(what, async (context) => {
      const house = await openHouse(context)
      const { contact, hub, disk } = house
      const honest = hub.port(disk().lock.lockKey)
      await roundTrip(house)
      const older = await honest.historyPage(contact.lockId)
      await assertOwnerRules(house)
      // The positive control: what is not tampered with is whole.
      assert.ok(isWhole(await read(house)))
      const page = await honest.historyPage(contact.lockId)
      const tampered = tamper(page, older)
      house.meddle({ historyPage: () => Promise.resolve(tampered) })
      assert.equal(isWhole(await read(house)), false)
      house.meddle({})
      assert.ok(isWhole(await read(house)), 'a lie leaves no mark on the memory of the phone')
    })
  }
})
