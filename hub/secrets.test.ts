import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { toBase64Url } from '@mortise/protocol/wire'
import { codeOf, openBrowser, setUpWith, signInWith } from '#hub/testing/browser.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import { connectLock } from '#hub/testing/fake-link.ts'
import { createFakeLock } from '#hub/testing/fake-lock.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'

test('no secret of any flow gets into the log, and no token into the store', async (context) => {
  const hub = await openTestHub(context)
  const link = (await hub.makeSetupLink()) ?? ''
  const browser = openBrowser(hub)
  const passkey = createFakePasskey(hub.origin, 'localhost')
  await setUpWith(browser, passkey, link)
  await signInWith(browser, passkey)
  const wrong = openBrowser(hub)
  const canary = toBase64Url(new Uint8Array(randomBytes(32)))
  wrong.cookies.set('__Host-session', canary)
  assert.equal(await codeOf(wrong.client.getSession()), 'notSignedIn')
  await wrong.request(`/api/v1/locks?after=${canary}`)
  await wrong.request(`/api/v1/setup#${canary}`)
  await wrong.request('/api/v1/sign-in/begin', { method: 'POST', body: canary })
  await wrong.request('/api/v1/session', { headers: { authorization: `Bearer ${canary}` } })
  const lock = createFakeLock()
  await connectLock(hub, lock)

  const tokens = [link.split('#')[1] ?? '', browser.cookies.get('__Host-session') ?? '']
  const secrets = [...tokens, canary, hub.hubText]
  const log = hub.logLines.join('')
  assert.ok(log.includes('signedIn'))
  for (const secret of secrets) {
    assert.ok(secret.length > 40)
    assert.ok(!log.includes(secret))
  }
  await hub.close()
  const folder = join(hub.data, 'hub')
  const stored = readdirSync(folder)
    .filter((name) => name.startsWith('hub.sqlite'))
    .map((name) => readFileSync(join(folder, name)))
  for (const token of tokens) {
    const raw = Buffer.from(token, 'base64url')
    for (const file of stored) assert.ok(!file.includes(raw) && !file.includes(token))
  }
})
