import assert from 'node:assert/strict'
import test from 'node:test'
import { codeOf, openBrowser, setUpWith, signInWith } from '#hub/testing/browser.ts'
import { createFakeDevice } from '#hub/testing/fake-device.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'

const day = 24 * 3_600_000

async function signedIn(context: Parameters<typeof openTestHub>[0]) {
  const hub = await openTestHub(context)
  const passkey = createFakePasskey(hub.origin, 'localhost')
  const browser = openBrowser(hub)
  await setUpWith(browser, passkey, await hub.makeSetupLink())
  return { hub, passkey, browser }
}

test('the cookie is for this host alone, out of the reach of script', async (context) => {
  const { browser } = await signedIn(context)
  const [line = ''] = browser.setCookies
  const [pair, ...attributes] = line.split('; ')
  assert.match(pair ?? '', /^__Host-session=[A-Za-z0-9_-]{43}$/)
  assert.deepEqual(attributes.toSorted(), [
    'HttpOnly',
    'Max-Age=7776000',
    'Path=/',
    'SameSite=Strict',
    'Secure',
  ])
})

test('signing out ends the session and takes the cookie away', async (context) => {
  const { hub, browser } = await signedIn(context)
  const copy = openBrowser(hub)
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  await browser.client.signOut({})
  assert.equal(browser.cookies.size, 0)
  assert.equal(await codeOf(copy.client.getSession()), 'notSignedIn')
})

test('ends unused after thirty days, in use after ninety', async (context) => {
  const { hub, passkey, browser } = await signedIn(context)
  hub.clock.advance(30 * day)
  assert.equal(await codeOf(browser.client.getSession()), 'notSignedIn')
  const busy = openBrowser(hub)
  const { session } = await signInWith(busy, passkey)
  assert.equal(session.expiresAtMs - hub.clock.nowMs(), 90 * day)
  for (let days = 0; days < 89; days += 1) {
    hub.clock.advance(day)
    assert.equal(await codeOf(busy.client.getSession()), '')
  }
  hub.clock.advance(day)
  assert.equal(await codeOf(busy.client.getSession()), 'notSignedIn')
})

test('lists the sessions of the account and ends one, or all others', async (context) => {
  const { hub, passkey, browser } = await signedIn(context)
  const others = [openBrowser(hub), openBrowser(hub), openBrowser(hub)]
  for (const other of others) await signInWith(other, passkey)
  const { sessions } = await browser.client.listSessions()
  assert.equal(sessions.length, 4)
  assert.deepEqual(
    sessions.filter(({ current }) => current).map(({ id }) => id),
    [(await browser.client.getSession()).session.id],
  )
  const [first, second] = others
  const victim = await first?.client.getSession()
  await browser.client.endSession({ sessionId: victim?.session.id ?? '' })
  assert.equal(await codeOf(first?.client.getSession() ?? Promise.resolve()), 'notSignedIn')
  assert.equal(await codeOf(second?.client.getSession() ?? Promise.resolve()), '')
  await browser.client.endOtherSessions()
  assert.equal(await codeOf(second?.client.getSession() ?? Promise.resolve()), 'notSignedIn')
  assert.equal((await browser.client.listSessions()).sessions.length, 1)
})

test('a fifty-first session ends the one that was not used for longest', async (context) => {
  const { hub, passkey, browser } = await signedIn(context)
  for (let index = 0; index < 50; index += 1) {
    hub.clock.advance(60_000)
    await signInWith(openBrowser(hub), passkey)
  }
  assert.equal(await codeOf(browser.client.getSession()), 'notSignedIn')
})

test('survives a restart of the hub, which knows only the hash of the token', async (context) => {
  const { hub, browser } = await signedIn(context)
  const again = await hub.restart()
  const same = openBrowser(again)
  for (const [name, value] of browser.cookies) same.cookies.set(name, value)
  assert.equal(await codeOf(same.client.getSession()), '')
})

test('a cookie is no bearer token, and a bearer token no cookie', async (context) => {
  const { hub, browser } = await signedIn(context)
  const cookie = browser.cookies.get('__Host-session') ?? ''
  const ask = async (headers: Record<string, string>): Promise<number> => {
    const url = `http://127.0.0.1:${hub.port}/api/v1/session`
    return (await fetch(url, { headers })).status
  }
  assert.equal(await ask({ cookie: `__Host-session=${cookie}` }), 200)
  assert.equal(await ask({ authorization: `Bearer ${cookie}` }), 401)
  const fresh = await openTestHub(context)
  const device = createFakeDevice()
  const setupLink = (await fresh.makeSetupLink()) ?? ''
  const setupToken = Uint8Array.fromBase64(setupLink.split('#')[1] ?? '', { alphabet: 'base64url' })
  const { client } = openBrowser(fresh)
  const { nonce } = await client.beginSetup({ setupToken })
  const { publicKey } = device
  const signature = device.sign('registration', nonce)
  const { token } = await client.setupDevice({
    setupToken,
    nonce,
    name: 'Ada',
    publicKey,
    signature,
  })
  const url = `http://127.0.0.1:${fresh.port}/api/v1/session`
  const asCookie = await fetch(url, { headers: { cookie: `__Host-session=${token}` } })
  assert.equal(asCookie.status, 401)
  const asBearer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(asBearer.status, 200)
})

test('signing in again replaces the session that the browser had', async (context) => {
  const { hub, passkey, browser } = await signedIn(context)
  const copy = openBrowser(hub)
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  await signInWith(browser, passkey)
  assert.equal(await codeOf(copy.client.getSession()), 'notSignedIn')
  assert.equal((await browser.client.listSessions()).sessions.length, 1)
})

const badTokens = ['', 'x', 'A'.repeat(43), 'A'.repeat(4_000), '../..', '%00']
test('wrong tokens are nobody, whatever they look like', async (context) => {
  const { hub } = await signedIn(context)
  for (const token of badTokens) {
    const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/session`, {
      headers: { cookie: `__Host-session=${token}` },
    })
    assert.equal(answer.status, 401)
  }
})
