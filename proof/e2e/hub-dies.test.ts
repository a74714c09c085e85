import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertEnds, createCommandLine } from '#proof/processes/command-line.ts'
import type { CommandLine } from '#proof/processes/command-line.ts'
import { eventually } from '#proof/processes/eventually.ts'
import { openHouse } from '#proof/processes/house.ts'
import type { House } from '#proof/processes/house.ts'
import { alterHistory, cutHistory, loseDatabase } from '#proof/processes/hub-database.ts'
import { giveCode, moveIn, openTab, operate, readHistory } from './acts.ts'

/** As `cli/exit-codes.ts` promises them to scripts. */
const exits = { done: 0, unverified: 4 } as const
const historyLimit = '200'

test('the hub dies, loses its memory, and is tampered with; the door does not care', async (t) => {
  const house = await openHouse(t, { withoutApp: true })
  const { step, hub, lock, door } = house
  const mortise = createCommandLine(house, 'ada')
  let code = ''
  let newest = 0

  await step('Ada owns the lock and Nora has a code', async () => {
    await moveInByCommand(house, mortise)
    const added = await mortise(['code', 'add', 'Nora', '--json'])
    assertEnds(added, exits.done)
    code = String(added.json().at('code'))
    await door.turnThumb('extended')
  })

  await step('the hub is killed, and Nora comes and goes three times', async () => {
    await hub.kill()
    for (let visit = 0; visit < 3; visit += 1) {
      assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
      await door.until('the bolt at rest', ({ bolt, moving }) => bolt === 'retracted' && !moving)
      await door.moveLeaf(true)
      await door.moveLeaf(false)
      await door.turnThumb('extended')
    }
    const signal = await door.type('70707070')
    assert.deepEqual(signal, { kind: 'refused', reason: 'wrongCode' })
  })

  await step('the hub comes back, and the history arrives complete, in order, once', async () => {
    await hub.start()
    const sequences = await wholeHistory(mortise)
    newest = sequences[0] ?? 0
    assert.deepEqual(
      sequences,
      Array.from({ length: newest }, (_, index) => newest - index),
    )
    const { stdout } = await mortise(['history', '--limit', historyLimit])
    assert.equal(stdout.split('\n').filter((line) => /Unlocked by Nora/.test(line)).length, 3)
  })

  await step('the lock is killed in between and continues the same history', async () => {
    await lock.kill()
    await lock.start()
    await lock.connected()
    assertEnds(await mortise(['unlock']), exits.done)
    const sequences = await wholeHistory(mortise)
    assert.ok((sequences[0] ?? 0) > newest)
    assert.equal(new Set(sequences).size, sequences[0])
  })

  await step('the hub forgets everything; codes open the door, and Ada gets back in', async () => {
    await hub.kill()
    loseDatabase(hub)
    await door.turnThumb('extended')
    assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
    await hub.start()
    const answer = await eventually('a hub that knows the lock again', async () => {
      const status = await mortise(['status', '--json'])
      return status.code === exits.done ? status : undefined
    })
    assert.equal(answer.json().at('locks', 0, 'name'), 'Front door')
    assertEnds(await mortise(['lock']), exits.done)
  })

  await step('what the history holds after that is verified, and a gap is told', async () => {
    const check = await settledCheck(mortise)
    assert.equal(check.at('check', 'firstLook'), false)
    const gaps = check.at('check', 'gaps')
    t.diagnostic(`gaps after the loss: ${JSON.stringify(gaps)}`)
  })

  await step('entries are cut out of the database, and the check names them', async () => {
    await hub.stop()
    cutHistory(hub, 4, 6)
    await hub.start()
    await lockIsThere(mortise)
    const answer = await mortise(['history', '--verify', '--limit', historyLimit, '--json'])
    assertEnds(answer, exits.done)
    assert.deepEqual(answer.json().at('check', 'gaps'), [{ from: 4, to: 6 }])
  })

  await step('an entry is altered, and the check calls the history false', async () => {
    await hub.stop()
    alterHistory(hub, 9)
    await hub.start()
    await lockIsThere(mortise)
    const answer = await mortise(['history', '--verify', '--json'])
    assertEnds(answer, exits.unverified)
    assert.ok(answer.json().at('check', 'fault', 'sequence'))
  })

  await step('the bolt still moves for Ada and for Nora', async () => {
    assertEnds(await mortise(['lock']), exits.done)
    assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
  })
})

test('the same, seen by Ada on her phone', async (t) => {
  const house = await openHouse(t)
  const { step, hub, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada')
  const { page } = ada
  let code = ''

  await step('Ada has moved in, and Nora has a code', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    code = await giveCode(page, 'Nora')
    await openTab(page, 'Door')
  })

  await step('the hub dies: the app says so, and asks for nothing', async () => {
    await hub.kill()
    await page.getByText('The hub does not answer.').first().waitFor()
    assert.equal(await page.getByRole('button', { name: /^(Lock|Unlock) / }).count(), 0)
    await ada.photograph('hub away')
  })

  await step('Nora comes meanwhile', async () => {
    assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
    await door.until('the bolt at rest', ({ bolt, moving }) => bolt === 'retracted' && !moving)
    await door.turnThumb('extended')
  })

  await step('the hub is back, and Ada reads of it, complete, in order, once', async () => {
    await hub.start()
    await page
      .getByText(/Locked by hand|Nora unlocked with a code/)
      .first()
      .waitFor()
    await openTab(page, 'History')
    await page.getByText('Nora unlocked').waitFor()
    await readHistory(page, 'Verified')
    assert.equal(await page.getByText('Nora unlocked').count(), 1)
    const sequences = await shownSequences(page)
    const descending = sequences.toSorted((left, right) => right - left)
    assert.deepEqual(sequences, descending)
    assert.equal(new Set(sequences).size, sequences.length)
    await page.getByRole('button', { name: 'Verified' }).click()
    await page.getByText(/^Entries 1 to \d+ form one unbroken chain/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  })

  await step('the hub forgets everyone; the same passkey gets her back in', async () => {
    await hub.kill()
    loseDatabase(hub)
    await hub.start()
    // Only the lock can tell the hub whose passkey this is.
    await hub.logged('policyStored')
    await page.getByRole('button', { name: 'Sign in with passkey' }).click()
    await openTab(page, 'Door')
    await operate(page, 'Unlock')
    await operate(page, 'Lock')
  })

  await step('the history still continues what her phone saw', async () => {
    await readHistory(page, 'Verified')
    await page.getByRole('button', { name: 'Verified' }).click()
    await page.getByText(/It continues what this phone saw last/).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  })

  await step('what is cut out of the database is shown as a gap, in its place', async () => {
    await hub.stop()
    cutHistory(hub, 3, 4)
    await hub.start()
    await page.reload()
    await page.getByRole('button', { name: 'Show earlier' }).click()
    await readHistory(page, 'Gap')
    await page.getByText('Entries 3 to 4 are missing').waitFor()
    await ada.photograph('history with a gap')
  })

  await step('what was altered is called tampered with', async () => {
    await hub.stop()
    alterHistory(hub, 7)
    await hub.start()
    await page.reload()
    await readHistory(page, 'Broken')
    await page.getByText('This history was tampered with').waitFor()
    await ada.photograph('history altered')
  })
})

/** The numbers of the entries on the page, from the top down. */
async function shownSequences(page: Page): Promise<readonly number[]> {
  const titles = await page
    .getByRole('main')
    .getByRole('time')
    .evaluateAll((times) => times.map((time) => time.getAttribute('title') ?? ''))
  return titles.map((title) => Number(title.replace(/^.*Entry /, '')))
}

async function moveInByCommand(house: House, mortise: CommandLine): Promise<void> {
  await house.lock.connected()
  assertEnds(await mortise(['setup', '--name', 'Ada'], house.hub.setupLink), exits.done)
  await house.door.pressInsideButton()
  assertEnds(await mortise(['claim'], await house.door.setupText()), exits.done)
}

/** The check of the whole history, once the hub has everything that the lock has written. */
async function settledCheck(mortise: CommandLine) {
  return eventually('the newest entries at the hub', async () => {
    const answer = await mortise(['history', '--verify', '--json', '--limit', historyLimit])
    if (answer.code !== exits.done) return undefined
    const json = answer.json()
    const isAsked = !answer.stdout.includes('lockNotAsked')
    return isAsked && json.at('check', 'missingAtEnd') === 0 ? json : undefined
  })
}

/** All sequences, newest first, of a history without a fault or gap. */
async function wholeHistory(mortise: CommandLine): Promise<readonly number[]> {
  const json = await settledCheck(mortise)
  assert.equal(json.at('check', 'complete'), true)
  assert.deepEqual(json.at('check', 'gaps'), [])
  const entries = json.at('entries')
  assert.ok(Array.isArray(entries))
  return entries.map((_, index) => Number(json.at('entries', index, 'sequence')))
}

async function lockIsThere(mortise: CommandLine): Promise<void> {
  await eventually('the lock at the hub', async () => {
    const { code } = await mortise(['status'])
    return code === exits.done ? true : undefined
  })
}
