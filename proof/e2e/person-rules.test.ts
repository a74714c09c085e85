import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse } from '#proof/processes/house.ts'
import { audit, nameless } from './audits.ts'
import { draftVisitor, moveIn, openTab, operate, signForCode } from './acts.ts'

test('an owner writes a cleaner’s rules, and the lock follows them', async (t) => {
  const house = await openHouse(t)
  const { step, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { widthPx: 360, heightPx: 740, theme: 'light' })
  const { page } = ada
  let code = ''

  await step('Ada moves in, and nobody has opened with anything yet today', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
  })

  await step('Cleo gets all days, two ways in, not on holidays, after the household', async () => {
    await draftVisitor(page, 'Cleo', 'Weekly', async (form) => {
      for (const day of ['Sat', 'Sun']) await form.getByRole('checkbox', { name: day }).check()
      await form.getByLabel('From', { exact: true }).fill('00:00')
      await form.getByLabel('Until', { exact: true }).fill('00:00')
      await openMoreRules(form)
      await choose(form, 'How many ways in does it take?', 'Two')
      await choose(form, 'On holidays', 'Not then')
      await choose(form, 'May they be the first of the day?', 'After the household')
      await choose(form, 'How long without the hub?', '2 hours')
      await ada.photograph('rules of a person')
      assert.deepEqual(await audit(form, 'overflow'), [])
      assert.deepEqual(await audit(form, 'contrast'), [])
      assert.deepEqual(await nameless(form), [])
      await form.getByText('The door would not open for them').waitFor()
    })
  })

  await step(
    'before she signs, she sees all of it, and that a code alone would not do',
    async () => {
      await page
        .getByText('two ways in together · not on holidays · after the household · 2 hours')
        .waitFor()
      await page.getByText('The door would not open for Cleo').waitFor()
      await ada.photograph('rules of a person, before signing')
      assert.deepEqual(await audit(page, 'overflow'), [])
      assert.deepEqual(await audit(page, 'contrast'), [])
    },
  )

  await step('back in the form nothing is lost', async () => {
    await page.getByRole('button', { name: 'Back to the form' }).click()
    assert.equal(await page.getByLabel('Who is it for?').inputValue(), 'Cleo')
    await page.getByText('two ways in together · not on holidays').first().waitFor()
    await page.getByRole('button', { name: 'Look at the change' }).click()
    code = await signForCode(page, 'Cleo')
    await page.getByRole('button', { name: 'I have passed it on' }).click()
  })

  await step('her code alone does not draw the bolt', async () => {
    await door.type(code)
    assert.equal((await door.look()).bolt, 'extended')
  })

  await step('Ada asks for one way in only; what else holds for Cleo stays', async () => {
    await edit(page)
    await choose(page, 'How many ways in does it take?', 'One')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('Cleo may do more than before').waitFor()
    await page.getByText(/Before: .*two ways in together/).waitFor()
    await ada.photograph('rules of a person, changed')
    await sign(page)
  })

  await step('with every day a holiday, she is not let in', async () => {
    await page.getByRole('button', { name: /Holidays/ }).click()
    await page.getByRole('button', { name: 'Add a holiday' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Works')
    await page.getByLabel('First day').fill('2020-01-01')
    await page.getByLabel('Last day, included').fill('2060-12-31')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await sign(page)
    assert.equal((await door.type(code)).kind, 'refused')
    await page.getByRole('button', { name: /Holidays.*1 holiday/ }).click()
    await page.getByRole('button', { name: 'Remove Works' }).click()
    await page.getByRole('button', { name: 'Sign and remove' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  await step('on other days she waits for the household', async () => {
    assert.equal((await door.type(code)).kind, 'refused')
    await openTab(page, 'Door')
    await operate(page, 'Unlock')
    await operate(page, 'Lock')
    assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
  })

  await step('who only locks does not open, whatever the hour', async () => {
    await openTab(page, 'Door')
    await operate(page, 'Lock')
    await edit(page)
    await choose(page, 'What may they do?', 'Only lock')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('Cleo may do less than before').waitFor()
    await sign(page)
    await door.type(code)
    assert.equal((await door.look()).bolt, 'extended')
  })

  await step('nothing on the way complained', () => {
    assert.deepEqual(ada.complaints, [])
    return Promise.resolve()
  })
})

/** With the keyboard, as somebody without a mouse opens what is folded away. */
async function openMoreRules(page: Page): Promise<void> {
  await page.locator('summary', { hasText: 'More rules' }).press('Enter')
  await page.getByRole('group', { name: 'On holidays' }).waitFor()
}

async function choose(page: Page, group: string, choice: string): Promise<void> {
  await page
    .getByRole('group', { name: group })
    .getByRole('radio', { name: choice, exact: true })
    .check()
}

async function edit(page: Page): Promise<void> {
  await openTab(page, 'Access')
  await page.getByRole('button', { name: /^Cleo/ }).click()
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await openMoreRules(page)
}

async function sign(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign the change' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
