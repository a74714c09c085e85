import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import test from 'node:test'
import { nodeVerifyCrypto } from '@mortise/crypto/node/verify'
import { decodeHubText } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import { eventually } from '#hub/testing/eventually.ts'
import { connectLock, openLink } from '#hub/testing/fake-link.ts'
import { createFakeLock } from '#hub/testing/fake-lock.ts'
import type { FakeLock } from '#hub/testing/fake-lock.ts'
import { openTestHub } from '#hub/testing/test-hub.ts'
import type { TestHub } from '#hub/testing/test-hub.ts'

type LockHello = Extract<LinkFrame, { readonly type: 'lockHello' }>

const secretOf = (hub: TestHub): Uint8Array =>
  decodeHubText((...parts) => nodeVerifyCrypto.sha256(...parts), hub.hubText).enrolmentSecret

/** Greets with a bent hello and tells what the hub makes of it. */
async function greet(
  hub: TestHub,
  lock: FakeLock,
  bend: (hello: LockHello) => LinkFrame,
): Promise<string> {
  const link = await openLink(hub)
  link.send(bend(lock.hello(await link.next('hubHello'), secretOf(hub))))
  const answer = await eventually(() => link.received[0] ?? endOf(link.socket.readyState))
  if (answer === 'closed') return (await link.closed()).reason
  return answer.type === 'farewell' ? answer.reason : answer.type
}

function endOf(readyState: number): 'closed' | undefined {
  return readyState === 3 ? 'closed' : undefined
}

const flip = (bytes: Uint8Array): Uint8Array => bytes.with(0, (bytes[0] ?? 0) ^ 1)

const bends: readonly (readonly [string, string, (hello: LockHello) => LinkFrame])[] = [
  ['an honest hello', 'welcome', (hello) => hello],
  [
    'a wrong signature',
    'badSignature',
    (hello) => ({ ...hello, signature: flip(hello.signature) }),
  ],
  ['another nonce', 'badSignature', (hello) => ({ ...hello, nonce: flip(hello.nonce) })],
  ['another lock key', 'badSignature', (hello) => ({ ...hello, lockKey: flip(hello.lockKey) })],
  [
    'a swapped sealing key',
    'badSignature',
    (hello) => ({ ...hello, sealingKey: flip(hello.sealingKey) }),
  ],
  [
    'a wrong enrolment',
    'unknownLock',
    (hello) => ({ ...hello, enrolment: new Uint8Array(randomBytes(32)) }),
  ],
  [
    'no enrolment',
    'unknownLock',
    ({ type, v, lockKey, sealingKey, nonce, signature }) => ({
      type,
      v,
      lockKey,
      sealingKey,
      nonce,
      signature,
    }),
  ],
  ['a state instead', 'unexpectedFrame', () => ({ type: 'state', signed: new Uint8Array(9) })],
  [
    'a welcome of its own',
    'unexpectedFrame',
    () => ({
      type: 'welcome',
      signature: new Uint8Array(64),
      lastSequence: 0,
    }),
  ],
]
for (const [name, verdict, bend] of bends) {
  test(`answers ${name} with ${verdict}`, async (context) => {
    const hub = await openTestHub(context)
    const lock = createFakeLock()
    assert.equal(await greet(hub, lock, bend), verdict)
    const known = await hub.services.store.findLock(lock.id)
    assert.equal(known !== undefined, verdict === 'welcome')
  })
}

test('a recorded hello fits no other connection', async (context) => {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  const first = await openLink(hub)
  const recorded = lock.hello(await first.next('hubHello'), secretOf(hub))
  first.send(recorded)
  await first.next('welcome')
  assert.equal(await greet(hub, lock, () => recorded), 'badSignature')
  assert.notEqual(hub.services.links.find(lock.id), undefined)
})

test('a known lock needs no enrolment again, and may renew its sealing key', async (context) => {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  await connectLock(hub, lock)
  const again = await hub.restart()
  const link = await openLink(again)
  link.send(lock.hello(await link.next('hubHello')))
  await link.next('welcome')
})

test('the hub keeps its key over a restart, and each hello has a new nonce', async (context) => {
  const hub = await openTestHub(context)
  const first = await (await openLink(hub)).next('hubHello')
  const second = await (await openLink(hub)).next('hubHello')
  assert.notDeepEqual(first.nonce, second.nonce)
  const again = await hub.restart()
  assert.equal(again.hubText, hub.hubText)
})

test('who proves the same key takes the place of the older connection', async (context) => {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  const older = await connectLock(hub, lock)
  const asked = hub.services.relay.ask(lock.id, 'account', Uint8Array.of(1))
  const refused = assert.rejects(asked, { code: 'lockTimeout' })
  await older.next('request')
  const newer = await connectLock(hub, lock)
  assert.equal((await older.next('farewell')).reason, 'replaced')
  await older.closed()
  await refused
  const answer = hub.services.relay.ask(lock.id, 'account', Uint8Array.of(2))
  const { id } = await newer.next('request')
  newer.send({ type: 'reply', id, sealed: Uint8Array.of(3) })
  assert.deepEqual(await answer, Uint8Array.of(3))
})

test('who proves nothing replaces nobody', async (context) => {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  const honest = await connectLock(hub, lock)
  const forged = (hello: LockHello): LinkFrame => ({ ...hello, signature: flip(hello.signature) })
  assert.equal(await greet(hub, lock, forged), 'badSignature')
  assert.equal(honest.socket.readyState, honest.socket.OPEN)
  assert.notEqual(hub.services.links.find(lock.id), undefined)
})

test('who says nothing is cut off after ten seconds', async (context) => {
  const hub = await openTestHub(context)
  const link = await openLink(hub)
  await link.next('hubHello')
  hub.clock.advance(10_000)
  await link.closed()
})

test('a dead line is found out by its silence', async (context) => {
  const hub = await openTestHub(context)
  const lock = createFakeLock()
  const link = await connectLock(hub, lock)
  await eventually(() => hub.services.links.find(lock.id))
  link.socket.pause()
  hub.clock.advance(25_000)
  hub.clock.advance(25_000)
  await eventually(() => hub.services.links.find(lock.id) === undefined)
  link.socket.resume()
  await link.closed()
})

const garbage: readonly (readonly [string, Uint8Array | string])[] = [
  ['text', 'hello'],
  ['nothing', new Uint8Array()],
  ['random bytes', new Uint8Array(randomBytes(200))],
]
for (const [name, message] of garbage) {
  test(`ends a connection that sends ${name}, before and after its proof`, async (context) => {
    const hub = await openTestHub(context)
    const early = await openLink(hub)
    early.socket.send(message)
    assert.deepEqual(await early.closed(), { code: 1002, reason: 'malformedFrame' })
    const late = await connectLock(hub, createFakeLock())
    late.socket.send(message)
    assert.deepEqual(await late.closed(), { code: 1002, reason: 'malformedFrame' })
  })
}

test('ends a connection with a frame above the limit without reading it', async (context) => {
  const hub = await openTestHub(context)
  const link = await openLink(hub)
  link.sendRaw(new Uint8Array(4 * 1024 * 1024 + 4_097))
  assert.equal((await link.closed()).code, 1009)
})

const notForLocks: readonly LinkFrame[] = [
  { type: 'request', id: new Uint8Array(16), sealed: new Uint8Array(1) },
  { type: 'acknowledge', sequence: 9 },
  { type: 'farewell', reason: 'replaced' },
  { type: 'hubHello', v: 1, hubKey: new Uint8Array(32), nonce: new Uint8Array(32) },
]
for (const frame of notForLocks) {
  test(`a lock may not send ${frame.type}`, async (context) => {
    const hub = await openTestHub(context)
    const link = await connectLock(hub, createFakeLock())
    link.send(frame)
    assert.deepEqual(await link.closed(), { code: 1002, reason: 'unexpectedFrame' })
  })
}

test('a browser cannot connect, and other addresses lead nowhere', async (context) => {
  const hub = await openTestHub(context)
  const asPage = openLink(hub, { origin: 'https://evil.example' })
  await assert.rejects(asPage, { message: 'Unexpected server response: 403' })
  const elsewhere = await fetch(`http://127.0.0.1:${hub.port}/link`)
  assert.equal(elsewhere.status, 404)
})

for (const path of ['/nowhere', '/link']) {
  test(`a refused upgrade of ${path} that is reset hurts nobody`, async (context) => {
    const hub = await openTestHub(context)
    const failures: unknown[] = []
    const remember = (error: unknown): void => void failures.push(error)
    process.on('uncaughtException', remember)
    context.after(() => process.off('uncaughtException', remember))
    const isRefused = () => hub.logLines.some((line) => line.includes('linkUpgradeRefused'))
    const socket = connect(hub.port, '127.0.0.1')
    const cut = once(socket, 'close')
    // A page is refused at the right address as well.
    socket.write(`GET ${path} HTTP/1.1\r\nhost: hub\r\norigin: https://evil.example\r\n`)
    socket.write('connection: upgrade\r\nupgrade: websocket\r\n\r\n')
    await eventually(isRefused, 'the refusal')
    socket.resetAndDestroy()
    await cut
    const answer = await fetch(`http://127.0.0.1:${hub.port}/api/v1/health`)
    assert.equal(answer.status, 200)
    assert.deepEqual(failures, [])
  })
}
