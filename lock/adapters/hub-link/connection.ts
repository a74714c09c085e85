import { WireError, linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame, LinkTranscript } from '@mortise/protocol/wire'
import type { CancelTimer } from '#lock/ports/index.ts'
import type { LinkedLock } from '#lock/ports/link.ts'
import { answerHello, isHubProven } from './handshake.ts'
import { PATIENCE } from './settings.ts'
import type { EndReason, HubLinkOptions } from './settings.ts'
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
  | { readonly name: 'open'; readonly uploader: Uploader }
  | { readonly name: 'ended' }

/** How long a goodbye may take. */
const GOODBYE_MS = 1_000

/** One connection, from the first packet to its end. */
export function connect(
  options: HubLinkOptions,
  lock: LinkedLock,
  events: ConnectionEvents,
): Connection {
  const { timers, log } = options
  const patience = { ...PATIENCE, ...options.patience }
  let phase: Phase = { name: 'awaitingHello' }
  let cancelTimer: CancelTimer = timers.set(patience.handshakeMs, () => end('handshakeTimeout'))
  let isAlive = true

  const end = (reason: EndReason, detail?: string): void => {
    if (phase.name === 'ended') return
    if (phase.name === 'open') phase.uploader.stop()
    phase = { name: 'ended' }
    cancelTimer()
    socket.terminate()
    events.ended(reason, detail)
  }
  const send = (frame: LinkFrame): void => {
    if (phase.name !== 'ended' && !socket.send(frame)) end('slowReader')
  }
  const watch = (): void => {
    if (!isAlive) {
      end('silent')
      return
    }
    isAlive = false
    socket.ping()
    cancelTimer = timers.set(patience.pingMs, watch)
  }
  const greet = (frame: LinkFrame): void => {
    if (frame.type !== 'hubHello') return endEarly(frame)
    const answer = answerHello(options, frame)
    if (answer === undefined) return end('wrongHubKey')
    phase = { name: 'awaitingWelcome', transcript: answer.transcript }
    send(answer.lockHello)
  }
  const enter = (frame: LinkFrame, transcript: LinkTranscript): void => {
    if (frame.type !== 'welcome') return endEarly(frame)
    if (!isHubProven(options, transcript, frame.signature)) return end('badHubSignature')
    cancelTimer()
    const uploader = createUploader(
      {
        lock,
        timers,
        acknowledgeMs: patience.acknowledgeMs,
        send: (upload) => send({ type: 'events', ...upload }),
        stalled: () => end('acknowledgeTimeout'),
      },
      frame.lastSequence,
    )
    phase = { name: 'open', uploader }
    cancelTimer = timers.set(patience.pingMs, watch)
    tell({ state: true, policy: true })
    events.opened()
  }
  const endEarly = (frame: LinkFrame): void =>
    frame.type === 'farewell' ? end('farewell', frame.reason) : end('unexpectedFrame', frame.type)

  const serve = (frame: LinkFrame, uploader: Uploader): void => {
    if (frame.type === 'acknowledge') return uploader.acknowledge(frame.sequence)
    if (frame.type !== 'request') return endEarly(frame)
    const { id, sealed } = frame
    // A reply that comes after this connection has ended finds `send` closed, and is dropped.
    lock.request(sealed, (outcome) => guarded(() => send({ ...outcome, id })))
  }
  const receive = (bytes: Uint8Array | undefined): void => {
    isAlive = true
    if (bytes === undefined) return end('malformedFrame', 'text')
    const frame = decode(bytes)
    if (frame instanceof WireError) return end('malformedFrame', frame.message)
    if (phase.name === 'awaitingHello') return greet(frame)
    if (phase.name === 'awaitingWelcome') return enter(frame, phase.transcript)
    if (phase.name === 'open') return serve(frame, phase.uploader)
  }
  const tell = (news: News): void => {
    if (phase.name !== 'open') return
    const { uploader } = phase
    socket.together(() => {
      const report = news.policy ? lock.signedPolicyReport() : undefined
      if (report !== undefined) send({ type: 'policy', signed: report })
      if (news.state) send({ type: 'state', signed: lock.signedState() })
      uploader.pump()
    })
  }
  /** A fault of the link must not become one of the door. */
  const guarded = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      log.error('linkFailed', { error: String(error) })
      end('failed')
    }
  }
  const socket: FrameSocket = openFrameSocket(options.hub.url, {
    message: (bytes) => guarded(() => receive(bytes)),
    alive() {
      isAlive = true
    },
    closed: () => end('closedByHub'),
    unreachable: (error) => end('unreachable', error.message),
  })
  return {
    tell: (news) => guarded(() => tell(news)),
    close() {
      if (phase.name === 'ended') return
      cancelTimer()
      cancelTimer = timers.set(GOODBYE_MS, () => end('closedByUs'))
      socket.close()
    },
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
