import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse } from '#proof/processes/house.ts'
import { builtApp } from '#proof/processes/built-app.ts'
import { openStaticServer } from '#proof/processes/static-server.ts'
import { becomeFirstPerson, claimWith, nameTheDoor, openTab, operate } from './acts.ts'

/** As docs ask of a static host: the app's own files, and one hub to talk to. */
function policyFor(hubOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    `connect-src 'self' ${hubOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

test('the app lives on an origin of its own, and the hub is only its API', async (t) => {
  const appServer = await openStaticServer(t)
  const strangers = await openStaticServer(t)
  const hubFlags = ['--app-origin', appServer.origin, '--app-dir', 'none']
  const house = await openHouse(t, { hubFlags })
  const { step, hub, door, lock } = house
  appServer.serve({
    folder: builtApp(),
    policy: policyFor(hub.origin),
    config: { mode: 'separate', hubOrigin: hub.origin, relyingPartyId: 'localhost' },
  })
  const browser = await house.browser()
  const ada = await browser.phone('Ada')
  const { page } = ada

  await step('the hub serves no code at all', async () => {
    const response = await fetch(`${hub.origin}/`)
    assert.equal(response.status, 404)
    assert.ok(!(await response.text()).includes('<script'))
  })

  await step('its setup link leads to the app', () => {
    assert.equal(new URL(hub.setupLink).origin, appServer.origin)
    return Promise.resolve()
  })

  await step('Ada becomes the first person and claims the lock there', async () => {
    await lock.connected()
    await becomeFirstPerson(ada, hub.setupLink)
    await door.pressInsideButton()
    await claimWith(page, await door.setupText())
    await nameTheDoor(page, 'Front door')
    await page.getByRole('button', { name: 'Skip the test' }).click()
  })

  await step('her phone locks and unlocks', async () => {
    await operate(page, 'Lock')
    await operate(page, 'Unlock')
    assert.equal((await door.look()).bolt, 'retracted')
  })

  await step('live events arrive across origins', async () => {
    await door.turnThumb('extended')
    await page.getByRole('heading', { name: 'Locked', exact: true }).waitFor()
  })

  await step('the settings say that the hub cannot change the app', async () => {
    await openTab(page, 'Settings')
    await page.getByText('This app has its own address').waitFor()
  })

  await step('she signs out and in again', async () => {
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in with passkey' }).click()
    await page.getByText('Well, version').waitFor()
    await page.getByText('A browser').waitFor()
    await openTab(page, 'Door')
    await operate(page, 'Unlock')
  })

  await step('nothing broke the strict policy of the static host', () => {
    assert.deepEqual(ada.complaints, [])
    return Promise.resolve()
  })

  await step('a page of a third origin reads nothing and changes nothing', async () => {
    const before = await sessionsOf(page, hub.origin)
    const stranger = await ada.context.newPage()
    await stranger.goto(strangers.origin)
    const read = await attempt(stranger, `${hub.origin}/api/v1/session`, 'GET')
    const act = await attempt(stranger, `${hub.origin}/api/v1/sessions`, 'DELETE')
    const form = await attemptByForm(stranger, `${hub.origin}/api/v1/sign-out`)
    assert.deepEqual({ read, act }, { read: 'refused', act: 'refused' })
    assert.equal(form, 403)
    await stranger.close()
    assert.equal(await sessionsOf(page, hub.origin), before, 'Ada is still signed in')
  })
})

/** What a script of that page gets with the visitor's cookies: the status, or nothing. */
async function attempt(page: Page, url: string, method: string): Promise<unknown> {
  const options = JSON.stringify({ method, credentials: 'include' })
  return page.evaluate(
    `fetch(${JSON.stringify(url)}, ${options}).then((answer) => answer.status, () => 'refused')`,
  )
}

/** A form needs no permission of CORS to be sent, and takes the cookie along within a site. */
async function attemptByForm(page: Page, url: string): Promise<number> {
  const answered = page.waitForResponse(url)
  await page.evaluate(`
    const form = document.createElement('form')
    form.method = 'post'
    form.enctype = 'text/plain'
    form.action = ${JSON.stringify(url)}
    document.body.append(form)
    form.submit()
  `)
  return (await answered).status()
}

/** How many sessions the account has, asked by the app's own page; fails when signed out. */
async function sessionsOf(page: Page, hubOrigin: string): Promise<unknown> {
  return page.evaluate(`
    fetch(${JSON.stringify(`${hubOrigin}/api/v1/sessions`)}, { credentials: 'include' })
      .then((answer) => answer.json()).then(({ sessions }) => sessions.length)
  `)
}
