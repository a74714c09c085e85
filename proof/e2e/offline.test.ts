import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse } from '#proof/processes/house.ts'
import { audit, runInPage } from './audits.ts'
import { giveCode, moveIn, openTab, operate, readHistory } from './acts.ts'

test('with the hub away the app still tells who may come and who came', async (t) => {
  const house = await openHouse(t)
  const { step, hub } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada')
  const { page } = ada

  await step('Ada has a visitor, and has read the list and the history', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    await giveCode(page, 'Nora')
    await page.getByText('is in force').waitFor()
    await readHistory(page, 'Verified')
  })

  await step('the hub is killed, and the app is opened anew', async () => {
    await hub.kill()
    await page.reload()
    await page.getByRole('navigation').waitFor()
  })

  await step('the history is there, checked again, with its age', async () => {
    const lines = await readHistory(page, 'Verified')
    assert.match(lines.join('\n'), /Ada locked/)
    await page.getByText(/^Read .+ ago$/).waitFor()
    await ada.photograph('history from the shelf')
    assert.deepEqual(await audit(page, 'overflow'), [])
  })

  await step('the people are there, with the age, and nothing to sign', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /Nora/ }).waitFor()
    await page.getByText(/^Read .+ ago, and the lock’s signature checked again/).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Give somebody a code' }).count(), 0)
    await ada.photograph('people from the shelf')
    assert.deepEqual(await audit(page, 'overflow'), [])
  })

  await step('what was altered on the phone is not shown', async () => {
    assert.deepEqual(await runInPage(page, 'spoil-shelf'), ['reports', 'histories'])
    await page.reload()
    await page.getByText('Not read yet').waitFor()
    assert.equal(await page.getByText('Nora').count(), 0)
  })

  await step('the hub is back: the list is in force again', async () => {
    await hub.start()
    await page.getByText('is in force').waitFor()
    await page.getByRole('button', { name: /Nora/ }).waitFor()
  })

  await step('signing out forgets people and history on this phone', async () => {
    await openTab(page, 'Settings')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Good to see you.' }).waitFor()
    await hub.kill()
    await page.reload()
    await page.getByRole('button', { name: 'Try again' }).waitFor()
    assert.equal(await page.getByText('Nora').count(), 0)
    assert.equal(await page.getByRole('navigation').count(), 0)
  })
})
