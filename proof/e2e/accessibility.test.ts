import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Phone } from '#proof/processes/browser.ts'
import { openHouse } from '#proof/processes/house.ts'
import type { TabName } from './acts.ts'
import { giveCode, moveIn, openTab, operate } from './acts.ts'
import { audit, nameless } from './audits.ts'

const tabs: readonly TabName[] = ['Door', 'Access', 'History', 'Settings']

test('the app for people who see, move or hear differently, and without a network', async (t) => {
  const house = await openHouse(t)
  const { step, hub, lock, door } = house
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { reducedMotion: true, widthPx: 360, heightPx: 740 })
  const { page } = ada

  await step('the whole way in is walked with the keyboard alone', async () => {
    await lock.connected()
    await page.goto(hub.setupLink)
    await tabTo(page, page.getByLabel('Your name'))
    await page.keyboard.type('Ada')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Claim your lock' }).waitFor()
    await door.pressInsideButton()
    await tabTo(page, page.getByRole('textbox'))
    await page.keyboard.insertText(await door.setupText())
    await tabTo(page, page.getByRole('button', { name: 'Claim this lock' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What is this door called?' }).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Continue' }))
    await page.keyboard.press('Space')
    await page.getByRole('heading', { name: 'Try it once' }).waitFor()
    await pressBolt(page, 'Lock')
    await pressBolt(page, 'Unlock')
    await tabTo(page, page.getByRole('button', { name: 'Open my door’s page' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Unlocked', exact: true }).waitFor()
  })

  await step('so are the bolt and a code for a visitor', async () => {
    await pressBolt(page, 'Lock')
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor()
    await tabTo(page, page.getByRole('navigation').getByRole('link', { name: 'Access' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('button', { name: 'Give somebody a code' }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByLabel('Who is it for?'))
    await page.keyboard.type('Nora')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Before you sign' }).waitFor()
    await tabTo(page, page.getByRole('button', { name: 'Sign the change' }))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'The code for Nora' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /Nora/ }).waitFor()
  })

  await step('the judges see what is planted for them', async () => {
    await page.evaluate(`
      const plant = document.createElement('button')
      plant.id = 'plant'
      plant.style.cssText = 'width: 900px; height: 48px; background: #777'
      plant.innerHTML = '<span aria-hidden="true" style="color: #888; font-size: 16px">planted</span>'
      plant.animate([{ opacity: 1 }, { opacity: 0.9 }], { duration: 60000 })
      document.querySelector('main').prepend(plant)
    `)
    assert.deepEqual(await nameless(page), ['button'])
    assert.match((await audit(page, 'overflow')).join(), /button/)
    assert.match((await audit(page, 'motion')).join(), /button/)
    await page.evaluate(`plant.getAnimations().forEach((animation) => animation.cancel())`)
    assert.match((await audit(page, 'contrast')).join(), /planted/)
    await page.evaluate(`plant.remove()`)
  })

  for (const name of tabs) {
    await step(`${name}: everything that can be acted on has a name`, async () => {
      await openTab(page, name)
      assert.deepEqual(await nameless(page), [])
    })
    await step(`${name}: fits into 360 pixels`, async () => {
      assert.deepEqual(await audit(page, 'overflow'), [])
    })
    await step(`${name}: stands still for who asked for it`, async () => {
      assert.deepEqual(await audit(page, 'motion'), [])
    })
    for (const theme of ['dark', 'light'] as const) {
      await step(`${name}: can be read by ${theme === 'dark' ? 'night' : 'day'}`, async () => {
        await page.emulateMedia({ colorScheme: theme })
        assert.deepEqual(await audit(page, 'contrast'), [])
        await ada.photograph(`${name} ${theme} 360`)
      })
    }
  }

  await step('the sheets fit and speak, too', async () => {
    await openTab(page, 'Access')
    await page.getByRole('button', { name: 'Give somebody a code' }).click()
    await auditSheet(ada, 'sheet form')
    await page.getByLabel('Who is it for?').fill('Max')
    await page.getByRole('button', { name: 'Look at the change' }).click()
    await page.getByRole('heading', { name: 'Before you sign' }).waitFor()
    await auditSheet(ada, 'sheet review')
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click()
  })

  await step('without a network the app opens and can be read', async () => {
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
    // The origin itself is gone: what opens now comes from the phone alone.
    await openTab(page, 'Door')
    await hub.kill()
    await forgetHttpCache(page)
    await page.reload()
    await page.getByRole('heading', { name: 'Not known' }).waitFor()
    await page.getByText(/Last seen locked/).waitFor()
    await page.getByText('The hub does not answer.').first().waitFor()
    assert.equal(await page.getByRole('button', { name: /^(Lock|Unlock) / }).count(), 0)
    await ada.photograph('door offline')
    for (const name of ['Access', 'History', 'Settings'] as const) {
      await openTab(page, name)
      await ada.photograph(`${name} offline`)
      assert.equal(await page.getByText('Nothing here yet').count(), 0)
    }
    await openTab(page, 'Door')
  })

  await step('with the hub back, it finds its way by itself', async () => {
    await hub.start()
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor()
  })
})

test('larger letters and a wide window keep everything in reach', async (t) => {
  const house = await openHouse(t)
  const browser = await house.browser()
  const ada = await browser.phone('Ada', { widthPx: 1280, heightPx: 800, theme: 'light' })
  const { page } = ada
  await house.step('Ada moves in at a desk', async () => {
    await moveIn(house, ada)
    await operate(page, 'Lock')
    await giveCode(page, 'Nora')
  })
  await house.step('nothing overflows at twice the letter size', async () => {
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`)
    for (const name of tabs) {
      await openTab(page, name)
      assert.deepEqual(await audit(page, 'overflow'), [], name)
      await ada.photograph(`${name} desk large`)
    }
  })
})

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  for (let presses = 0; presses < 60; presses += 1) {
    const isThere = await target.evaluate((element) => element.matches(':focus'))
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the keyboard does not reach ${String(target)}`)
}

async function pressBolt(page: Page, verb: 'Lock' | 'Unlock'): Promise<void> {
  await tabTo(page, page.getByRole('button', { name: new RegExp(`^${verb} `) }))
  await page.keyboard.press('Enter')
}

async function auditSheet(phone: Phone, name: string): Promise<void> {
  const { page } = phone
  assert.deepEqual(await nameless(page), [])
  assert.deepEqual(await audit(page, 'overflow'), [])
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    assert.deepEqual(await audit(page, 'contrast'), [], theme)
    await phone.photograph(`${name} ${theme}`)
  }
}

/** What servers allowed the browser to keep may be gone at any time; the worker's own store may not. */
async function forgetHttpCache(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.clearBrowserCache')
  await session.detach()
}
