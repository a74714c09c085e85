import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { openHouse } from '#proof/processes/house.ts'
import {
  becomeFirstPerson,
  changeMode,
  claimWith,
  draftVisitor,
  nameTheDoor,
  openTab,
  operate,
  readHistory,
  signForCode,
} from './acts.ts'
import { audit } from './audits.ts'

const hourMs = 3_600_000

test('a newcomer moves in, has a visitor, and sees a true history', async (t) => {
  const house = await openHouse(t, { clock: 'movable' })
  const { step, hub, door, lock } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada')
  const { page } = ada
  const street = (await browser.phone('the street')).page
  let setupText = ''
  let code = ''

  await step('Ada opens the setup link and makes a passkey', async () => {
    await lock.connected()
    await page.goto(hub.setupLink)
    await page.getByLabel('Your name').waitFor()
    await ada.photograph('01 welcome')
    await becomeFirstPerson(ada, hub.setupLink)
    assert.equal(await ada.passkeys.count(), 1)
    assert.ok(!page.url().includes('#ey'), 'the secret of the link stays in no address')
    await ada.photograph('02 claim')
  })

  await step('she presses the button on the inside and takes the text from the door', async () => {
    await street.goto(`${house.door.url}/#inside`)
    await street.getByRole('button', { name: 'Inside button' }).last().click()
    const field = street.getByRole('textbox', { name: 'Setup code' })
    await field.waitFor()
    setupText = await field.inputValue()
    assert.match(setupText, /^mortise1\./)
  })

  await step('she claims the lock with it', async () => {
    await claimWith(page, setupText)
    await page.getByRole('heading', { name: 'What is this door called?' }).waitFor()
    await ada.photograph('03 name')
    const { setupCode } = await door.until('the code gone', (each) => each.setupCode === null)
    assert.equal(setupCode, null)
  })

  await step('she names the door', async () => {
    await nameTheDoor(page, 'Garden gate')
    await page.getByRole('heading', { name: 'Try it once' }).waitFor()
    await ada.photograph('04 test')
  })

  await step('she locks and unlocks it once, and the bolt moves', async () => {
    const before = (await door.look()).boltMovements
    await page.getByRole('button', { name: 'Lock Garden gate' }).click()
    await door.until(
      'the bolt thrown',
      ({ bolt, moving }) => bolt === 'extended' && moving === null,
    )
    await page.getByRole('button', { name: 'Unlock Garden gate' }).click()
    await page.getByRole('heading', { name: 'It works. The door is yours.' }).waitFor()
    assert.equal((await door.look()).boltMovements, before + 2)
    await ada.photograph('05 works')
    await page.getByRole('button', { name: 'Open my door’s page' }).click()
    await page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
    await operate(page, 'Lock')
    await ada.photograph('06 door locked')
  })

  await step('she makes a code for Nora, good for an hour', async () => {
    await openTab(page, 'Access')
    await ada.photograph('07 access')
    await draftVisitor(page, 'Nora')
    await ada.photograph('08 before you sign')
    code = await signForCode(page, 'Nora')
    await ada.photograph('09 the code')
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await page.getByRole('button', { name: /Nora/ }).waitFor()
    await ada.photograph('10 access with nora')
    const shown = await page.getByRole('main').innerText()
    assert.ok(!shown.includes(code), 'the code is shown once')
  })

  await step('Nora types it at the door among digits that do not count', async () => {
    await street.goto(`${house.door.url}/#outside`)
    await typeAtDoor(street, `93*${code}#`)
    await door.until('the bolt drawn back', ({ bolt }) => bolt === 'retracted')
    await street.getByText('Unlocked', { exact: true }).first().waitFor()
  })

  await step('Ada sees who came', async () => {
    await openTab(page, 'Door')
    await page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
    await page.getByText('Nora unlocked with a code').waitFor()
    await ada.photograph('11 nora came')
  })

  await step('Ada locks and unlocks with her phone', async () => {
    const before = (await door.look()).boltMovements
    await operate(page, 'Lock')
    assert.equal((await door.look()).bolt, 'extended')
    await operate(page, 'Unlock')
    await ada.photograph('12 door unlocked')
    await operate(page, 'Lock')
    assert.equal((await door.look()).boltMovements, before + 3)
  })

  await step('Max gets a code that opens once, and is told so the second time', async () => {
    await draftVisitor(page, 'Max', 'No end', (form) =>
      form.getByRole('radio', { name: 'Once' }).check(),
    )
    await page.getByText('Always · once').waitFor()
    const once = await signForCode(page, 'Max')
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await typeAtDoor(street, `${once}#`)
    await door.until('the bolt drawn back', ({ bolt }) => bolt === 'retracted')
    await openTab(page, 'Door')
    await page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
    await operate(page, 'Lock')
    await typeAtDoor(street, `${once}#`)
    await street.getByText('This code is used up').first().waitFor()
    assert.equal((await door.look()).bolt, 'extended')
  })

  await step('Cleo gets hours of the week, and sees them drawn before and after', async () => {
    await draftVisitor(page, 'Cleo', 'Weekly', async (form) => {
      await form.getByRole('checkbox', { name: 'Fri' }).uncheck()
      await form.getByText('Mon–Thu 08:00').waitFor()
      await ada.photograph('15 hours of the week')
      assert.deepEqual(await audit(form, 'overflow'), [])
    })
    await signForCode(page, 'Cleo')
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await page.getByRole('button', { name: /^Cleo/ }).click()
    await page.getByRole('heading', { name: 'The coming week' }).waitFor()
    const week = page.getByRole('dialog').getByRole('list').first().getByRole('listitem')
    assert.equal(await week.count(), 7)
    assert.equal((await week.filter({ hasText: 'no access' }).count()) >= 3, true)
    await ada.photograph('16 the coming week')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  })

  await step('the house goes on vacation: codes of guests wait until it is back', async () => {
    await changeMode(page, 'Normal', 'Vacation')
    await page.getByText('Vacation mode', { exact: true }).waitFor()
    await ada.photograph('17 vacation')
    await typeAtDoor(street, `${code}#`)
    await street.getByText('The keypad is switched off').first().waitFor()
    assert.equal((await door.look()).bolt, 'extended')
    await changeMode(page, 'Vacation', 'Normal')
  })

  await step('her code for duress opens like any other, and her phone is silent', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /^Ada/ }).click()
    await page.getByRole('button', { name: 'A code for duress' }).click()
    const forced = await signForCode(page, 'Ada')
    await page.getByRole('button', { name: 'I have passed it on' }).click()
    await typeAtDoor(street, `${forced}#`)
    await door.until('the bolt drawn back', ({ bolt }) => bolt === 'retracted')
    await openTab(page, 'Door')
    await page.getByText('Ada unlocked with a code').waitFor()
    const shown = await page.getByRole('main').innerText()
    assert.doesNotMatch(shown, /forced|duress/i)
    await operate(page, 'Lock')
  })

  await step('somebody takes the cover off, and the mains go: her phone says so', async () => {
    await door.act('tamper', { escutcheon: 'removed' })
    await alertOf(page, 'The outside of the lock was opened').waitFor()
    await door.act('power', { mainsPresent: false, batteryPercent: 4 })
    await alertOf(page, 'Battery at 4%').waitFor()
    await ada.photograph('18 alarms')
    assert.deepEqual(await audit(page, 'overflow'), [])
    await door.act('power', { mainsPresent: true, batteryPercent: 100 })
    await door.act('tamper', { escutcheon: 'inPlace' })
    await alertOf(page, 'The keypad’s cover was off').waitFor()
    await door.pressInsideButton()
    await page.getByRole('alert').first().waitFor({ state: 'detached' })
  })

  await step('the hour is over, and the lock refuses the code with a reason', async () => {
    await lock.advance(hourMs)
    await typeAtDoor(street, `${code}#`)
    await street.getByText('This code has ended').first().waitFor()
    assert.equal((await door.look()).bolt, 'extended')
  })

  await step('the history says who, how and why not, and it is verified', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'History' }).click()
    await page.getByText('Nora was refused').first().waitFor()
    const lines = await readHistory(page, 'Verified')
    const all = lines.join('\n')
    assert.match(all, /Nora was refused\s+Code: their time had ended/)
    assert.match(all, /Nora unlocked\s+Code/)
    assert.match(all, /Ada locked\s+Phone/)
    assert.match(all, /Over: The outside of the lock was opened/)
    assert.match(all, /Over: The keypad’s cover was off/)
    assert.match(all, /Max was refused\s+Code: it had been used as often as it may be/)
    assert.doesNotMatch(all, /forced|duress/i)
    await ada.photograph('13 history')
    assert.deepEqual(await audit(page, 'overflow'), [])
    await page.getByRole('button', { name: 'Verified' }).click()
    await page.getByText('form one unbroken chain').waitFor()
    await page.getByText('The end of the chain is signed').waitFor()
    await ada.photograph('14 what was checked')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  })

  await step('nothing on the way complained', () => {
    assert.deepEqual(ada.complaints, [])
    return Promise.resolve()
  })
})

function alertOf(page: Page, hasText: string): Locator {
  return page.getByRole('alert').filter({ hasText })
}

/** One finger, key after key, on the glass of the virtual door. */
async function typeAtDoor(page: Page, keys: string): Promise<void> {
  const pad = page.getByRole('group', { name: 'Touchpad' })
  const names: Readonly<Record<string, string>> = {
    '*': 'Star: what was typed before does not count',
    '#': 'Confirm the code',
  }
  for (const key of keys) {
    await pad.getByRole('button', { name: names[key] ?? key, exact: true }).click()
  }
}
