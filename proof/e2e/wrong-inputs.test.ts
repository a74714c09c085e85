import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Phone } from '#proof/processes/browser.ts'
import { openHouse } from '#proof/processes/house.ts'
import { expireSetupLink } from '#proof/processes/hub-database.ts'
import {
  becomeFirstPerson,
  claimWith,
  draftVisitor,
  nameTheDoor,
  openTab,
  operate,
  signForCode,
} from './acts.ts'

const minuteMs = 60_000

test('what people get wrong, and what the app says then', async (t) => {
  const house = await openHouse(t, { clock: 'movable' })
  const { step, hub, lock, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada')
  const { page } = ada
  const second = await browser.phone('Ada’s tablet', { theme: 'light' })

  await step('a setup link with a damaged secret is refused', async () => {
    await lock.connected()
    await page.goto(`${hub.setupLink.slice(0, -4)}AAAA`)
    await page.getByText('This setup link no longer works.').waitFor()
    await page.getByLabel('Your name').fill('Ada')
    assert.ok(await page.getByRole('button', { name: 'Create my passkey' }).isDisabled())
    await ada.photograph('wrong setup link')
  })

  await step('the first person is made, but the phone does not know who holds it', async () => {
    await ada.passkeys.recognise(false)
    await page.goto('about:blank')
    await page.goto(hub.setupLink)
    await page.getByLabel('Your name').fill('Ada')
    await page.getByRole('button', { name: 'Create my passkey' }).click()
    await page.getByText('You did not confirm it.').waitFor()
    await ada.passkeys.recognise(true)
    await becomeFirstPerson(ada, hub.setupLink)
  })

  await step('a used setup link tells a second person so', async () => {
    const bob = await browser.phone('Bob')
    await bob.page.goto(hub.setupLink)
    await bob.page.getByText('This hub is set up already.').waitFor()
    await bob.page.getByRole('button', { name: 'Sign in with passkey' }).waitFor()
    assert.equal(await bob.page.getByRole('button', { name: 'Create my passkey' }).count(), 0)
    await bob.photograph('used setup link')
  })

  await step('half a setup text cannot be sent', async () => {
    await door.pressInsideButton()
    const text = await door.setupText()
    for (const broken of [text.slice(0, -6), `${text.slice(0, 20)}x${text.slice(21)}`, 'hello']) {
      await page.getByRole('textbox').fill(broken)
      await page.getByText('This is not a whole setup text.').waitFor()
      assert.ok(await page.getByRole('button', { name: 'Claim this lock' }).isDisabled())
    }
    await ada.photograph('half a setup text')
  })

  await step('a text that is older than the last press of the button is refused', async () => {
    const text = await door.setupText()
    await door.pressInsideButton()
    await door.until('a new code', ({ setupCode }) => setupCode !== null && setupCode.text !== text)
    await claimWith(page, text)
    await page.getByText('This setup code is not the lock’s newest.').waitFor()
  })

  await step('after ten minutes the lock waits for nobody', async () => {
    const text = await door.setupText()
    await lock.advance(11 * minuteMs)
    await claimWith(page, text)
    await page.getByText('The lock is not waiting for an owner.').waitFor()
    await ada.photograph('too late to claim')
    // An unclaimed lock keeps nothing of a wrong clock: the rest of the story has the right one.
    await lock.kill()
    lock.rightClock()
    await lock.start()
  })

  await step('with the right text at the right time it is claimed', async () => {
    await door.pressInsideButton()
    await claimWith(page, await door.setupText())
    await nameTheDoor(page, 'Front door')
    await page.getByRole('button', { name: 'Skip the test' }).click()
    await operate(page, 'Lock')
  })

  await step('the form for a visitor says what is missing', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: 'Give somebody a code' }).click()
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('Give them a name').waitFor()
    await page.getByLabel('Who is it for?').fill('Ada')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('There is somebody with this name.').waitFor()
    await page.getByLabel('Who is it for?').fill('Nora')
    await page.getByRole('radio', { name: 'Choose' }).check()
    await page.getByLabel('From', { exact: true }).fill('2030-01-02T10:00')
    await page.getByLabel('Until', { exact: true }).fill('2030-01-01T10:00')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByText('The end is before the start.').waitFor()
    await ada.photograph('form with a mistake')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  })

  await step('a client that skips finger and face is refused by the lock itself', async () => {
    const { boltMovements } = await door.look()
    await openTab(page, 'Door')
    await skipVerification(page)
    await ada.passkeys.recognise(false)
    await page.getByRole('button', { name: /^Unlock / }).click()
    await page.getByText('This device did not check who holds it.').waitFor()
    assert.equal((await door.look()).boltMovements, boltMovements)
    await ada.photograph('refused by the lock')
    await ada.passkeys.recognise(true)
    await page.reload()
    await operate(page, 'Unlock')
    await operate(page, 'Lock')
  })

  await step('the lock is gone: nothing is shown as if it were known', async () => {
    await lock.kill()
    await page.getByRole('heading', { name: 'Not known' }).waitFor()
    await page.getByText('The hub cannot reach the lock.').first().waitFor()
    assert.equal(await page.getByRole('button', { name: /^Unlock / }).count(), 0)
    await page.getByRole('button', { name: 'Ask again' }).waitFor()
    await ada.photograph('lock away')
    await lock.start()
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor()
  })

  await step(
    'two phones change the list at once: the slower one makes it anew on top',
    async () => {
      await signInWithCopy(ada, second, hub.origin)
      await draftVisitor(second.page, 'Max')
      await draftVisitor(page, 'Nora')
      await signForCode(page, 'Nora')
      await second.page.getByRole('button', { name: 'Sign the change' }).click()
      await second.page.getByRole('heading', { name: 'Somebody else was faster' }).waitFor()
      await second.photograph('conflict')
      await second.page.getByRole('button', { name: 'Make my change on top' }).click()
      const code = await signForCode(second.page, 'Max')
      await second.page.getByRole('button', { name: 'I have passed it on' }).click()
      for (const name of ['Nora', 'Max']) {
        await second.page.getByRole('button', { name: new RegExp(name) }).waitFor()
      }
      assert.deepEqual(await door.type(code), { kind: 'accepted', verb: 'unlock' })
    },
  )

  await step('somebody without a passkey of this door sees nothing of it', async () => {
    const mallory = await browser.phone('Mallory')
    await mallory.page.goto(hub.origin)
    await mallory.page.getByRole('button', { name: 'Sign in with passkey' }).click()
    await mallory.page.getByRole('alert').waitFor()
    assert.equal(await mallory.page.getByText('Front door').count(), 0)
    await mallory.photograph('no passkey')
  })
})

test('a setup link ends after fifteen minutes', async (t) => {
  const house = await openHouse(t)
  const browser = await house.browser()
  const ada = await browser.phone('Ada')
  await house.step(
    'the time of the link is over, and the app says how to get another',
    async () => {
      expireSetupLink(house.hub)
      await ada.page.goto(house.hub.setupLink)
      await ada.page.getByText('This setup link no longer works.').waitFor()
      assert.equal(await ada.passkeys.count(), 0)
    },
  )
})

/** The same person on a second device, with the passkey that their account keeps in step. */
async function signInWithCopy(from: Phone, to: Phone, origin: string): Promise<void> {
  await from.passkeys.shareWith(to.passkeys)
  await to.page.goto(origin)
  await to.page.getByRole('button', { name: 'Sign in with passkey' }).click()
  await to.page.getByRole('button', { name: /^Unlock / }).waitFor()
}

/** Level guest: a modified client that asks the authenticator for a touch only. */
async function skipVerification(page: Page): Promise<void> {
  await page.evaluate(`
    const get = navigator.credentials.get.bind(navigator.credentials)
    navigator.credentials.get = (options) => {
      options.publicKey.userVerification = 'discouraged'
      return get(options)
    }
  `)
}
