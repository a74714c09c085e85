import assert from 'node:assert/strict'
import test from 'node:test'
import { rates } from '@mortise/hub-core'
import { addressOf, networkOf } from '#hub/api/address.ts'
import { codeOf, openBrowser } from '#hub/testing/browser.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import { openWorld } from '#hub/testing/world.ts'

const addresses: readonly (readonly [string, number, string | undefined, string])[] = [
  ['192.0.2.1', 0, '203.0.113.9', '192.0.2.1'],
  ['192.0.2.1', 1, undefined, '192.0.2.1'],
  ['192.0.2.1', 1, '203.0.113.9', '203.0.113.9'],
  ['192.0.2.1', 1, 'spoofed, 203.0.113.9', '203.0.113.9'],
  ['192.0.2.1', 2, 'spoofed, 203.0.113.9, 198.51.100.7', '203.0.113.9'],
  ['192.0.2.1', 3, '203.0.113.9, 198.51.100.7', '192.0.2.1'],
  ['::ffff:192.0.2.1', 0, undefined, '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', 0, undefined, '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::6', 0, undefined, '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 0, undefined, 'fe80:0:0:0::/64'],
  ['::1', 0, undefined, '0:0:0:0::/64'],
]
for (const [remoteAddress, trusted, forwarded, expected] of addresses) {
  test(`${remoteAddress} behind ${trusted} with "${forwarded ?? ''}" counts as ${expected}`, () => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    assert.equal(addressOf({ headers, socket: { remoteAddress } }, trusted), expected)
  })
}

test('two hosts of one IPv6 network count as one', () => {
  assert.equal(networkOf('2001:db8::1'), networkOf('2001:db8::ffff:1'))
  assert.notEqual(networkOf('2001:db8::1'), networkOf('2001:db8:0:1::1'))
})

test('beginning is limited by address, says until when, and grows back', async (context) => {
  const hub = await openTestHub(context)
  const { client } = openBrowser(hub)
  for (let index = 0; index < rates.addressBegin.burst; index += 1) {
    assert.equal(await codeOf(client.beginSignIn({})), '')
  }
  await assert.rejects(client.beginSignIn({}), { code: 'rateLimited', retryAfterSeconds: 2 })
  hub.clock.advance(1_999)
  assert.equal(await codeOf(client.beginSignIn({})), 'rateLimited')
  hub.clock.advance(1)
  assert.equal(await codeOf(client.beginSignIn({})), '')
  assert.equal(await codeOf(client.beginSignIn({})), 'rateLimited')
})

test('a refusal for its rate names the seconds in its header too', async (context) => {
  const hub = await openTestHub(context)
  const browser = openBrowser(hub)
  const begin = () =>
    browser.request('/api/v1/sign-in/begin', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
  let answer = await begin()
  for (let index = 0; index < rates.addressBegin.burst; index += 1) answer = await begin()
  assert.equal(answer.status, 429)
  assert.equal(answer.headers.get('retry-after'), '2')
})

test('a header that a client writes itself changes nothing without trusted proxies', async (context) => {
  const hub = await openTestHub(context)
  const codes = []
  for (let index = 0; index <= rates.addressBegin.burst; index += 1) {
    const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/sign-in/begin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${index}` },
      body: '{}',
    })
    codes.push(answer.status)
  }
  assert.equal(codes.at(-1), 429)
})

test('behind a trusted proxy each client has its own limit', async (context) => {
  const hub = await openTestHub(context, { trustedProxies: 1 })
  const begin = async (client: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/sign-in/begin`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': client },
      body: '{}',
    })
    return answer.status
  }
  for (let index = 0; index < rates.addressBegin.burst; index += 1) await begin('203.0.113.1')
  assert.equal(await begin('203.0.113.1'), 429)
  assert.equal(await begin('203.0.113.2'), 200)
})

test('one account that relays too much is held back, and nobody else', async (context) => {
  const { hub, lock, link, browsers } = await openWorld(context)
  link.answerRequests(Uint8Array.of(2))
  const relay = (person: 'owner' | 'manager') =>
    codeOf(browsers[person].client.relay({ lockId: lock.id, sealed: Uint8Array.of(1) }))
  for (let index = 0; index < rates.accountRelay.burst; index += 1) {
    assert.equal(await relay('owner'), '')
  }
  assert.equal(await relay('owner'), 'rateLimited')
  assert.equal(await relay('manager'), '')
  hub.clock.advance(500)
  assert.equal(await relay('owner'), '')
})
