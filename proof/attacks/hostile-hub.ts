import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { KeyholderError } from '@mortise/keyholder'
import type { HistoryPage, HubPort } from '@mortise/keyholder'
import { linkSigningInput, verifyLinkSignature } from '@mortise/protocol/verify'
import { entryMessage, linkFrameMessage, toHex } from '@mortise/protocol/wire'
import type { HubText, LinkFrame } from '@mortise/protocol/wire'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

type FrameOf<Type extends LinkFrame['type']> = Extract<LinkFrame, { readonly type: Type }>

/** One connection of a lock, from its hello on. */
export interface LockConnection {
  readonly lockKey: Uint8Array
  /** Every frame that the lock sent here, oldest first. */
  readonly heard: readonly LinkFrame[]
  readonly send: (frame: LinkFrame) => void
  /** Any bytes or text as one WebSocket message. */
  readonly sendRaw: (message: Uint8Array | string) => void
  /** Delivers a sealed request under a fresh id and resolves with what the lock says. */
  readonly request: (sealed: Uint8Array) => Promise<FrameOf<'reply'> | FrameOf<'undeliverable'>>
  /** Ends it without a word. */
  readonly drop: () => void
  readonly ended: Promise<void>
  /** The lock has said more than hello. */
  readonly spoke: Promise<void>
}

/** What the hub does by itself. An honest hub is one that nobody has told anything else. */
export interface Manners {
  /** False: the lock is sent away after its hello. */
  welcomes: boolean
  /** Where the hub claims that its copy of a journal ends; absent: where it does. */
  lastSequence?: number
  /** What it acknowledges instead of what it keeps; it then keeps nothing. */
  acknowledges?: number
  /** Bytes instead of the hub's hello, from the nonce that it would have used. */
  hello?: (nonce: Uint8Array) => LinkFrame
  /** The hub's proof, from its own honest one and from the lock's. */
  signature?: (honest: Uint8Array, ofTheLock: Uint8Array) => Uint8Array
}

export interface HostileHub {
  /** What it printed for locks: address, true key and enrolment secret. */
  readonly hubText: HubText
  readonly hubSeed: Uint8Array
  readonly manners: Manners
  /** Each connection that a lock opened and this hub welcomed, oldest first. */
  readonly connections: readonly LockConnection[]
  /** Frames from locks before any welcome: hellos. */
  readonly hellos: readonly FrameOf<'lockHello'>[]
  /** The next connection after this call that reaches its welcome. */
  readonly nextConnection: () => Promise<LockConnection>
  /** The living connection of a lock, waiting for it if need be. */
  readonly connectionOf: (lockKey: Uint8Array) => Promise<LockConnection>
  /** The port for phones, honest: what passes is kept. */
  readonly port: (lockKey: Uint8Array) => HubPort
  /** Every sealed request that a phone sent, oldest first. */
  readonly passed: readonly Uint8Array[]
  readonly entriesOf: (lockKey: Uint8Array) => readonly Uint8Array[]
  readonly close: () => Promise<void>
}

const pageSize = 50

/** A hub with real keys that does what a test tells it. */
export async function openHostileHub(): Promise<HostileHub> {
  const hubSeed = crypto.randomBytes(32)
  const hubKey = crypto.ed25519PublicKey(hubSeed)
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const { port }: AddressInfo = addressOf(server)
  const hubText = {
    url: `ws://127.0.0.1:${port}/`,
    hubKey,
    enrolmentSecret: crypto.randomBytes(16),
  }
  const manners: Manners = { welcomes: true }
  const connections: LockConnection[] = []
  const hellos: FrameOf<'lockHello'>[] = []
  const journals = new Map<string, Uint8Array[]>()
  const passed: Uint8Array[] = []
  const waiting = new Set<(connection: LockConnection) => void>()

  server.on('connection', (socket) => {
    greet({ socket, hubSeed, hubKey, manners, journals, hellos }, (connection) => {
      connections.push(connection)
      for (const tell of waiting) tell(connection)
    })
  })
  const nextConnection = (): Promise<LockConnection> =>
    new Promise((resolve) => {
      const tell = (connection: LockConnection): void => {
        waiting.delete(tell)
        resolve(connection)
      }
      waiting.add(tell)
    })
  const connectionOf = async (lockKey: Uint8Array): Promise<LockConnection> => {
    for (;;) {
      const found = connections.findLast((one) => toHex(one.lockKey) === toHex(lockKey))
      if (found !== undefined && isAlive(found)) return found
      await nextConnection()
    }
  }
  const entriesOf = (lockKey: Uint8Array): readonly Uint8Array[] =>
    journals.get(toHex(lockKey)) ?? []
  return {
    hubText,
    hubSeed,
    manners,
    connections,
    hellos,
    nextConnection,
    connectionOf,
    passed,
    entriesOf,
    port: (lockKey) => honestPort({ lockKey, connectionOf, connections, entriesOf, passed }),
    async close() {
      for (const client of server.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

function addressOf(server: WebSocketServer): AddressInfo {
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return address
}

const alive = new WeakSet<LockConnection>()
const isAlive = (connection: LockConnection): boolean => alive.has(connection)

interface Greeting {
  readonly socket: WebSocket
  readonly hubSeed: Uint8Array
  readonly hubKey: Uint8Array
  readonly manners: Manners
  readonly journals: Map<string, Uint8Array[]>
  readonly hellos: FrameOf<'lockHello'>[]
}

/** The hub's half of the handshake (docs/protocol.md "Link"), then whatever its manners say. */
function greet(greeting: Greeting, opened: (connection: LockConnection) => void): void {
  const { socket, hubSeed, hubKey, manners, hellos } = greeting
  const nonce = crypto.randomBytes(32)
  const honest = { type: 'hubHello', v: 1, hubKey, nonce } as const
  send(socket, manners.hello?.(nonce) ?? honest)
  socket.on('error', () => {})
  socket.once('message', (data) => {
    const hello = frameOf(data)
    if (hello?.type !== 'lockHello') return
    hellos.push(hello)
    const { lockKey, sealingKey, nonce: lockNonce } = hello
    const transcript = { hubKey, hubNonce: nonce, lockKey, lockNonce, sealingKey }
    assert.ok(verifyLinkSignature(crypto, 'linkLock', transcript, hello.signature))
    if (!manners.welcomes) return socket.terminate()
    const connection = follow(greeting, lockKey)
    const proof = crypto.signEd25519(hubSeed, linkSigningInput('linkHub', transcript))
    const signature = manners.signature?.(proof, hello.signature) ?? proof
    const journal = journalOf(greeting, lockKey)
    const lastSequence = manners.lastSequence ?? journal.length
    send(socket, { type: 'welcome', signature, lastSequence })
    opened(connection)
  })
}

function journalOf({ journals }: Greeting, lockKey: Uint8Array): Uint8Array[] {
  const name = toHex(lockKey)
  const known = journals.get(name) ?? []
  journals.set(name, known)
  return known
}

/** Listens to a welcomed lock, keeps its events once and in order, and acknowledges them. */
function follow(greeting: Greeting, lockKey: Uint8Array): LockConnection {
  const { socket, manners } = greeting
  const heard: LinkFrame[] = []
  const answers = new Map<string, (frame: FrameOf<'reply'> | FrameOf<'undeliverable'>) => void>()
  const takeEvents = ({ entries }: FrameOf<'events'>): void => {
    const journal = journalOf(greeting, lockKey)
    for (const entry of manners.acknowledges === undefined ? entries : []) {
      const { sequence } = entryMessage.decode(entry)
      if (sequence === journal.length + 1) journal.push(entry)
    }
    const sequence = manners.acknowledges ?? journal.length
    send(socket, { type: 'acknowledge', sequence })
  }
  socket.on('message', (data) => {
    const frame = frameOf(data)
    if (frame === undefined) return
    heard.push(frame)
    if (frame.type === 'events') takeEvents(frame)
    if (frame.type !== 'reply' && frame.type !== 'undeliverable') return
    answers.get(toHex(frame.id))?.(frame)
    answers.delete(toHex(frame.id))
  })
  const ended = once(socket, 'close').then(() => {
    alive.delete(connection)
    return undefined
  })
  const connection: LockConnection = {
    lockKey,
    heard,
    send: (frame) => send(socket, frame),
    sendRaw: (message) => socket.send(message),
    request: (sealed) =>
      new Promise((resolve) => {
        const id = crypto.randomBytes(16)
        answers.set(toHex(id), resolve)
        send(socket, { type: 'request', id, sealed })
      }),
    drop: () => socket.terminate(),
    ended,
    spoke: once(socket, 'message').then(() => undefined),
  }
  alive.add(connection)
  return connection
}

function send(socket: WebSocket, frame: LinkFrame): void {
  if (socket.readyState === socket.OPEN) socket.send(linkFrameMessage.encode(frame))
}

function frameOf(data: unknown): LinkFrame | undefined {
  return data instanceof Uint8Array ? linkFrameMessage.decode(new Uint8Array(data)) : undefined
}

type Passing = Pick<HostileHub, 'connectionOf' | 'connections' | 'entriesOf'> & {
  readonly lockKey: Uint8Array
  readonly passed: Uint8Array[]
}

function honestPort({ lockKey, connectionOf, connections, entriesOf, passed }: Passing): HubPort {
  const newest = <Type extends LinkFrame['type']>(type: Type): FrameOf<Type> | undefined => {
    const frames = connections
      .filter((one) => toHex(one.lockKey) === toHex(lockKey))
      .flatMap(({ heard }) => heard)
    return frames.findLast((frame): frame is FrameOf<Type> => frame.type === type)
  }
  return {
    async relay(_lockId, sealed) {
      passed.push(sealed)
      const connection = await connectionOf(lockKey)
      const lost = connection.ended.then(() => {
        throw new KeyholderError('noAnswer')
      })
      const answer = await Promise.race([connection.request(sealed), lost])
      if (answer.type === 'reply') return answer.sealed
      throw new KeyholderError(answer.reason === 'busy' ? 'lockBusy' : 'requestUndeliverable')
    },
    policyReport() {
      const frame = newest('policy')
      if (frame === undefined) throw new KeyholderError('hubUnreachable')
      return Promise.resolve(frame.signed)
    },
    historyPage(_lockId, before = Infinity) {
      return Promise.resolve(pageOf(entriesOf(lockKey), before, newest('events')?.signedHead))
    },
  }
}

function pageOf(
  entries: readonly Uint8Array[],
  before: number,
  signedHead: Uint8Array | undefined,
): HistoryPage {
  const end = Math.min(entries.length, before - 1)
  const start = Math.max(0, end - pageSize)
  const page = { entries: entries.slice(start, end).toReversed(), more: start > 0 }
  return signedHead === undefined ? page : { ...page, signedHead }
}
