import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { after, beforeEach, describe, test } from 'node:test'
import { MortiseError } from '@mortise/protocol/errors'
import type { VirtualDoor } from '../door.ts'
import { createVirtualDoor } from '../door.ts'
import type { ManualTime } from '../manual-time.ts'
import { createManualTime } from '../manual-time.ts'
import { NEW_DOOR } from '../physics.ts'
import { CAPTURES } from '../reader.ts'
import { createMemoryStore } from '../record.ts'
import { powerOf, withPower } from '../supply.ts'
import { BODY_BYTES_MAX } from './body.ts'
import type { DoorServer } from './server.ts'
import { serveDoor } from './server.ts'

let door: VirtualDoor
let time: ManualTime
let server: DoorServer | undefined

beforeEach(async () => {
  await server?.close()
  time = createManualTime()
  door = createVirtualDoor({ ...time, store: createMemoryStore() })
  server = await serveDoor({ door, timers: time.timers, port: 0 })
})
after(() => server?.close())

interface Asked {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}
interface Answered {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** Below fetch, which would set or refuse Host, Origin and Sec-Fetch-Site by itself. */
async function ask({ method = 'GET', path, headers = {}, body }: Asked): Promise<Answered> {
  const asked = request(new URL(path, server?.url), { method, headers, agent: false })
  asked.end(body)
  const [response] = await once(asked, 'response')
  response.setEncoding('utf8')
  let text = ''
  for await (const chunk of response) text += chunk
  return { status: response.statusCode, headers: response.headers, text }
}

const JSON_TYPE = { 'content-type': 'application/json' }
const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  ask({ method: 'POST', path, body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers } })

const codeOf = ({ text }: Answered): unknown => JSON.parse(text).error?.code

describe('the hands over HTTP', () => {
  const cases: readonly [string, string, unknown, Readonly<Record<string, unknown>>][] = [
    // what             path              body                       what GET /door then says
    ['key outside', '/key', {}, { bolt: 'extended', boltMovements: 1 }],
    ['thumbturn', '/thumbturn', { to: 'extended' }, { bolt: 'extended' }],
    ['leaf', '/leaf', { open: true }, { leaf: 'open', doorSensor: 'open' }],
    ['keypad', '/keypad', { keys: '12*34' }, { keyPresses: 6 }],
    ['one key', '/keypad/press', { key: '#' }, { keyPresses: 1 }],
    ['inside button', '/inside-button', {}, { insideButtonPresses: 1 }],
    ['cover', '/tamper', { escutcheon: 'removed' }, { escutcheon: 'removed' }],
    [
      'power',
      '/power',
      { mainsPresent: false, batteryPercent: 50 },
      { power: powerOf(withPower(NEW_DOOR, { mainsPresent: false, batteryPercent: 50 })) },
    ],
    [
      'other cells and frost',
      '/power',
      { chemistry: 'lithium', celsius: -10 },
      { power: powerOf(withPower(NEW_DOOR, { chemistry: 'lithium', celsius: -10 })) },
    ],
    ['fault', '/fault', { boltSensor: 'unknown' }, { boltSensor: 'unknown' }],
  ]
  for (const [name, path, body, expected] of cases) {
    test(`${name}: the answer and GET /door say what has happened`, async () => {
      const answered = await post(path, body)
      assert.equal(answered.status, 200, answered.text)
      const { text } = await ask({ path: '/door' })
      assert.deepEqual(JSON.parse(answered.text), JSON.parse(text))
      assert.partialDeepStrictEqual(JSON.parse(text), expected)
    })
  }

  test('a post without a body is an empty one', async () => {
    const answered = await ask({ method: 'POST', path: '/thumbturn' })
    assert.equal(answered.status, 200)
    assert.equal(door.snapshot().bolt, 'extended')
  })

  const entries: readonly [string, string][] = [
    ['123456', '123456#'],
    ['99*1234#', '99*1234#'],
    ['#', '#'],
    ['12#34', '12#34#'],
  ]
  for (const [keys, pressed] of entries) {
    test(`keys ${keys} press ${pressed}`, async () => {
      const heard: string[] = []
      door.ports.keypad.onKey((key) => heard.push(key))
      await post('/keypad', { keys })
      assert.equal(heard.join(''), pressed)
    })
  }

  test('the reader is shown fingers and faces, learns one, and tells of it what it keeps', async () => {
    const seen: unknown[] = []
    const { biometric } = door.ports
    biometric.onShown((shown) => seen.push(shown))
    await post('/reader', { credentialType: 'fingerprint' })
    await post('/reader', { credentialType: 'face', whose: 'Anna' })
    assert.deepEqual(seen, [{ credentialType: 'fingerprint' }, { credentialType: 'face' }])
    const order = { credentialType: 'face', credentialId: Uint8Array.of(0, 255) } as const
    biometric.enrol(order)
    for (let touch = 1; touch < CAPTURES; touch += 1) {
      const { text } = await post('/reader', { credentialType: 'face', whose: 'Anna' })
      assert.equal(JSON.parse(text).reader.learning.captured, touch)
    }
    const { text } = await post('/reader', { credentialType: 'face', whose: 'Anna' })
    const template = { credentialType: 'face', credentialId: '00ff', whose: 'Anna' }
    assert.deepEqual(JSON.parse(text).reader, { templates: [template], learning: null })
    await post('/reader', { credentialType: 'face', whose: 'Anna' })
    assert.deepEqual(seen.at(-1), order)
    door.hands.setPower({ mainsPresent: false, batteryPercent: 0 })
    assert.equal(codeOf(await post('/reader', { credentialType: 'face' })), 'noPower')
  })

  test('the motor arrives while the page follows', async () => {
    door.ports.actuator.drive('extend')
    assert.equal(JSON.parse((await ask({ path: '/door' })).text).moving, 'extend')
    time.settle()
    const after = JSON.parse((await ask({ path: '/door' })).text)
    assert.deepEqual([after.bolt, after.moving], ['extended', null])
  })

  test('what hands cannot do is refused with its reason', async () => {
    door.hands.turnBolt('extended')
    assert.equal(codeOf(await post('/leaf', { open: true })), 'bolted')
    assert.equal((await post('/leaf', { open: true, force: true })).status, 200)
    assert.equal(codeOf(await post('/leaf', { open: false })), 'boltInTheWay')
    door.hands.setPower({ mainsPresent: false, batteryPercent: 0 })
    const dead = await post('/keypad', { keys: '1234' })
    assert.deepEqual([dead.status, codeOf(dead)], [409, 'noPower'])
    assert.equal(door.snapshot().keyPresses, 0)
  })
})

describe('wrong input is refused with its code, and nothing moves', () => {
  const tooLong = '1'.repeat(BODY_BYTES_MAX + 1)
  const own = { ...JSON_TYPE }
  const cases: readonly [string, Asked, number, string][] = [
    ['unknown path', { path: '/bolt' }, 404, 'notFound'],
    ['a name of Object', { method: 'POST', path: '/constructor', body: '{}' }, 404, 'notFound'],
    ['path traversal', { path: '/../door.ts' }, 404, 'notFound'],
    ['encoded traversal', { path: '/..%2f..%2fopen.ts' }, 404, 'notFound'],
    ['an unlisted file', { path: '/tsconfig.json' }, 404, 'notFound'],
    ['GET on a hand', { path: '/thumbturn' }, 405, 'wrongMethod'],
    ['PUT on a hand', { method: 'PUT', path: '/leaf', body: '{"open":true}' }, 405, 'wrongMethod'],
    ['POST on the door', { method: 'POST', path: '/door', body: '{}' }, 405, 'wrongMethod'],
    ['not JSON', { method: 'POST', path: '/leaf', headers: own, body: 'open' }, 400, 'badJson'],
    ['bad UTF-8', { method: 'POST', path: '/leaf', headers: own, body: '\u0000' }, 400, 'badJson'],
    ['a form', form('/leaf', 'application/x-www-form-urlencoded'), 415, 'notJson'],
    ['plain text', form('/leaf', 'text/plain'), 415, 'notJson'],
    ['JSON in name only', form('/leaf', 'application/jsonp'), 415, 'notJson'],
    [
      'too large',
      { method: 'POST', path: '/keypad', headers: own, body: tooLong },
      413,
      'tooLarge',
    ],
    ['no setup code', { path: '/setup-code.svg' }, 404, 'noSetupCode'],
  ]
  for (const [name, asked, status, code] of cases) {
    test(`${name}: ${code}`, async () => {
      const before = JSON.stringify(door.snapshot())
      const answered = await ask(asked)
      assert.deepEqual([answered.status, codeOf(answered)], [status, code])
      assert.equal(JSON.stringify(door.snapshot()), before)
    })
  }

  const bodies: readonly [string, unknown][] = [
    ['/leaf', {}],
    ['/leaf', { open: 'true' }],
    ['/leaf', { open: true, force: null }],
    ['/leaf', { open: true, bolt: 'retracted' }],
    ['/leaf', []],
    ['/leaf', null],
    ['/keypad', { keys: '' }],
    ['/keypad', { keys: '12a4' }],
    ['/keypad', { keys: 1234 }],
    ['/keypad', { keys: '1'.repeat(65) }],
    ['/keypad', { keys: '１２３４' }],
    ['/keypad/press', { key: '12' }],
    ['/keypad/press', { key: '' }],
    ['/thumbturn', { to: 'between' }],
    ['/inside-button', { times: 2 }],
    ['/tamper', {}],
    ['/reader', {}],
    ['/reader', { credentialType: 'rfid' }],
    ['/reader', { credentialType: 'face', credentialId: '00ff' }],
    ['/reader', { credentialType: 'face', whose: ' ' }],
    ['/tamper', { escutcheon: 'unknown' }],
    ['/power', { batteryPercent: 101 }],
    ['/power', { batteryPercent: 1.5 }],
    ['/power', { batteryMillivolts: -1 }],
    ['/power', { celsius: 61 }],
    ['/power', { chemistry: 'coal' }],
    ['/fault', { jam: true }],
    ['/fault', { leak: 'none' }],
  ]
  for (const [path, body] of bodies) {
    test(`${path} ${JSON.stringify(body).slice(0, 60)}: badBody`, async () => {
      const before = JSON.stringify(door.snapshot())
      const answered = await post(path, body)
      assert.deepEqual([answered.status, codeOf(answered)], [400, 'badBody'])
      assert.equal(JSON.stringify(door.snapshot()), before)
    })
  }

  test('a refused body is never quoted: it may hold a code', async () => {
    const { text } = await post('/keypad', { keys: '739154x' })
    assert.doesNotMatch(text, /739154/)
  })
})

function form(path: string, type: string): Asked {
  return { method: 'POST', path, headers: { 'content-type': type }, body: '{"open":true}' }
}

describe('who may come in', () => {
  const OPEN = { open: true }
  const cases: readonly [string, Readonly<Record<string, string>>, number][] = [
    ['a script', {}, 200],
    ['localhost', { host: 'localhost:8000' }, 200],
    ['loopback by IPv6', { host: '[::1]:8000' }, 200],
    ['a rebound name', { host: 'door.example' }, 421],
    ['a rebound name with our port', { host: 'door.example:8000' }, 421],
    ['a name that begins like ours', { host: 'localhost.example' }, 421],
    ['a name that ends like ours', { host: 'evil-localhost' }, 421],
    ['another address of this machine', { host: '192.168.1.2' }, 421],
    ['the own page', { host: 'localhost:1', origin: 'http://localhost:1' }, 200],
    ['another origin', { host: 'localhost:1', origin: 'http://evil.example' }, 403],
    ['another port', { host: 'localhost:1', origin: 'http://localhost:2' }, 403],
    ['another scheme', { host: 'localhost:1', origin: 'https://localhost:1' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['same-site', { 'sec-fetch-site': 'same-site' }, 403],
    ['cross-site form', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 403],
    ['same-origin', { 'sec-fetch-site': 'same-origin' }, 200],
  ]
  for (const [name, headers, status] of cases) {
    test(`${name}: ${status}`, async () => {
      assert.equal((await post('/leaf', OPEN, headers)).status, status)
      assert.equal(door.snapshot().leaf, status === 200 ? 'open' : 'closed')
    })
  }

  test('another site may not read either, but may link to the page', async () => {
    const cross = { 'sec-fetch-site': 'cross-site' }
    for (const path of ['/door', '/events', '/main.js']) {
      assert.equal((await ask({ path, headers: cross })).status, 403)
    }
    const linked = await ask({ path: '/', headers: { ...cross, 'sec-fetch-mode': 'navigate' } })
    assert.equal(linked.status, 200)
  })

  test('a request without any Host is refused', async () => {
    const { port } = new URL(server?.url ?? '')
    const socket = connect(Number(port), '127.0.0.1')
    socket.setEncoding('utf8')
    socket.end('POST /thumbturn HTTP/1.0\r\n\r\n')
    let text = ''
    for await (const chunk of socket) text += chunk
    assert.match(text, /^HTTP\/1\.1 421 /)
    assert.equal(door.snapshot().bolt, 'retracted')
  })

  test('every answer carries the security headers', async () => {
    for (const path of ['/', '/door', '/nowhere']) {
      const { headers } = await ask({ path })
      const policy = String(headers['content-security-policy'])
      assert.match(policy, /default-src 'none'.*frame-ancestors 'none'/)
      assert.doesNotMatch(policy, /unsafe|\*|https?:/)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
      assert.equal(headers['cache-control'], 'no-store')
      assert.equal(headers['access-control-allow-origin'], undefined)
    }
  })
})

describe('the page and its stream', () => {
  test('every file that the page names is served, and it holds no inline script or style', async () => {
    const { text } = await ask({ path: '/' })
    const named = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
    assert.ok(named.length >= 6)
    for (const path of named) assert.equal((await ask({ path })).status, 200, path)
    assert.doesNotMatch(text, /<script(?![^>]*src=)|<style|\sstyle=|\son\w+=/)
    const { text: main } = await ask({ path: '/main.js' })
    const imported = [...main.matchAll(/from '\.(\/[^']+)'/g)].map((match) => match[1] ?? '')
    assert.ok(imported.length >= 4)
    for (const path of imported) assert.equal((await ask({ path })).status, 200, path)
  })

  test('the setup code is a picture while it is shown, and gone after', async () => {
    door.ports.indicator.showSetupCode({ text: 'mortise1.example', remainingMs: 1_000 })
    const shown = await ask({ path: '/setup-code.svg' })
    assert.equal(shown.headers['content-type'], 'image/svg+xml')
    assert.match(shown.text, /^<svg /)
    time.advance(1_000)
    assert.equal((await ask({ path: '/setup-code.svg' })).status, 404)
    assert.equal(JSON.parse((await ask({ path: '/door' })).text).setupCode, null)
  })

  test('the stream gives the door at once and after each act, together', async () => {
    const stream = await follow()
    assert.equal((await stream.next()).leaf, 'closed')
    door.hands.moveLeaf({ open: true })
    door.hands.setEscutcheon('removed')
    const { leaf, escutcheon } = await stream.next()
    assert.deepEqual([leaf, escutcheon], ['open', 'removed'])
    stream.end()
  })

  test('too many streams are refused, and one that has gone makes room', async () => {
    const streams = []
    for (let count = 0; count < 32; count += 1) streams.push(await follow())
    assert.equal(codeOf(await ask({ path: '/events' })), 'tooManyStreams')
    assert.equal((await ask({ path: '/door' })).status, 200)
    for (const stream of streams) stream.end()
  })

  test('closing ends every stream', async () => {
    const stream = await follow()
    await stream.next()
    await server?.close()
    server = undefined
    assert.equal(await stream.readToEnd(), '')
  })

  test('a taken port is said in words', async () => {
    const { port } = new URL(server?.url ?? '')
    await assert.rejects(
      serveDoor({ door, timers: time.timers, port: Number(port) }),
      (error) => error instanceof MortiseError && error.code === 'doorPortTaken',
    )
  })
})

/** Reads the stream event by event. */
async function follow() {
  const asked = request(new URL('/events', server?.url), { agent: false })
  asked.end()
  const [response] = await once(asked, 'response')
  response.setEncoding('utf8')
  const chunks: AsyncIterator<string> = response[Symbol.asyncIterator]()
  let unread = ''
  return {
    async readToEnd() {
      let rest = unread
      for (;;) {
        const { done, value } = await chunks.next()
        if (done === true) return rest
        rest += value
      }
    },
    async next() {
      for (;;) {
        const found = /event: door\ndata: (.*)\n\n/.exec(unread)
        if (found !== null) {
          unread = unread.slice(found.index + found[0].length)
          return JSON.parse(found[1] ?? '')
        }
        unread += (await chunks.next()).value
      }
    },
    end: () => asked.destroy(),
  }
}
