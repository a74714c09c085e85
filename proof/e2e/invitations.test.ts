import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Phone } from '#proof/processes/browser.ts'
import { openHouse } from '#proof/processes/house.ts'
import { moveIn, openTab, operate, readHistory } from './acts.ts'
import { audit, nameless } from './audits.ts'

const small = { widthPx: 360, heightPx: 740 }

test('people are invited, come in with their own phones, and lose them', async (t) => {
  const house = await openHouse(t)
  const { step, hub, door, lock } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', small)
  const ben = await browser.phone('Ben', small)
  const ivy = await browser.phone('Ivy', { ...small, theme: 'light' })
  const { page } = ada
  let benLink = ''
  let ivyLink = ''

  await step('Ada moves in', () => moveIn(house, ada))

  await step('she invites Ben, who lives here, and gets a link to pass on', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Who is it?').fill('Ben')
    await judge(ada, 'invite form')
    await page.getByRole('radio', { name: 'Owner' }).check()
    await page.getByText(/press the button on its inside/).waitFor()
    await ada.photograph('invite form owner')
    await page.getByRole('radio', { name: 'Resident' }).check()
    benLink = await signForLink(ada, 'Ben')
    assert.match(benLink, new RegExp(`^${hub.origin}/#mortise-invitation1\\.`))
    await page.getByText(/Resident · link works until/).waitFor()
    await judge(ada, 'access with invitation')
    const shown = await page.getByRole('main').innerText()
    assert.ok(!shown.includes('mortise-invitation1'), 'the link is shown once')
  })

  await step('Ben opens it and reads whose door it is and what he may do', async () => {
    await ben.page.goto(benLink)
    await ben.page.getByRole('heading', { name: 'Front door' }).waitFor()
    await ben.page.getByText('Ada invites you to this door, Ben.').waitFor()
    await ben.page.getByText('You may lock and unlock it with this phone.').waitFor()
    await judge(ben, 'invitation resident')
  })

  await step('he makes a passkey, the lock takes it in, and he lands at the door', async () => {
    await accept(ben)
    assert.equal(await ben.passkeys.count(), 1)
    await judge(ben, 'invitation accepted')
    await enter(ben)
    assert.ok(!ben.page.url().includes('mortise-invitation1'), 'the secret stays in no address')
    await ben.photograph('invited door')
    const before = (await door.look()).boltMovements
    await operate(ben.page, 'Lock')
    await operate(ben.page, 'Unlock')
    assert.equal((await door.look()).boltMovements, before + 2)
  })

  await step('the history names him, and Ada sees his phone', async () => {
    const lines = await readHistory(page, 'Verified')
    assert.match(lines.join('\n'), /Ben unlocked\s+Phone/)
    await openTab(page, 'Access')
    await page.getByRole('button', { name: /Ben/ }).first().click()
    await page.getByRole('dialog').getByText('Chrome on Linux').waitFor()
    await judge(ada, 'person with phone')
    await closeSheet(page)
    assert.equal(await page.getByText(/link works until/).count(), 0)
  })

  await step('the link opens nothing for whoever finds it later', async () => {
    const thief = await browser.phone('a thief', small)
    await thief.page.goto(benLink)
    await thief.page.getByText('This invitation has been used.').waitFor()
    await judge(thief, 'invitation used')
    assert.equal(await thief.passkeys.count(), 0)
  })

  await step('Ben opens it again and is told that he has access', async () => {
    await ben.page.goto('about:blank')
    await ben.page.goto(benLink)
    await ben.page.getByRole('heading', { name: 'You have access to Front door.' }).waitFor()
    await judge(ben, 'invitation already')
    await ben.page.getByRole('button', { name: 'Go to the door' }).click()
    await ben.page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
  })

  await step('Ada invites Ivy as a guest until tomorrow', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Who is it?').fill('Ivy')
    await page.getByRole('radio', { name: 'Guest' }).check()
    await page.getByRole('radio', { name: 'Today' }).check()
    ivyLink = await signForLink(ada, 'Ivy')
  })

  await step('a link that lost its end says so, and one for nobody as well', async () => {
    await ivy.page.goto(ivyLink.slice(0, -6))
    await ivy.page.getByText('A part of this link is missing.').waitFor()
    await judge(ivy, 'invitation damaged')
    assert.equal(await ivy.passkeys.count(), 0)
  })

  await step('while the lock is away she is told to try again, and does', async () => {
    await lock.kill()
    await ivy.page.goto('about:blank')
    await ivy.page.goto(ivyLink)
    await ivy.page.getByRole('button', { name: 'Try again' }).waitFor()
    await judge(ivy, 'invitation lock away')
    await ivy.page.getByRole('heading', { name: 'Not right now' }).waitFor()
    await lock.start()
    await lock.connected()
    await ivy.page.getByRole('button', { name: 'Try again' }).click()
    await ivy.page.getByText('Ada invites you to this door, Ivy.').waitFor()
    await judge(ivy, 'invitation guest')
  })

  await step('she accepts, and sees the door and her own time, and nobody else', async () => {
    await accept(ivy)
    await enter(ivy)
    await ivy.page.getByText('You have access now').waitFor()
    await operate(ivy.page, 'Lock')
    await operate(ivy.page, 'Unlock')
    await judge(ivy, 'guest door')
    const tabs = await ivy.page.getByRole('navigation').getByRole('link').allInnerTexts()
    assert.deepEqual(
      tabs.map((text) => text.trim()),
      ['Door', 'Settings'],
    )
    const shown = await ivy.page.getByRole('main').innerText()
    assert.ok(!/Ada|Ben/.test(shown), shown)
    await ivy.page.goto(`${hub.origin}/#/history`)
    await ivy.page.getByText('You have access now').waitFor()
  })

  await step(
    'after a reload, and without what the phone remembers, she still gets in',
    async () => {
      await ivy.page.evaluate(`new Promise((done) => {
      const request = indexedDB.open('mortise')
      request.onsuccess = () => {
        const all = request.result.transaction('locks', 'readwrite').objectStore('locks')
        all.clear().onsuccess = () => done(true)
      }
    })`)
      await ivy.page.reload()
      await operate(ivy.page, 'Lock')
    },
  )

  await step('an invitation that was withdrawn is over', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Who is it?').fill('Max')
    const link = await signForLink(ada, 'Max')
    await page.bringToFront()
    await page.getByRole('button', { name: 'Withdraw the invitation of Max' }).click()
    await page.getByRole('button', { name: 'Sign and remove' }).click()
    await page.getByText(/Max/).first().waitFor({ state: 'detached' })
    const max = await browser.phone('Max', small)
    await max.page.goto(link)
    await max.page.getByText('This invitation does not count any more.').waitFor()
  })

  await step('Ben has lost his phone: Ada takes it out in one step', async () => {
    await page.bringToFront()
    await page.getByRole('button', { name: /Ben/ }).first().click()
    await page.getByRole('button', { name: /^Remove “/ }).click()
    await page.getByRole('button', { name: 'Sign and remove' }).click()
    await page.getByRole('heading', { name: 'Access', level: 1 }).waitFor()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const before = (await door.look()).boltMovements
    await ben.page.reload()
    await ben.page.getByText('You have no door here any more.').waitFor()
    await judge(ben, 'access over')
    assert.equal((await door.look()).boltMovements, before)
  })

  await step('Ada makes a link for another phone of hers, and is told of the button', async () => {
    await openTab(page, 'Settings')
    await page.getByRole('button', { name: 'Add another phone of yours' }).click()
    await page.getByText('Press the button on the inside of the door before you sign.').waitFor()
    await judge(ada, 'another phone')
    // Without the button the lock changes nothing, and says why.
    await page.bringToFront()
    await page.getByRole('button', { name: 'Sign the change' }).click()
    await page.getByText('The lock changed nothing.').waitFor()
    await judge(ada, 'another phone refused')
    await door.pressInsideButton()
    await page.getByRole('button', { name: 'Sign again' }).click()
    await page.getByRole('heading', { name: 'A link for Ada' }).waitFor()
    const link = await page.getByLabel('Link of the invitation').inputValue()
    const second = await browser.phone('Ada again', small)
    await second.page.goto(link)
    await second.page.getByText('Ada invites you to this door, Ada.').waitFor()
    await accept(second)
    await second.page.bringToFront()
    await second.page.getByRole('button', { name: 'Go to the door' }).click()
    await openTab(second.page, 'Access')
    await second.page.getByRole('button', { name: 'Invite somebody' }).waitFor()
  })

  await step('nothing on the way complained', () => {
    for (const { complaints } of [ada, ben, ivy]) assert.deepEqual(complaints, [])
    return Promise.resolve()
  })
})

test('a guest whose time is over comes back by a new link', async (t) => {
  const house = await openHouse(t, { clock: 'movable' })
  const { step, lock, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', small)
  const ivy = await browser.phone('Ivy', small)
  const { page } = ada

  const inviteIvy = async (name: string, choose: () => Promise<void>): Promise<string> => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByLabel('Who is it?').fill(name)
    await choose()
    return signForLink(ada, name)
  }

  await step('Ivy has been a guest for an hour, and the lock refuses her now', async () => {
    await moveIn(house, ada)
    const link = await inviteIvy('Ivy', async () => {
      await page.getByRole('radio', { name: 'Guest' }).check()
      await page.getByRole('radio', { name: '1 hour' }).check()
    })
    await ivy.page.goto(link)
    await accept(ivy)
    await enter(ivy)
    await lock.advance(2 * 3_600_000)
    const before = (await door.look()).boltMovements
    await ivy.page.getByRole('button', { name: /^Lock / }).click()
    await ivy.page.getByText(/access has ended/).waitFor()
    assert.equal((await door.look()).boltMovements, before)
  })

  await step('a new link makes her a resident, with a key of its own', async () => {
    const link = await inviteIvy('Ivy Jones', async () => {
      await page.getByRole('radio', { name: 'Resident' }).check()
    })
    await ivy.page.goto('about:blank')
    await ivy.page.goto(link)
    await ivy.page.getByText('Ada invites you to this door, Ivy Jones.').waitFor()
    await accept(ivy)
    assert.equal(await ivy.passkeys.count(), 2)
    await enter(ivy)
    await operate(ivy.page, 'Lock')
  })
})

/** Goes on from a filled form to the link, which is shown once. */
async function signForLink(phone: Phone, name: string): Promise<string> {
  const { page } = phone
  await page.bringToFront()
  await page.getByRole('button', { name: 'Look at the change' }).click()
  await page.getByRole('heading', { name: 'Before you sign' }).waitFor()
  await judge(phone, `before the link for ${name}`)
  await page.getByRole('button', { name: 'Sign the change' }).click()
  await page.getByRole('heading', { name: `A link for ${name}` }).waitFor()
  await judge(phone, `link for ${name}`)
  const link = await page.getByLabel('Link of the invitation').inputValue()
  await page.getByRole('button', { name: 'I have sent it' }).click()
  await page.getByRole('button', { name: `Withdraw the invitation of ${name}` }).waitFor()
  return link
}

async function accept({ page }: Phone): Promise<void> {
  await page.bringToFront()
  await page.getByRole('button', { name: 'Accept the invitation' }).click()
  await page.getByRole('heading', { name: 'Front door knows you now.' }).waitFor()
}

async function enter({ page }: Phone): Promise<void> {
  await page.bringToFront()
  await page.getByRole('button', { name: 'Go to the door' }).click()
  await page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
}

async function closeSheet(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
}

/** Every screen of this story fits, has names, and can be read by night and by day. */
async function judge(phone: Phone, name: string): Promise<void> {
  const { page } = phone
  assert.deepEqual(await nameless(page), [], name)
  assert.deepEqual(await audit(page, 'overflow'), [], name)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    assert.deepEqual(await audit(page, 'contrast'), [], `${name} ${colorScheme}`)
    await phone.photograph(`${name} ${colorScheme}`)
  }
}
