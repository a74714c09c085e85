import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse } from '#proof/processes/house.ts'
import { inviteResident, moveIn, openTab, operate, readHistory } from './acts.ts'
import { audit } from './audits.ts'

test('a resident opens with a finger that an owner has registered, until it is taken away', async (t) => {
  const house = await openHouse(t)
  const { step, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { widthPx: 360, heightPx: 740 })
  const { page } = ada
  const street = (await browser.phone('the street')).page
  const title = (words: string) => page.getByText(words, { exact: true }).first()

  await step('Ada moves in, and lists Mikael who lives with her', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    await inviteResident(page, 'Mikael')
    await street.goto(`${house.door.url}/#outside`)
  })

  await step('she names his thumb, looks at what that means, and starts the reader', async () => {
    await page.getByRole('button', { name: /^Mikael/ }).click()
    await page.getByRole('button', { name: 'Add a finger' }).click()
    await page.getByRole('radio', { name: 'Right thumb' }).check()
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('Mikael may lock and unlock with a fingerprint').waitFor()
    await page.getByRole('button', { name: 'Sign and start the reader' }).click()
    await title('Now touch the reader').waitFor()
    await ada.photograph('19 now touch the reader')
    assert.deepEqual(await audit(page, 'overflow'), [])
  })

  await step('he touches it three times, and her phone counts along', async () => {
    await touch(street, /^Hold Finger 1 to the reader/)
    await title('1 of 3').waitFor()
    await ada.photograph('20 one of three')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
    await touch(street, /^Hold Finger 1 to the reader/)
    await page.getByRole('button', { name: /^The finger of Mikael/ }).click()
    await title('2 of 3').waitFor()
    await touch(street, /^Hold Finger 1 to the reader/)
    await title('The reader has it').waitFor()
    assert.deepEqual(await listedWays(page), [], 'it is not in the list before she signs')
  })

  await step('she signs once more, and it opens', async () => {
    await page.getByRole('button', { name: 'Sign, so that it opens' }).click()
    await title('It opens from now on').waitFor()
    await ada.photograph('21 it opens')
    await page.getByRole('button', { name: 'Done' }).click()
    await touch(street, 'Finger 1')
    await door.until('the bolt drawn back', ({ bolt }) => bolt === 'retracted')
    await openTab(page, 'Door')
    await page.getByText('Mikael unlocked with a finger').waitFor()
    await operate(page, 'Lock')
  })

  await step('a finger and a face that nobody knows open nothing', async () => {
    const { boltMovements } = await door.look()
    await touch(street, 'Unknown finger')
    await street.getByText('Not known here').first().waitFor()
    await touch(street, 'Unknown face')
    await door.until('the face refused', ({ lastAnswer }) => lastAnswer?.number === 3)
    assert.equal((await door.look()).boltMovements, boltMovements)
  })

  await step('it was the other thumb: she calls it so, and it opens as before', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /^Mikael/ }).click()
    await page.getByRole('button', { name: 'Rename “Right thumb”' }).click()
    await page.getByLabel('What is it called?').fill('Left thumb')
    await ada.photograph('22 another name')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('The fingerprint of Mikael is called “Left thumb”').waitFor()
    await page.getByRole('button', { name: 'Sign the change' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await touch(street, 'Finger 1')
    await door.until('the bolt drawn back', ({ bolt }) => bolt === 'retracted')
    await openTab(page, 'Door')
    await operate(page, 'Lock')
  })

  await step('she takes it away: the reader has forgotten it, and it opens nothing', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /^Mikael/ }).click()
    await page.getByRole('button', { name: 'Remove “Left thumb”' }).click()
    await page.getByText('Mikael loses the fingerprint “Left thumb”').waitFor()
    await page.getByRole('button', { name: 'Sign and remove' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await street
      .getByRole('button', { name: 'Finger 1', exact: true })
      .waitFor({ state: 'detached' })
    await door.act('reader', { credentialType: 'fingerprint', whose: 'Finger 1' })
    await street.getByText('Not known here').first().waitFor()
    assert.equal((await door.look()).bolt, 'extended')
  })

  await step('the history says whose finger it was, and what was refused', async () => {
    const all = (await readHistory(page, 'Verified')).join('\n')
    assert.match(all, /Mikael unlocked\s+Fingerprint/)
    assert.match(all, /The reader has taken a finger for Mikael/)
    assert.match(all, /A fingerprint was refused\s+Fingerprint: not known at this door/)
    assert.match(all, /A face was refused\s+Face: not known at this door/)
    assert.deepEqual(ada.complaints, [])
  })
})

/** A finger on the glass of the virtual door. */
async function touch(street: Page, name: string | RegExp): Promise<void> {
  await street.getByRole('button', { name, exact: true }).first().click()
}

async function listedWays(page: Page): Promise<readonly string[]> {
  return page.getByText('Fingerprint, since').allInnerTexts()
}
