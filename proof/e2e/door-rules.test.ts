import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '#proof/processes/house.ts'
import { audit } from './audits.ts'
import { giveCode, moveIn, openTab, operate } from './acts.ts'

test('an owner changes the rules of the door', async (t) => {
  const house = await openHouse(t)
  const { step, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { widthPx: 360, heightPx: 740 })
  const { page } = ada
  let code = ''
  const openRule = async (title: RegExp): Promise<void> => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /Rules of the door/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: title }).click()
  }
  const look = (): Promise<void> => page.getByRole('button', { name: 'Look at the change' }).click()
  const sign = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Sign the change' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  await step('Nora has a code', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    code = await giveCode(page, 'Nora')
  })

  await step('every hour of every day becomes quiet for guests', async () => {
    await openRule(/Quiet hours.*None/)
    await page.getByRole('radio', { name: 'At these hours' }).check()
    for (const day of ['Sat', 'Sun']) await page.getByRole('checkbox', { name: day }).check()
    await page.getByLabel('From', { exact: true }).fill('00:00')
    await page.getByLabel('Until', { exact: true }).fill('00:00')
    await ada.photograph('quiet hours')
    assert.deepEqual(await audit(page, 'overflow'), [])
    assert.deepEqual(await audit(page, 'contrast'), [])
    await look()
    await page.getByText('Quiet hours: Daily all day for Guest').waitFor()
    await page.getByText('Before: None').waitFor()
    await sign()
  })

  await step('the code does not open', async () => {
    assert.equal((await door.type(code)).kind, 'refused')
  })

  await step('without quiet hours it does', async () => {
    await openRule(/Quiet hours.*Daily all day/)
    await page.getByRole('radio', { name: 'None' }).check()
    await look()
    await sign()
    assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
  })

  await step('a holiday comes and goes', async () => {
    await page.getByRole('button', { name: /Holidays/ }).click()
    await page.getByRole('button', { name: 'Add a holiday' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Christmas')
    await page.getByLabel('First day').fill('2030-12-24')
    await page.getByLabel('Last day, included').fill('2030-12-26')
    await look()
    await page.getByText(/Christmas, 24.*26 Dec 2030, becomes a holiday/).waitFor()
    await sign()
    await page.getByRole('button', { name: /Holidays.*1 holiday/ }).click()
    await page.getByRole('button', { name: 'Add a holiday' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Fair')
    await page.getByLabel('First day').fill('2030-12-26')
    await page.getByLabel('Last day, included').fill('2030-12-28')
    await page.getByRole('radio', { name: 'Vacation' }).check()
    await look()
    await page
      .getByText('“Christmas” and “Fair”: two holidays of different modes overlap.')
      .waitFor()
    await page.getByLabel('First day').fill('2030-12-27')
    await look()
    await page.getByText(/Fair, 27.*28 Dec 2030, becomes a holiday/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /Holidays.*1 holiday/ }).click()
    await page.getByRole('button', { name: 'Remove Christmas' }).click()
    await page.getByRole('button', { name: 'Sign and remove' }).click()
    await page.getByRole('button', { name: /Holidays.*None/ }).waitFor()
  })
})
