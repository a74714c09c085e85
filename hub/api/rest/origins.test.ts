import assert from 'node:assert/strict'
import test from 'node:test'
import { restErrorBody } from '@mortise/protocol/rest'
import { mayAct } from '#hub/api/rest/guard.ts'
import { openBrowser, setUpWith, signInWith } from '#hub/testing/browser.ts'
import { createFakePasskey } from '#hub/testing/fake-passkey.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'

const own = 'https://hub.example.org'
const sibling = 'https://app.example.org'
const elsewhere = 'https://app.example.net'
const evil = 'https://evil.example'
const allowed = { own, apps: [sibling, elsewhere] }

/** origin, Sec-Fetch-Site, cookie, verdict. */
const unsafe: readonly (readonly [string | undefined, string | undefined, boolean, boolean])[] = [
  [own, 'same-origin', true, true],
  [own, undefined, true, true],
  [own, 'cross-site', true, false],
  [own, 'none', true, false],
  [sibling, 'same-site', true, true],
  [elsewhere, 'cross-site', true, true],
  [elsewhere, undefined, true, true],
  [sibling, 'none', true, false],
  [evil, 'cross-site', true, false],
  [evil, 'same-origin', true, false],
  [evil, undefined, false, false],
  ['null', 'cross-site', false, false],
  [`${own}.evil.example`, undefined, true, false],
  [own.toUpperCase(), undefined, true, false],
  ['http://hub.example.org', 'same-site', true, false],
  [undefined, 'same-origin', true, false],
  [undefined, 'cross-site', false, false],
  [undefined, undefined, true, false],
  [undefined, undefined, false, true],
]
for (const [origin, site, hasSessionCookie, verdict] of unsafe) {
  const who = `${origin ?? 'no origin'}, ${site ?? 'no site'}, ${hasSessionCookie ? '' : 'no '}cookie`
  test(`${verdict ? 'lets' : 'keeps'} an unsafe request with ${who}`, () => {
    assert.equal(mayAct({ origin, site, hasSessionCookie }, allowed), verdict)
  })
}

async function refusalCode(answer: Response): Promise<string> {
  return restErrorBody.parse(await answer.json()).code
}

async function openAll(context: Parameters<typeof openTestHub>[0]) {
  const options = { origin: own, relyingParty: 'example.org', appOrigins: [sibling, elsewhere] }
  const hub = await openTestHub(context, options)
  return { hub, url: `http://127.0.0.1:${hub.port}/api/v1` }
}

test('every unsafe route refuses a foreign page before anything else', async (context) => {
  const { url } = await openAll(context)
  const paths = [
    ['POST', '/setup/begin'],
    ['POST', '/setup/finish'],
    ['POST', '/setup/device'],
    ['POST', '/sign-in/begin'],
    ['POST', '/sign-in/finish'],
    ['POST', '/sign-in/device'],
    ['POST', '/sign-out'],
    ['DELETE', '/sessions'],
    ['DELETE', `/sessions/${'00'.repeat(16)}`],
    ['POST', `/locks/${'00'.repeat(32)}/relay`],
  ] as const
  for (const [method, path] of paths) {
    const answer = await fetch(url + path, { method, headers: { origin: evil } })
    assert.equal(answer.status, 403, path)
    assert.equal(await refusalCode(answer), 'foreignOrigin')
    assert.equal(answer.headers.get('access-control-allow-origin'), null)
  }
})

test('a form cannot post: only application/json is read', async (context) => {
  const { url } = await openAll(context)
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    '',
  ]) {
    const headers = { origin: own, 'content-type': type }
    const answer = await fetch(`${url}/sign-in/begin`, { method: 'POST', headers, body: '{}' })
    assert.equal(await refusalCode(answer), 'bodyNotJson', type)
  }
})

test('answers preflights of configured apps exactly, and of nobody else', async (context) => {
  const { url } = await openAll(context)
  const preflight = (origin: string) =>
    fetch(`${url}/sign-out`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
  for (const origin of [sibling, elsewhere]) {
    const { status, headers } = await preflight(origin)
    assert.equal(status, 204)
    assert.equal(headers.get('access-control-allow-origin'), origin)
    assert.equal(headers.get('access-control-allow-credentials'), 'true')
    assert.equal(headers.get('access-control-allow-methods'), 'GET, POST, DELETE')
    assert.equal(headers.get('access-control-allow-headers'), 'content-type')
    assert.match(headers.get('vary') ?? '', /Origin/)
  }
  for (const origin of [own, evil, 'null', `${sibling}.evil.example`, '*']) {
    const { status, headers } = await preflight(origin)
    assert.equal(status, 403, origin)
    assert.equal(headers.get('access-control-allow-origin'), null)
    assert.equal(headers.get('access-control-allow-credentials'), null)
  }
})

test('lets a configured app read answers and refusals, and nobody else', async (context) => {
  const { url } = await openAll(context)
  for (const [origin, expected] of [
    [sibling, sibling],
    [elsewhere, elsewhere],
    [evil, null],
    [own, null],
  ] as const) {
    for (const path of ['/health', '/session', '/nothing']) {
      const answer = await fetch(url + path, { headers: { origin } })
      assert.equal(answer.headers.get('access-control-allow-origin'), expected)
      assert.match(answer.headers.get('vary') ?? '', /Origin/)
    }
  }
})

test('an app elsewhere signs in with a partitioned cookie, a sibling with a strict one', async (context) => {
  const { hub } = await openAll(context)
  const passkey = createFakePasskey(elsewhere, 'example.org')
  const far = openBrowser(hub, { pageOrigin: elsewhere, fetchSite: 'cross-site' })
  await setUpWith(far, passkey, await hub.makeSetupLink())
  const [line = ''] = far.setCookies
  for (const part of ['Secure', 'HttpOnly', 'SameSite=None', 'Partitioned', 'Path=/']) {
    assert.ok(line.split('; ').includes(part), part)
  }
  assert.equal((await far.client.getSession()).account.name, 'Ada')
  await far.client.signOut({})
  assert.match(far.setCookies.at(-1) ?? '', /SameSite=None.*Partitioned/)
  const near = openBrowser(hub, { pageOrigin: sibling, fetchSite: 'same-site' })
  await signInWith(near, passkey)
  assert.match(near.setCookies[0] ?? '', /SameSite=Strict/)
  assert.doesNotMatch(near.setCookies[0] ?? '', /Partitioned/)
})

test('without an app of its own the hub sends people to the app', async (context) => {
  const { hub } = await openAll(context)
  assert.ok((await hub.makeSetupLink())?.startsWith(`${sibling}/setup#`))
})
