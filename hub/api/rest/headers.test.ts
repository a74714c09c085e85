import assert from 'node:assert/strict'
import test from 'node:test'
import { openTestHub } from '#hub/testing/test-hub.ts'

const every = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(self), publickey-credentials-get=(self), publickey-credentials-create=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()',
}
const api = {
  ...every,
  'content-security-policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cache-control': 'no-store',
}

/** Headers that say nothing about safety. */
const uninteresting = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'vary',
  'allow',
])

function interesting(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !uninteresting.has(name)))
}

const calls: readonly (readonly [string, string, number])[] = [
  ['GET', '/api/v1/health', 200],
  ['GET', '/api/v1/openapi.json', 200],
  ['GET', '/api/v1/session', 401],
  ['GET', '/api/v1/nothing', 404],
  ['PUT', '/api/v1/health', 405],
  ['POST', '/api/v1/sign-out', 401],
]
test('every answer of the API has exactly these headers', async (context) => {
  const hub = await openTestHub(context)
  for (const [method, path, status] of calls) {
    const answer = await fetch(`http://127.0.0.1:${hub.port}${path}`, { method })
    assert.equal(answer.status, status, path)
    assert.deepEqual(interesting(answer.headers), api, path)
    assert.equal(answer.headers.get('content-type'), 'application/json')
    await answer.arrayBuffer()
  }
})

test('over TLS browsers are told to stay there', async (context) => {
  const hub = await openTestHub(context, { origin: 'https://hub.example.org' })
  const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/health`)
  assert.deepEqual(interesting(answer.headers), {
    ...api,
    'strict-transport-security': 'max-age=63072000',
  })
})

test('names the methods of an address, and refusals their code', async (context) => {
  const hub = await openTestHub(context)
  const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/sessions`, { method: 'PATCH' })
  assert.equal(answer.headers.get('allow'), 'GET, DELETE')
  assert.deepEqual(await answer.json(), {
    code: 'methodNotAllowed',
    message: 'the method does not fit the address',
  })
})

test('health tells status, version and uptime, and nothing else', async (context) => {
  const hub = await openTestHub(context)
  hub.clock.advance(61_500)
  const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/health`)
  assert.deepEqual(await answer.json(), { status: 'ok', version: '0.1.0', uptimeSeconds: 61 })
})

const bodies: readonly (readonly [string, string, number])[] = [
  ['no JSON', '{', 400],
  ['nothing', '', 400],
  ['a list', '[]', 400],
  ['a member that nobody asked for', '{"x":1}', 400],
  ['a prototype', '{"__proto__":{"x":1}}', 400],
  ['too much', `{"x":"${'a'.repeat(70_000)}"}`, 413],
  ['an empty object', '{}', 200],
]
for (const [name, body, status] of bodies) {
  test(`answers ${name} in a body with ${status}`, async (context) => {
    const hub = await openTestHub(context)
    const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/sign-in/begin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body,
    })
    assert.equal(answer.status, status)
  })
}
