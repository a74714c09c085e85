import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertEnds, createCommandLine } from '#proof/processes/command-line.ts'
import { openHouse } from '#proof/processes/house.ts'
import { claimWith, giveCode, moveIn, nameTheDoor, openTab, operate } from './acts.ts'
import { audit } from './audits.ts'

test('a reset is asked for inside and stopped; then its owner sets the lock back', async (t) => {
  const house = await openHouse(t, { withoutApp: true })
  const { step, door, hub, lock } = house
  const ada = createCommandLine(house, 'ada')
  let code = ''
  let movements = 0

  await step('Ada owns the lock, and Nora has a code', async () => {
    assertEnds(await ada(['setup', '--name', 'Ada'], hub.setupLink), 0)
    await lock.connected()
    await door.pressInsideButton()
    assertEnds(await ada(['claim', '--door', 'Front door'], await door.setupText()), 0)
    assertEnds(await ada(['lock']), 0)
    const added = await ada(['code', 'add', 'Nora', '--for', '1h', '--json'])
    assertEnds(added, 0)
    code = String(added.json().at('code'))
    movements = (await door.look()).boltMovements
  })

  await step('somebody inside holds the button and presses it once more', async () => {
    await door.act('inside-button', { held: true })
    await door.until('a reset on offer', ({ factoryReset }) => factoryReset?.stage === 'offered')
    await door.act('inside-button', { held: false })
    await door.pressInsideButton()
    const { factoryReset, alarms } = await door.until(
      'a reset that waits',
      (seen) => seen.factoryReset?.stage === 'waiting',
    )
    assert.ok((factoryReset?.remainingMs ?? 0) > 2 * 86_400_000)
    assert.ok(alarms.includes('lockFactoryReset'))
  })

  await step('Ada sees it and stops it', async () => {
    const status = await ada(['status', '--json'])
    assert.equal(status.json().at('locks', 0, 'state', 'alarms', 0), 'lockFactoryReset')
    assert.equal(typeof status.json().at('locks', 0, 'state', 'factoryResetAt'), 'string')
    assertEnds(await ada(['reset', 'stop']), 0)
    assert.equal((await door.look()).factoryReset, null)
    assertEnds(await ada(['reset', 'stop']), 1)
  })

  await step('she sells the lock, which forgets everybody and moves nothing', async () => {
    assertEnds(await ada(['reset', 'Back door']), 2)
    await door.pressInsideButton()
    const sold = await ada(['reset', 'Front door', '--json'])
    assertEnds(sold, 0)
    assert.equal(sold.json().at('state', 'claimed'), false)
    await lock.beganAnew()
    const signal = await door.type(code)
    assert.deepEqual(signal, { kind: 'refused', reason: 'notClaimed' })
    assert.equal((await door.look()).boltMovements, movements)
  })

  await step(
    'the next owner claims it: another lock, for which no key and no code of before is good',
    async () => {
      await lock.connected()
      await door.pressInsideButton()
      assertEnds(await ada(['claim', '--door', 'New door'], await door.setupText()), 0)
      assert.deepEqual(await door.type(code), { kind: 'refused', reason: 'wrongCode' })
      const old = await ada(['unlock', '--lock', 'Front door'])
      assert.notEqual(old.code, 0)
      assert.equal((await door.look()).boltMovements, movements)
      assertEnds(await ada(['unlock', '--lock', 'New door']), 0)
      assert.equal((await door.look()).bolt, 'retracted')
    },
  )
})

test('an owner stops a reset in the app, and hands the lock over with it', async (t) => {
  const house = await openHouse(t)
  const { step, door, lock } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { widthPx: 360, heightPx: 740 })
  const { page } = ada
  const title = (words: string | RegExp) => page.getByText(words).first()
  let code = ''
  let movements = 0

  await step('Ada lives here, and Nora has a code', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    code = await giveCode(page, 'Nora')
    movements = (await door.look()).boltMovements
    await openTab(page, 'Door')
  })

  await step(
    'somebody inside asks for a reset: her phone says so, and how long is left',
    async () => {
      await door.act('inside-button', { held: true })
      await door.until('a reset on offer', ({ factoryReset }) => factoryReset?.stage === 'offered')
      await door.act('inside-button', { held: false })
      await door.pressInsideButton()
      await title('Somebody inside asked for a factory reset').waitFor()
      await title(/Nobody has access any more from .*, in [23] days/).waitFor()
      assert.deepEqual(await audit(page, 'overflow'), [])
      await ada.photograph('22 a reset waits')
    },
  )

  await step('she stops it', async () => {
    await page.getByRole('button', { name: 'Stop the reset' }).click()
    await page.getByRole('button', { name: 'Stop the reset' }).waitFor({ state: 'detached' })
    assert.equal((await door.look()).factoryReset, null)
  })

  await step(
    'she sells the lock: she writes out its name, presses the button inside and signs',
    async () => {
      await openTab(page, 'Settings')
      await page.getByRole('button', { name: /^Front door/ }).click()
      await page.getByRole('button', { name: 'Hand this lock over' }).click()
      const sign = page.getByRole('button', { name: 'Sign and set it back' })
      assert.equal(await sign.isDisabled(), true)
      await page.getByLabel('Write “Front door”').fill('Front door')
      await ada.photograph('23 she hands the lock over')
      await door.pressInsideButton()
      await sign.click()
      await title('Front door is set back').waitFor()
      await ada.photograph('24 it is set back')
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    },
  )

  await step('her phone says what became of it, and can ask it nothing more', async () => {
    await lock.beganAnew()
    await openTab(page, 'Door')
    await title(/^This lock was set back/).waitFor()
    await title('It has new keys, so this phone can ask it nothing any more.').waitFor()
    assert.equal(await page.getByText('Codes and keys still work').count(), 0)
    await ada.photograph('25 it was set back')
    assert.deepEqual(await door.type(code), { kind: 'refused', reason: 'notClaimed' })
    assert.equal((await door.look()).boltMovements, movements)
  })

  await step('it waits to be claimed, and her phone takes it for another lock', async () => {
    await lock.connected()
    await openTab(page, 'Settings')
    await page.getByRole('button', { name: 'Add a door' }).click()
    await door.pressInsideButton()
    await claimWith(page, await door.setupText())
    await nameTheDoor(page, 'New door')
    await page.getByRole('button', { name: 'Skip the test' }).click()
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor()
    await operate(page, 'Unlock')
    assert.deepEqual(await door.type(code), { kind: 'refused', reason: 'wrongCode' })
    assert.deepEqual(ada.complaints, [])
  })
})
