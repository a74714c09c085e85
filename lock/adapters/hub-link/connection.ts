import { WireError, linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame, LinkTranscript } from '@mortise/protocol/wire'
import type { CancelTimer } from '#lock/ports/index.ts'
import type { LinkedLock, Upload } from '#lock/ports/link.ts'
import { answerHello, isHubProven } from './handshake.ts'
import { createLease } from './lease.ts'
import type { Lease } from './lease.ts'
import { PATIENCE, refusals } from './settings.ts'
import type { EndReason, HubLinkOptions, Patience } from './settings.ts'
import { openFrameSocket } from './socket.ts'
import type { FrameSocket } from './socket.ts'
import { createUploader } from './uploader.ts'
import type { Uploader } from './uploader.ts'

export interface ConnectionEvents {
  /** The hub has proven itself and got the state. */
  readonly opened: () => void
  /** Called once, last. */
  readonly ended: (reason: EndReason, detail?: string) => void
}

/** What has changed since the hub was told. */
export interface News {
  state: boolean
  policy: boolean
}

export interface Connection {
  /** Tells the hub what is new, entries included; does nothing before the handshake is over. */
  readonly tell: (news: News) => void
  /** Says goodbye; `ended` follows. */
  readonly close: () => void
}

type Phase =
  | { readonly name: 'awaitingHello' }
  | { readonly name: 'awaitingWelcome'; readonly transcript: LinkTranscript }
  | { readonly name: 'open'; readonly uploader: Uploader; readonly lease: Lease }
  | { readonly name: 'ended' }

/** How long a goodbye may take. */
const GOODBYE_MS = 1_000

/** One connection, from the first packet to its end. */
export function connect(
  options: HubLinkOptions,
  lock: LinkedLock,
  events: ConnectionEvents,
): Connection {
  return new LinkConnection(options, lock, events)
}

class LinkConnection implements Connection {
  readonly #options: HubLinkOptions
  readonly #lock: LinkedLock
  readonly #events: ConnectionEvents
  readonly #patience: Patience
  readonly #socket: FrameSocket
  #phase: Phase = { name: 'awaitingHello' }
  /** Of the handshake, then of the watch, then of the goodbye. */
  #cancelTimer: CancelTimer
  #isAlive = true

  constructor(options: HubLinkOptions, lock: LinkedLock, events: ConnectionEvents) {
    this.#options = options
    this.#lock = lock
    this.#events = events
    this.#patience = { ...PATIENCE, ...options.patience }
    const { handshakeMs } = this.#patience
    this.#cancelTimer = options.timers.set(handshakeMs, () => this.#end('handshakeTimeout'))
    this.#socket = openFrameSocket(options.hub.url, {
      message: (bytes) => this.#guarded(() => this.#receive(bytes)),
      alive: () => {
        this.#isAlive = true
      },
      closed: () => this.#end('closedByHub'),
      unreachable: (error) => this.#end('unreachable', error.message),
    })
  }

  tell(news: News): void {
    this.#guarded(() => this.#tell(news))
  }

  close(): void {
    if (this.#phase.name === 'ended') return
    this.#cancelTimer()
    this.#cancelTimer = this.#options.timers.set(GOODBYE_MS, () => this.#end('closedByUs'))
    this.#socket.close()
  }

  #receive(bytes: Uint8Array | undefined): void {
    this.#isAlive = true
    if (bytes === undefined) return this.#end('malformedFrame', 'text')
    const frame = decode(bytes)
    if (frame instanceof WireError) return this.#end('malformedFrame', frame.message)
    switch (this.#phase.name) {
      case 'awaitingHello':
        return this.#greet(frame)
      case 'awaitingWelcome':
        return this.#enter(frame, this.#phase.transcript)
      case 'open':
        return this.#serve(frame, this.#phase)
      case 'ended':
    }
  }

  #greet(frame: LinkFrame): void {
    if (frame.type !== 'hubHello') return this.#endEarly(frame)
    const answer = answerHello(this.#options, frame)
    if (answer === undefined) return this.#end('wrongHubKey')
    this.#phase = { name: 'awaitingWelcome', transcript: answer.transcript }
    this.#send(answer.lockHello)
  }

  #enter(frame: LinkFrame, transcript: LinkTranscript): void {
    if (frame.type !== 'welcome') return this.#endEarly(frame)
    if (!isHubProven(this.#options, transcript, frame.signature)) {
      return this.#end('badHubSignature')
    }
    const { timers } = this.#options
    const { acknowledgeMs, pingMs, leaseMs } = this.#patience
    const sender = {
      lock: this.#lock,
      timers,
      acknowledgeMs,
      send: (upload: Upload) => this.#send({ type: 'events', ...upload }),
      stalled: () => this.#end('acknowledgeTimeout'),
    }
    const send = (next: LinkFrame): void => this.#send(next)
    const lease = createLease(this.#options, this.#lock, leaseMs, send)
    this.#phase = { name: 'open', uploader: createUploader(sender, frame.lastSequence), lease }
    this.#cancelTimer()
    this.#cancelTimer = timers.set(pingMs, () => this.#watch())
    this.#tell({ state: true, policy: true })
    lease.start()
    this.#events.opened()
  }

  #serve(frame: LinkFrame, { uploader, lease }: Extract<Phase, { name: 'open' }>): void {
    if (frame.type === 'acknowledge') return uploader.acknowledge(frame.sequence)
    if (frame.type === 'newest') {
      if (!lease.answered(frame)) this.#end('badNewestPolicy')
      return
    }
    if (frame.type !== 'request') return this.#endEarly(frame)
    const { id, sealed } = frame
    // A reply that comes after this connection has ended finds `#send` closed, and is dropped.
    this.#lock.request(sealed, (outcome) => this.#guarded(() => this.#send({ ...outcome, id })))
  }

  #tell(news: News): void {
    if (this.#phase.name !== 'open') return
    const { uploader } = this.#phase
    this.#socket.together(() => {
      const report = news.policy ? this.#lock.signedPolicyReport() : undefined
      if (report !== undefined) this.#send({ type: 'policy', signed: report })
      if (news.state) this.#send({ type: 'state', signed: this.#lock.signedState() })
      uploader.pump()
    })
  }

  #send(frame: LinkFrame): void {
    if (this.#phase.name !== 'ended' && !this.#socket.send(frame)) this.#end('slowReader')
  }

  #watch(): void {
    if (!this.#isAlive) return this.#end('silent')
    this.#isAlive = false
    this.#socket.ping()
    this.#cancelTimer = this.#options.timers.set(this.#patience.pingMs, () => this.#watch())
  }

  #endEarly(frame: LinkFrame): void {
    if (frame.type === 'farewell') this.#end('farewell', frame.reason)
    else this.#end('unexpectedFrame', frame.type)
  }

  #end(reason: EndReason, detail?: string): void {
    if (this.#phase.name === 'ended') return
    if (this.#phase.name === 'open') {
      this.#phase.uploader.stop()
      this.#phase.lease.stop()
    }
    this.#phase = { name: 'ended' }
    this.#cancelTimer()
    this.#socket.terminate()
    const refusal = refusals[reason]
    if (refusal !== undefined) this.#lock.refused(refusal)
    this.#events.ended(reason, detail)
  }

  /** A fault of the link must not become one of the door. */
  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#options.log.error('linkFailed', { error: String(error) })
      this.#end('failed')
    }
  }
}

function decode(bytes: Uint8Array): LinkFrame | WireError {
  try {
    return linkFrameMessage.decode(bytes)
  } catch (error) {
    if (error instanceof WireError) return error
    throw error
  }
}
