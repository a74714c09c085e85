import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import test from 'node:test'
import { toBase64Url } from '@mortise/protocol/wire'
import { codeOf, openBrowser, setUpWith, tokenOf } from '#hub/testing/browser.ts'
import { createFakeDevice } from '#hub/testing/fake-device.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import type { CeremonyBend } from '#hub/testing/fake-passkey.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import type { TestHub } from '#hub/testing/test-hub.ts'

const minute = 60_000

async function begin(hub: TestHub) {
  const browser = openBrowser(hub)
  const setupToken = tokenOf(await hub.makeSetupLink())
  const { nonce } = await browser.client.beginSetup({ setupToken })
  return { browser, setupToken, nonce, passkey: createFakePasskey(hub.origin, 'localhost') }
}

test('the link is of the app, with 256 bits in its fragment, and makes one account', async (context) => {
  const hub = await openTestHub(context)
  const link = await hub.makeSetupLink()
  assert.match(link ?? '', new RegExp(`^${hub.origin}/setup#[A-Za-z0-9_-]{43}$`))
  const browser = openBrowser(hub)
  assert.deepEqual(await browser.client.getSetupStatus(), { open: true })
  const passkey = createFakePasskey(hub.origin, 'localhost')
  const made = await setUpWith(browser, passkey, link, 'Ada Lovelace')
  assert.equal(made.account.name, 'Ada Lovelace')
  assert.deepEqual(await browser.client.getSetupStatus(), { open: false })
  assert.equal((await browser.client.getSession()).account.id, made.account.id)
  assert.equal(await hub.makeSetupLink(), undefined)
  const setupToken = tokenOf(link)
  assert.equal(await codeOf(browser.client.beginSetup({ setupToken })), 'setupClosed')
})

test('of two that finish at the same time, one makes the account', async (context) => {
  const hub = await openTestHub(context)
  const { browser, setupToken, nonce, passkey } = await begin(hub)
  const second = await browser.client.beginSetup({ setupToken })
  const codes = await Promise.all(
    [nonce, second.nonce].map((each) =>
      codeOf(
        openBrowser(hub).client.finishSetup({
          setupToken,
          nonce: each,
          name: 'Ada',
          passkey: passkey.register(each),
        }),
      ),
    ),
  )
  assert.deepEqual(codes.toSorted(), ['', 'setupClosed'])
})

test('a new link voids the one before, and after fifteen minutes there is none', async (context) => {
  const hub = await openTestHub(context)
  const { client } = openBrowser(hub)
  const old = tokenOf(await hub.makeSetupLink())
  const fresh = tokenOf(await hub.makeSetupLink())
  assert.equal(await codeOf(client.beginSetup({ setupToken: old })), 'setupTokenUnusable')
  hub.clock.advance(15 * minute - 1)
  assert.equal(await codeOf(client.beginSetup({ setupToken: fresh })), '')
  hub.clock.advance(1)
  assert.equal(await codeOf(client.beginSetup({ setupToken: fresh })), 'setupTokenUnusable')
})

test('a restart keeps the open link', async (context) => {
  const hub = await openTestHub(context)
  const link = await hub.makeSetupLink()
  const again = await hub.restart()
  const passkey = createFakePasskey(again.origin, 'localhost')
  assert.equal(await codeOf(setUpWith(openBrowser(again), passkey, link)), '')
})

test('a guessed token gets nothing, not even a nonce', async (context) => {
  const hub = await openTestHub(context)
  await hub.makeSetupLink()
  const setupToken = new Uint8Array(randomBytes(32))
  const { client } = openBrowser(hub)
  assert.equal(await codeOf(client.beginSetup({ setupToken })), 'setupTokenUnusable')
})

const bentPasskeys: readonly (readonly [string, CeremonyBend])[] = [
  ['of another origin', { origin: 'https://evil.example' }],
  ['of another relying party', { relyingPartyId: 'evil.example' }],
  ['without user verification', { flags: 0x41 }],
  ['without user presence', { flags: 0x44 }],
  ['without a key', { flags: 0x05 }],
  ['of an assertion', { type: 'webauthn.get' }],
  ['over another challenge', { challenge: new Uint8Array(32) }],
  ['made inside a frame', { crossOrigin: true }],
  ['with an attestation of another kind', { format: 'android-key' }],
]
for (const [name, bend] of bentPasskeys) {
  test(`refuses a passkey ${name}`, async (context) => {
    const hub = await openTestHub(context)
    const { browser, setupToken, nonce, passkey } = await begin(hub)
    const request = { setupToken, nonce, name: 'Ada', passkey: passkey.register(nonce, bend) }
    assert.equal(await codeOf(browser.client.finishSetup(request)), 'registrationFailed')
    assert.deepEqual(await browser.client.getSetupStatus(), { open: true })
  })
}

test('refuses a passkey under an id that the authenticator did not make', async (context) => {
  const hub = await openTestHub(context)
  const { browser, setupToken, nonce, passkey } = await begin(hub)
  const bent = { ...passkey.register(nonce), passkeyId: new Uint8Array(16) }
  const finish = browser.client.finishSetup({ setupToken, nonce, name: 'Ada', passkey: bent })
  assert.equal(await codeOf(finish), 'registrationFailed')
})

test('a nonce serves once, for its purpose, for five minutes', async (context) => {
  const hub = await openTestHub(context)
  const { browser, setupToken, nonce, passkey } = await begin(hub)
  const finish = (each: Uint8Array) =>
    codeOf(
      browser.client.finishSetup({
        setupToken,
        nonce: each,
        name: 'Ada',
        passkey: passkey.register(each, { flags: 0x41 }),
      }),
    )
  assert.equal(await finish(nonce), 'registrationFailed')
  assert.equal(await finish(nonce), 'nonceUnusable')
  const signIn = await browser.client.beginSignIn({})
  assert.equal(await finish(signIn.nonce), 'nonceUnusable')
  assert.equal(await finish(new Uint8Array(32)), 'nonceUnusable')
  const late = await browser.client.beginSetup({ setupToken })
  hub.clock.advance(5 * minute)
  assert.equal(await finish(late.nonce), 'nonceUnusable')
})

test('a program sets up with a device key and gets a bearer token', async (context) => {
  const hub = await openTestHub(context)
  const { browser, setupToken, nonce } = await begin(hub)
  const device = createFakeDevice()
  const { publicKey } = device
  const wrong = {
    setupToken,
    nonce,
    name: 'Ada',
    publicKey,
    signature: device.sign('signIn', nonce),
  }
  assert.equal(await codeOf(browser.client.setupDevice(wrong)), 'registrationFailed')
  const second = await browser.client.beginSetup({ setupToken })
  const signature = device.sign('registration', second.nonce)
  const request = { setupToken, nonce: second.nonce, name: 'Ada', publicKey, signature }
  const made = await browser.client.setupDevice(request)
  assert.equal(browser.cookies.size, 0)
  const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/session`, {
    headers: { authorization: `Bearer ${made.token}` },
  })
  assert.equal(answer.status, 200)
})

const badNames = ['', ' ', ' Ada', 'Ada\n', 'A\u202eda', 'x'.repeat(65), 7, null]
test('refuses names that nobody could read, and members that nobody asked for', async (context) => {
  const hub = await openTestHub(context)
  const { browser, setupToken, nonce, passkey } = await begin(hub)
  const made = passkey.register(nonce)
  const whole = {
    setupToken: toBase64Url(setupToken),
    nonce: toBase64Url(nonce),
    name: 'Ada',
    passkey: {
      passkeyId: toBase64Url(made.passkeyId),
      clientDataJson: toBase64Url(made.clientDataJson),
      attestationObject: toBase64Url(made.attestationObject),
    },
  }
  const send = async (body: object): Promise<number> => {
    const answer = await browser.request('/api/v1/setup/finish', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.status
  }
  for (const name of badNames) assert.equal(await send({ ...whole, name }), 400)
  assert.equal(await send({ ...whole, role: 'owner' }), 400)
  assert.equal(await send(whole), 200)
})
