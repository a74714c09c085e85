import assert from 'node:assert/strict'
import test from 'node:test'
import { createRestClient, eventsUrl, parseLiveEvent } from '#protocol/rest/client.ts'
import type { FetchInit, FetchLike } from '#protocol/rest/client.ts'
import { RestError } from '#protocol/rest/errors.ts'
import { restPrefix, routes } from '#protocol/rest/routes.ts'

const origin = 'https://hub.example'
const lockId = 'ab'.repeat(32)

interface Sent {
  readonly url: string
  readonly init: FetchInit
}

function recorder(status: number, body: unknown): { fetch: FetchLike; sent: Sent[] } {
  const sent: Sent[] = []
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return {
    sent,
    fetch: async (url, init) => {
      sent.push({ url, init })
      return { status, text: async () => text }
    },
  }
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    assert.ok(error instanceof RestError)
    return error.code
  }
  return 'no error'
}

test('has one method for each route that answers once', () => {
  const client = createRestClient(recorder(200, {}).fetch, origin)
  const names = Object.keys(routes).filter((name) => name !== 'followEvents')
  assert.deepEqual(Object.keys(client).toSorted(), names.toSorted())
})

test('puts parameters into path, query and body, bytes as base64url', async () => {
  const page = recorder(200, { entries: ['AQI'] })
  const client = createRestClient(page.fetch, origin)
  const { entries } = await client.listEvents({ lockId, before: 9, limit: 2 })
  assert.equal(page.sent[0]?.url, `${origin}${restPrefix}/locks/${lockId}/events?before=9&limit=2`)
  assert.equal(page.sent[0]?.init.body, undefined)
  assert.deepEqual(entries, [Uint8Array.of(1, 2)])

  const relay = recorder(200, { sealed: 'AwQ' })
  const answer = await createRestClient(relay.fetch, origin).relay({
    lockId,
    sealed: Uint8Array.of(255, 254),
  })
  assert.equal(relay.sent[0]?.url, `${origin}${restPrefix}/locks/${lockId}/relay`)
  assert.equal(relay.sent[0]?.init.body, '{"sealed":"__4"}')
  assert.equal(relay.sent[0]?.init.headers['content-type'], 'application/json')
  assert.deepEqual(answer.sealed, Uint8Array.of(3, 4))
})

test('sends the bearer token of the moment, and none without one', async () => {
  const tokens = ['abc']
  const { fetch, sent } = recorder(200, {})
  const client = createRestClient(fetch, origin, { bearerToken: () => tokens.shift() })
  await client.signOut()
  await client.signOut()
  assert.deepEqual(
    sent.map(({ init }) => init.headers['authorization']),
    ['Bearer abc', undefined],
  )
})

test('keeps what the hub said of a refusal', async () => {
  const body = { code: 'rateLimited', message: 'm', nextStep: 'Wait.', retryAfterSeconds: 7 }
  const client = createRestClient(recorder(429, body).fetch, origin)
  await assert.rejects(client.getSession(), {
    name: 'RestError',
    code: 'rateLimited',
    status: 429,
    nextStep: 'Wait.',
    retryAfterSeconds: 7,
    blame: 'caller',
  })
})

const strangeAnswers: readonly (readonly [string, number, unknown, string])[] = [
  ['a page of a proxy', 502, '<html>Bad gateway</html>', 'badAnswer'],
  ['an unknown code', 400, { code: 'somethingNew', message: '' }, 'badAnswer'],
  ['success without the members', 200, {}, 'badAnswer'],
  ['success with wrong bytes', 200, { sealed: '!' }, 'badAnswer'],
  ['success with loose bits', 200, { sealed: 'AR' }, 'badAnswer'],
  ['an offline lock', 503, { code: 'lockOffline', message: '' }, 'lockOffline'],
]
for (const [name, status, body, code] of strangeAnswers) {
  test(`answers ${name} with ${code}`, async () => {
    const client = createRestClient(recorder(status, body).fetch, origin)
    assert.equal(await codeOf(client.relay({ lockId, sealed: Uint8Array.of(1) })), code)
  })
}

test('says hubUnreachable when there is no answer', async () => {
  const client = createRestClient(async () => Promise.reject(new TypeError('x')), origin)
  assert.equal(await codeOf(client.getHealth()), 'hubUnreachable')
})

test('refuses an input that does not fit before it sends anything', async () => {
  const { fetch, sent } = recorder(200, {})
  const client = createRestClient(fetch, origin)
  assert.equal(await codeOf(client.getLock({ lockId: '../session' })), 'malformedRequest')
  assert.equal(await codeOf(client.listEvents({ lockId, limit: 201 })), 'malformedRequest')
  assert.equal(sent.length, 0)
})

test('reads live events and skips those of a newer hub', () => {
  assert.equal(eventsUrl(origin), `${origin}${restPrefix}/events`)
  assert.deepEqual(parseLiveEvent('{"type":"ready"}'), { type: 'ready' })
  assert.equal(parseLiveEvent('{"type":"firmware"}'), undefined)
  assert.equal(parseLiveEvent('not json'), undefined)
})
