import assert from 'node:assert/strict'
import { once } from 'node:events'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { linkSigningInput, verifyLinkSignature } from '@mortise/protocol/verify'
import { linkFrameMessage, utf8 } from '@mortise/protocol/wire'
import type { HubText, LinkFrame, LinkTranscript } from '@mortise/protocol/wire'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'

type FrameOf<Type extends LinkFrame['type']> = Extract<LinkFrame, { type: Type }>

function isOfType<Type extends LinkFrame['type']>(
  frame: LinkFrame,
  type: Type,
): frame is FrameOf<Type> {
  return frame.type === type
}

/** Things that come, and people who wait for them. */
class Queue<Item> {
  readonly #items: Item[] = []
  readonly #waiting: ((item: Item) => void)[] = []

  put(item: Item): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#items.push(item)
    else next(item)
  }

  take(): Promise<Item> {
    const item = this.#items.shift()
    if (item !== undefined) return Promise.resolve(item)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  get size(): number {
    return this.#items.length
  }
}

export interface WelcomeFaults {
  readonly lastSequence?: number
  /** Signs in place of the hub. */
  readonly signature?: (transcript: LinkTranscript) => Uint8Array
}

/** One connection of the lock, as the hub has it. */
export class Session {
  readonly frames = new Queue<LinkFrame>()
  /** Questions for the newest policy, which come between all others. */
  readonly leases = new Queue<FrameOf<'askNewest'>>()
  readonly closed: Promise<number>
  lastSignature: Uint8Array = new Uint8Array(64)

  readonly socket: WebSocket
  readonly seed: Uint8Array

  constructor(socket: WebSocket, seed: Uint8Array) {
    this.socket = socket
    this.seed = seed
    this.closed = once(socket, 'close').then(([code]) => Number(code))
    socket.on('message', (data) => {
      assert.ok(data instanceof Uint8Array)
      const frame = linkFrameMessage.decode(new Uint8Array(data))
      if (frame.type === 'askNewest') this.leases.put(frame)
      else this.frames.put(frame)
    })
  }

  send(frame: LinkFrame): void {
    this.socket.send(linkFrameMessage.encode(frame))
  }

  async next<Type extends LinkFrame['type']>(type: Type): Promise<FrameOf<Type>> {
    const frame = await this.frames.take()
    assert.ok(isOfType(frame, type), `${frame.type} came, ${type} was awaited`)
    return frame
  }

  /** Greets, checks the lock's proof, and returns what both sides must sign. */
  async greet(hubKey = crypto.ed25519PublicKey(this.seed)): Promise<LinkTranscript> {
    const hubNonce = crypto.randomBytes(32)
    this.send({ type: 'hubHello', v: 1, hubKey, nonce: hubNonce })
    const hello = await this.next('lockHello')
    const { lockKey, sealingKey, nonce: lockNonce } = hello
    const transcript = { hubKey, hubNonce, lockKey, lockNonce, sealingKey }
    assert.ok(verifyLinkSignature(crypto, 'linkLock', transcript, hello.signature))
    const enrolment = crypto.hmacSha256(ENROLMENT, linkSigningInput('linkEnrolment', transcript))
    assert.deepEqual(hello.enrolment, enrolment)
    return transcript
  }

  welcome(transcript: LinkTranscript, faults: WelcomeFaults = {}): void {
    const sign = () => crypto.signEd25519(this.seed, linkSigningInput('linkHub', transcript))
    this.lastSignature = faults.signature?.(transcript) ?? sign()
    const { lastSequence = 0 } = faults
    this.send({ type: 'welcome', signature: this.lastSignature, lastSequence })
  }

  /** The whole handshake, and the state and policy report that follow it. */
  async enter(lastSequence = 0): Promise<void> {
    this.welcome(await this.greet(), { lastSequence })
    await this.next('policy')
    await this.next('state')
  }
}

const ENROLMENT = new Uint8Array(16).fill(9)

export interface FakeHub {
  readonly text: HubText
  /** The next connection of the lock. */
  readonly accept: () => Promise<Session>
  /** Connections that nobody has accepted yet. */
  readonly waiting: () => number
  readonly stop: () => Promise<void>
}

export async function startFakeHub(
  options: { readonly answersPings?: boolean } = {},
): Promise<FakeHub> {
  const seed = crypto.sha256(utf8('fake hub'))
  const { answersPings = true } = options
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    path: '/link',
    autoPong: answersPings,
  })
  const sessions = new Queue<Session>()
  server.on('connection', (socket) => sessions.put(new Session(socket, seed)))
  await once(server, 'listening')
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return {
    text: {
      url: `ws://127.0.0.1:${address.port}/link`,
      hubKey: crypto.ed25519PublicKey(seed),
      enrolmentSecret: ENROLMENT,
    },
    accept: () => sessions.take(),
    waiting: () => sessions.size,
    async stop() {
      for (const client of server.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}
