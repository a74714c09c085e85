import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { MortiseError } from '@mortise/protocol/errors'
import { linkSigningInput, newestPolicySigningInput } from '@mortise/protocol/verify'
import { linkFrameBytesMax, utf8 } from '@mortise/protocol/wire'
import { createSystemRandom } from '#lock/adapters/system/random.ts'
import { createSystemTimers } from '#lock/adapters/system/timers.ts'
import type { Link } from '#lock/ports/link.ts'
import type { Log, LogFields } from '#lock/ports/log.ts'
import { createHubLink } from './index.ts'
import type { Patience } from './index.ts'
import { startFakeHub } from './testing/fake-hub.ts'
import type { FakeHub, Session } from './testing/fake-hub.ts'
import { createFakeLock, fakeLockId } from './testing/fake-lock.ts'

const identity = {
  identitySeed: crypto.sha256(utf8('identity')),
  sealingPrivateKey: crypto.sha256(utf8('sealing')),
}
const NEVER_MS = 600_000
const PATIENT: Patience = {
  handshakeMs: NEVER_MS,
  pingMs: NEVER_MS,
  acknowledgeMs: NEVER_MS,
  leaseMs: NEVER_MS,
}
const id = new Uint8Array(16).fill(5)

let hub: FakeHub
let link: Link
let disconnected: { tell: (fields: LogFields) => void }

function listenLog(): Log {
  return {
    info() {},
    warn: (event, fields = {}) => {
      if (event === 'hubDisconnected') disconnected.tell(fields)
    },
    error: (event) => assert.fail(event),
  }
}

/** Resolves with the reason of the next disconnection. */
function nextReason(): Promise<unknown> {
  return new Promise((resolve) => {
    disconnected.tell = (fields) => resolve(fields['reason'])
  })
}

function open(lock = createFakeLock(), patience: Partial<Patience> = {}) {
  link = createHubLink({
    hub: hub.text,
    identity,
    crypto,
    random: createSystemRandom(),
    timers: createSystemTimers(),
    log: listenLog(),
    backoff: { minMs: 1, maxMs: 5 },
    patience: { ...PATIENT, ...patience },
  })
  link.start(lock.lock)
  return lock
}

beforeEach(async () => {
  hub = await startFakeHub()
  disconnected = { tell: () => {} }
})
afterEach(async () => {
  await link.close()
  await hub.stop()
})

/** Nothing else is on its way: what the lock sends after a request comes after its reply. */
async function assertQuiet(session: Session, lock: ReturnType<typeof createFakeLock>) {
  const arrived = lock.nextRequest()
  session.send({ type: 'request', id, sealed: utf8('ping') })
  await arrived
  lock.asked.at(-1)?.respond({ type: 'undeliverable', reason: 'busy' })
  await session.next('undeliverable')
}

test('after the handshake come the policy report and the state, then the journal', async () => {
  open(createFakeLock(2))
  const session = await hub.accept()
  await session.enter()
  const { entries, signedHead } = await session.next('events')
  assert.deepEqual(entries, [Uint8Array.of(1), Uint8Array.of(2)])
  assert.deepEqual(signedHead, utf8('head'))
})

test('the enrolment and both nonces are new on each connection', async () => {
  open()
  const first = await hub.accept()
  const before = await first.greet()
  first.socket.terminate()
  const after = await (await hub.accept()).greet()
  assert.notDeepEqual(after.lockNonce, before.lockNonce)
})

describe('a hub that does not prove the pinned key learns nothing', () => {
  test('another key: not even the hello of the lock', async () => {
    const lock = open()
    const reason = nextReason()
    const session = await hub.accept()
    const otherKey = crypto.ed25519PublicKey(crypto.randomBytes(32))
    session.send({ type: 'hubHello', v: 1, hubKey: otherKey, nonce: crypto.randomBytes(32) })
    await session.closed
    assert.equal(session.frames.size, 0)
    assert.equal(await reason, 'wrongHubKey')
    assert.deepEqual(lock.refused, ['badProof'])
  })

  const forgeries = {
    'another signer': (input: Uint8Array) => crypto.signEd25519(crypto.randomBytes(32), input),
    zeros: () => new Uint8Array(64),
  }
  for (const [what, forge] of Object.entries(forgeries)) {
    test(`a welcome signed by ${what}`, async () => {
      const lock = open()
      const reason = nextReason()
      const session = await hub.accept()
      session.welcome(await session.greet(), {
        signature: (transcript) => forge(linkSigningInput('linkHub', transcript)),
      })
      await session.closed
      assert.equal(session.frames.size, 0)
      assert.equal(await reason, 'badHubSignature')
      assert.deepEqual(lock.refused, ['badProof'])
    })
  }

  test("a welcome in the lock's role", async () => {
    open()
    const session = await hub.accept()
    session.welcome(await session.greet(), {
      signature: (transcript) =>
        crypto.signEd25519(session.seed, linkSigningInput('linkLock', transcript)),
    })
    await session.closed
    assert.equal(session.frames.size, 0)
  })

  test('a welcome replayed from an earlier connection', async () => {
    open()
    const first = await hub.accept()
    await first.enter()
    first.socket.terminate()
    const second = await hub.accept()
    const reason = nextReason()
    second.welcome(await second.greet(), { signature: () => first.lastSignature })
    await second.closed
    assert.equal(second.frames.size, 0)
    assert.equal(await reason, 'badHubSignature')
  })
})

const noise = crypto.randomBytes(40)
const MISBEHAVIOUR: readonly {
  readonly what: string
  readonly reason: string
  readonly act: (session: Session) => Promise<void> | void
}[] = [
  { what: 'noise first', reason: 'malformedFrame', act: (session) => session.socket.send(noise) },
  {
    what: 'a text first',
    reason: 'malformedFrame',
    act: (session) => session.socket.send('hello'),
  },
  {
    what: 'nothing in it',
    reason: 'malformedFrame',
    act: (session) => session.socket.send(new Uint8Array(0)),
  },
  {
    what: 'a request before the handshake',
    reason: 'unexpectedFrame',
    act: (session) => session.send({ type: 'request', id, sealed: noise }),
  },
  {
    what: 'a farewell',
    reason: 'farewell',
    act: (session) => session.send({ type: 'farewell', reason: 'unknownLock' }),
  },
  {
    what: 'a request in the middle of the handshake',
    reason: 'unexpectedFrame',
    async act(session) {
      await session.greet()
      session.send({ type: 'request', id, sealed: noise })
    },
  },
  {
    what: 'a second hello',
    reason: 'unexpectedFrame',
    async act(session) {
      const { hubKey, hubNonce } = await session.greet()
      session.send({ type: 'hubHello', v: 1, hubKey, nonce: hubNonce })
    },
  },
  {
    what: 'noise after the handshake',
    reason: 'malformedFrame',
    async act(session) {
      await session.enter()
      session.socket.send(noise)
    },
  },
  {
    what: "one of the lock's own frames",
    reason: 'unexpectedFrame',
    async act(session) {
      await session.enter()
      session.send({ type: 'state', signed: noise })
    },
  },
  {
    what: 'a second welcome',
    reason: 'unexpectedFrame',
    async act(session) {
      await session.enter()
      session.send({ type: 'welcome', signature: session.lastSignature, lastSequence: 0 })
    },
  },
  {
    what: 'more bytes than any frame has',
    reason: 'unreachable',
    async act(session) {
      await session.enter()
      session.socket.send(new Uint8Array(linkFrameBytesMax + 1))
    },
  },
]

describe('a hub that misbehaves is left, and tried again', () => {
  for (const { what, reason, act } of MISBEHAVIOUR) {
    test(what, async () => {
      const lock = open()
      const ended = nextReason()
      const session = await hub.accept()
      await act(session)
      assert.equal(await ended, reason)
      await session.closed
      assert.deepEqual(lock.asked, [])
      assert.deepEqual(lock.refused, reason.endsWith('Frame') ? ['malformed'] : [])
      await (await hub.accept()).enter()
    })
  }
})

describe('the journal goes over', () => {
  test('from where the hub ends, one upload at a time, the next after its acknowledgement', async () => {
    const lock = open(createFakeLock(8))
    const session = await hub.accept()
    await session.enter(3)
    const first = await session.next('events')
    assert.deepEqual(
      first.entries.map(([byte]) => byte),
      [4, 5, 6],
    )
    lock.append()
    link.journalGrew()
    await assertQuiet(session, lock)
    session.send({ type: 'acknowledge', sequence: 5 })
    await assertQuiet(session, lock)
    session.send({ type: 'acknowledge', sequence: 6 })
    const second = await session.next('events')
    assert.deepEqual(
      second.entries.map(([byte]) => byte),
      [7, 8, 9],
    )
    assert.deepEqual(lock.acknowledged, [3, 5, 6])
  })

  test('new entries go as soon as they exist', async () => {
    const lock = open()
    const session = await hub.accept()
    await session.enter()
    lock.append()
    link.journalGrew()
    assert.deepEqual((await session.next('events')).entries, [Uint8Array.of(1)])
  })

  test('again from the start for a hub that lost its copy', async () => {
    const lock = open(createFakeLock(4))
    const first = await hub.accept()
    await first.enter(4)
    await assertQuiet(first, lock)
    first.socket.terminate()
    const second = await hub.accept()
    await second.enter(0)
    assert.deepEqual(
      (await second.next('events')).entries.map(([byte]) => byte),
      [1, 2, 3],
    )
  })

  test('a hub that claims to have more than there is gets what comes next', async () => {
    const lock = open(createFakeLock(2))
    const session = await hub.accept()
    await session.enter(1_000)
    assert.deepEqual(lock.acknowledged, [2])
    lock.append()
    link.journalGrew()
    assert.deepEqual((await session.next('events')).entries, [Uint8Array.of(3)])
  })

  test('an acknowledgement of what was not sent counts for what was', async () => {
    const lock = open(createFakeLock(5))
    const session = await hub.accept()
    await session.enter()
    await session.next('events')
    session.send({ type: 'acknowledge', sequence: 1_000 })
    assert.deepEqual(
      (await session.next('events')).entries.map(([byte]) => byte),
      [4, 5],
    )
    session.send({ type: 'acknowledge', sequence: 2 })
    await assertQuiet(session, lock)
    assert.deepEqual(lock.acknowledged, [0, 3])
  })
})

describe('requests are delivered now or not at all', () => {
  test('replies go back under the id of their request, in any order', async () => {
    const lock = open()
    const session = await hub.accept()
    await session.enter()
    const ids = [1, 2].map((value) => new Uint8Array(16).fill(value))
    for (const each of ids) {
      const arrived = lock.nextRequest()
      session.send({ type: 'request', id: each, sealed: utf8('sealed') })
      await arrived
    }
    lock.asked[1]?.respond({ type: 'reply', sealed: utf8('two') })
    lock.asked[0]?.respond({ type: 'undeliverable', reason: 'unsealable' })
    assert.deepEqual(await session.next('reply'), {
      type: 'reply',
      id: ids[1],
      sealed: utf8('two'),
    })
    const { id: first, reason } = await session.next('undeliverable')
    assert.deepEqual([first, reason], [ids[0], 'unsealable'])
  })

  test('a reply whose connection has ended goes nowhere, and the request is not repeated', async () => {
    const lock = open()
    const first = await hub.accept()
    await first.enter()
    const arrived = lock.nextRequest()
    first.send({ type: 'request', id, sealed: utf8('sealed') })
    await arrived
    first.socket.terminate()
    const second = await hub.accept()
    await second.enter()
    lock.asked[0]?.respond({ type: 'reply', sealed: utf8('late') })
    await assertQuiet(second, lock)
    assert.equal(lock.asked.length, 2)
  })
})

describe('notices', () => {
  test('many changes at once become one message', async () => {
    const lock = open()
    const session = await hub.accept()
    await session.enter()
    for (let count = 0; count < 100; count += 1) link.stateChanged()
    await session.next('state')
    await assertQuiet(session, lock)
    assert.equal(lock.states(), 2)
  })

  test('what changed while nobody was connected is told once', async () => {
    const lock = open()
    for (let count = 0; count < 100; count += 1) link.stateChanged()
    const session = await hub.accept()
    link.policyChanged()
    await session.enter()
    await assertQuiet(session, lock)
    assert.equal(lock.states(), 1)
  })
})

describe('a hub that is not there', () => {
  test('that never says hello', async () => {
    open(createFakeLock(), { handshakeMs: 20 })
    const reason = nextReason()
    await (
      await hub.accept()
    ).closed
    assert.equal(await reason, 'handshakeTimeout')
    await hub.accept()
  })

  test('that never acknowledges', async () => {
    open(createFakeLock(1), { acknowledgeMs: 20 })
    const reason = nextReason()
    await (await hub.accept()).enter()
    assert.equal(await reason, 'acknowledgeTimeout')
    await hub.accept()
  })

  test('that answers no ping', async () => {
    await hub.stop()
    hub = await startFakeHub({ answersPings: false })
    open(createFakeLock(), { pingMs: 20 })
    const reason = nextReason()
    await (await hub.accept()).enter()
    assert.equal(await reason, 'silent')
  })

  test('that answers pings stays connected', async () => {
    open(createFakeLock(), { pingMs: 5 })
    const session = await hub.accept()
    await session.enter()
    for (let count = 0; count < 5; count += 1) {
      await new Promise<void>((resolve) => session.socket.once('ping', () => resolve()))
    }
    assert.equal(hub.waiting(), 0)
  })

  test('at all: it is tried again', async () => {
    await hub.stop()
    open()
    for (let count = 0; count < 3; count += 1) assert.equal(await nextReason(), 'unreachable')
    hub = await startFakeHub()
  })
})

describe('closing', () => {
  test('says goodbye and does not come back', async () => {
    open()
    const session = await hub.accept()
    await session.enter()
    await link.close()
    assert.equal(await session.closed, 1000)
    assert.equal(hub.waiting(), 0)
  })

  test('in the middle of a connection attempt, and twice', async () => {
    open()
    await link.close()
    await link.close()
  })
})

test('an address that is no WebSocket is refused at once', () => {
  for (const url of ['http://hub.example/link', 'hub.example', '']) {
    assert.throws(
      () =>
        createHubLink({
          hub: { ...hub.text, url },
          identity,
          crypto,
          random: createSystemRandom(),
          timers: createSystemTimers(),
          log: listenLog(),
        }),
      (error) => error instanceof MortiseError && error.code === 'badHubAddress',
    )
  }
  open()
})

describe('the newest policy', () => {
  const word = (session: Session, nonce: Uint8Array, version = 3, lockId = fakeLockId) => ({
    type: 'newest' as const,
    nonce,
    version,
    signature: crypto.signEd25519(
      session.seed,
      newestPolicySigningInput({ lockId, version, nonce }),
    ),
  })

  test('is asked for on each connection, and again every while, with a new nonce', async () => {
    const lock = open(createFakeLock(), { leaseMs: 1 })
    const session = await hub.accept()
    await session.enter()
    const first = await session.leases.take()
    const second = await session.leases.take()
    assert.notDeepEqual(first.nonce, second.nonce)
    assert.deepEqual(lock.newest, [])
  })

  test('reaches the lock when the pinned hub signed it for this question', async () => {
    const lock = open()
    const session = await hub.accept()
    await session.enter()
    const { nonce } = await session.leases.take()
    session.send(word(session, nonce))
    await assertQuiet(session, lock)
    assert.deepEqual(lock.newest, [3])
  })

  const stranger = crypto.randomBytes(32)
  const forgeries: Readonly<
    Record<string, (session: Session, nonce: Uint8Array) => ReturnType<typeof word>>
  > = {
    'for another question': (session) => word(session, crypto.randomBytes(32)),
    'for another lock': (session, nonce) => word(session, nonce, 3, new Uint8Array(32)),
    'of another version than signed': (session, nonce) => ({ ...word(session, nonce), version: 4 }),
    'signed by a stranger': (session, nonce) => ({
      ...word(session, nonce),
      signature: crypto.signEd25519(
        stranger,
        newestPolicySigningInput({ lockId: fakeLockId, version: 3, nonce }),
      ),
    }),
  }
  for (const [what, forge] of Object.entries(forgeries)) {
    test(`${what} ends the connection and vouches for nothing`, async () => {
      const lock = open()
      const reason = nextReason()
      const session = await hub.accept()
      await session.enter()
      const { nonce } = await session.leases.take()
      session.send(forge(session, nonce))
      assert.equal(await reason, 'badNewestPolicy')
      assert.deepEqual(lock.newest, [])
      assert.deepEqual(lock.refused, ['badNewestPolicy'])
    })
  }

  test('told twice for one question counts once', async () => {
    const lock = open()
    const reason = nextReason()
    const session = await hub.accept()
    await session.enter()
    const { nonce } = await session.leases.take()
    const answer = word(session, nonce)
    session.send(answer)
    session.send(answer)
    assert.equal(await reason, 'badNewestPolicy')
    assert.deepEqual(lock.newest, [3])
  })
})
