import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { Phone } from '#proof/processes/browser.ts'
import type { House } from '#proof/processes/house.ts'

/** What people do with the app, told by what they see: roles, names and words, no class names. */

/** Opens the setup link and makes the first passkey. */
export async function becomeFirstPerson(phone: Phone, link: string): Promise<void> {
  const { page, owner } = phone
  await page.goto(link)
  await page.getByLabel('Your name').fill(owner)
  await page.getByRole('button', { name: 'Create my passkey' }).click()
  await page.getByRole('heading', { name: 'Claim your lock' }).waitFor()
}

/** Pastes the text from the door and proves to be the owner. */
export async function claimWith(page: Page, setupText: string): Promise<void> {
  await page.getByRole('textbox').fill(setupText)
  await page.getByRole('button', { name: 'Claim this lock' }).click()
}

export async function nameTheDoor(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: 'What is this door called?' }).waitFor()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Continue' }).click()
}

/** The whole wizard in the words of the story, ending on the door's page. */
export async function moveIn(house: House, phone: Phone, doorName = 'Front door'): Promise<void> {
  const { page } = phone
  await house.lock.connected()
  await becomeFirstPerson(phone, house.hub.setupLink)
  await house.door.pressInsideButton()
  await claimWith(page, await house.door.setupText())
  await nameTheDoor(page, doorName)
  await page.getByRole('button', { name: 'Skip the test' }).click()
  await page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
}

/** Touches the bolt and waits until the app shows what the lock has signed. */
export async function operate(page: Page, verb: 'Lock' | 'Unlock'): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${verb} `) }).click()
  const heading = verb === 'Lock' ? 'Locked' : 'Unlocked'
  await page.getByRole('heading', { name: heading, exact: true }).waitFor()
}

export type TabName = 'Door' | 'Access' | 'History' | 'Settings'

export async function openTab(page: Page, name: TabName): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name }).click()
  if (name !== 'Door') await page.getByRole('heading', { name, level: 1 }).waitFor()
}

/** Fills the form for a visitor up to the change that is to be signed. */
export async function draftVisitor(
  page: Page,
  name: string,
  when = '1 hour',
  more: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await openTab(page, 'Access')
  await page.getByRole('button', { name: 'Give somebody a code' }).click()
  await page.getByLabel('Who is it for?').fill(name)
  await page.getByRole('radio', { name: when }).check()
  await more(page)
  await page.getByRole('button', { name: 'Look at the change' }).click()
  await page.getByRole('heading', { name: 'Before you sign' }).waitFor()
}

/** Signs the change that is on the screen and reads the code that is shown once. */
export async function signForCode(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Sign the change' }).click()
  await page.getByRole('heading', { name: `The code for ${name}` }).waitFor()
  const spoken = await page.getByRole('img', { name: /^Code: / }).getAttribute('aria-label')
  const code = (spoken ?? '').replaceAll(/\D/g, '')
  assert.match(code, /^\d{6,}$/)
  return code
}

export async function giveCode(page: Page, name: string, when?: string): Promise<string> {
  await draftVisitor(page, name, when)
  const code = await signForCode(page, name)
  await page.getByRole('button', { name: 'I have passed it on' }).click()
  return code
}

/** Lists somebody who lives here; the link is passed on by other means. */
export async function inviteResident(page: Page, name: string): Promise<void> {
  await openTab(page, 'Access')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByLabel('Who is it?').fill(name)
  await page.getByRole('radio', { name: 'Resident' }).check()
  await page.getByRole('button', { name: 'Look at the change' }).click()
  await page.getByRole('button', { name: 'Sign the change' }).click()
  await page.getByRole('heading', { name: `A link for ${name}` }).waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
}

/** Takes the lock into a mode by the sheet on the door's page. */
export async function changeMode(page: Page, from: string, to: string): Promise<void> {
  await openTab(page, 'Door')
  await page.getByRole('button', { name: `Mode: ${from}` }).click()
  await page.getByRole('radio', { name: new RegExp(`^${to}`) }).check()
  await page.getByRole('button', { name: `Change to ${to.toLowerCase()}` }).click()
  await page.getByRole('button', { name: `Mode: ${to}` }).waitFor()
}

/** Opens the history and waits for the mark that says what was checked. */
export async function readHistory(page: Page, mark: string): Promise<readonly string[]> {
  await openTab(page, 'History')
  await page.getByRole('button', { name: mark }).waitFor()
  return page.getByRole('main').getByRole('listitem').allInnerTexts()
}
