import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '#proof/processes/house.ts'
import { audit } from './audits.ts'
import { giveCode, moveIn, openTab, operate } from './acts.ts'

test('an owner changes somebody who is in the list', async (t) => {
  const house = await openHouse(t)
  const { step, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { widthPx: 360, heightPx: 740 })
  const { page } = ada
  let code = ''

  await step('Nora has a code', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    code = await giveCode(page, 'Nora')
  })

  await step('Ada gives her another name and switches her access off', async () => {
    await page.getByRole('button', { name: /Nora/ }).click()
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByLabel('Name', { exact: true }).fill('Nora Berg')
    await page.getByRole('radio', { name: 'Switched off' }).check()
    await ada.photograph('change a person')
    assert.deepEqual(await audit(page, 'overflow'), [])
    assert.deepEqual(await audit(page, 'contrast'), [])
    await page.getByRole('button', { name: 'Look at the change' }).click()
  })

  await step('she sees what it does, and signs', async () => {
    await page.getByText('Nora Berg may do less than before').waitFor()
    await page.getByText('Was called Nora').waitFor()
    await page.getByText('Access is switched off').waitFor()
    await ada.photograph('change a person, before signing')
    assert.deepEqual(await audit(page, 'overflow'), [])
    await page.getByRole('button', { name: 'Sign the change' }).click()
    await page.getByRole('button', { name: /Nora Berg.*Switched off/ }).waitFor()
  })

  await step('the code does not open any more', async () => {
    assert.equal((await door.type(code)).kind, 'refused')
    assert.equal((await door.look()).bolt, 'extended')
  })

  await step('switched on again, the same code opens', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /Nora Berg/ }).click()
    await page.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByRole('radio', { name: 'On', exact: true }).check()
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('Nora Berg may do more than before').waitFor()
    await page.getByRole('button', { name: 'Sign the change' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
  })
})
