import { hubLimits } from '@mortise/hub-core'
import { WireError, linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import type { WebSocket } from 'ws'
import type { Hub } from '#hub/shell/hub.ts'
import type { Uncovered } from '#hub/shell/intake.ts'
import type { LockLink } from '#hub/shell/lock-links.ts'
import { vouchForNewest } from '#hub/shell/newest.ts'
import { bytesOf } from '#hub/api/locks/message.ts'

/** RFC 6455 section 7.4.1. */
const closeCodes = { goingAway: 1001, protocolError: 1002, policyViolation: 1008 } as const

/** Frames that may wait while one is being made durable; then the socket is not read any further. */
const waitingFramesMax = 64

/** A lock that reads nothing must not fill the hub's memory: two of the largest frames. */
const unsentBytesMax = 9 * 1024 * 1024

/** Who serves a connection tells what it began, so that the end can wait for it. */
export interface ConnectionEvents {
  /** Called once, when the lock has proved itself. */
  readonly proved: () => void
  /** Never rejects. */
  readonly working: (work: Promise<void>) => void
}

/** Serves one connection until it closes. */
export function serveLock(hub: Hub, socket: WebSocket, events: ConnectionEvents): void {
  const send = (frame: LinkFrame): void => {
    if (socket.bufferedAmount > unsentBytesMax) socket.terminate()
    else if (socket.readyState === socket.OPEN) socket.send(linkFrameMessage.encode(frame))
  }
  const hello = hub.handshakes.hello()
  let link: LockLink | undefined
  let stateTaken: Promise<void> = Promise.resolve()
  const uncovered: Uncovered = { entries: [] }

  const cancelTimeout = hub.clock.after(hubLimits.handshakeTimeoutMs, () => {
    hub.log.write('warn', 'linkRefused', { reason: 'handshakeTimeout' })
    socket.terminate()
  })

  const greet = async (frame: LinkFrame): Promise<void> => {
    if (frame.type !== 'lockHello') return fail(hub, socket, 'unexpectedFrame')
    const { lockId, answer } = await hub.handshakes.judge(hello, frame)
    cancelTimeout()
    if (socket.readyState !== socket.OPEN) return
    send(answer)
    if (lockId === undefined) return socket.close(closeCodes.policyViolation, 'refused')
    events.proved()
    link = linkOf(lockId, socket, send)
    await hub.links.connect(link)
  }

  const receive = async (frame: LinkFrame): Promise<void> => {
    if (link === undefined) return greet(frame)
    if (frame.type === 'state') {
      // Nobody waits for it, so the entries that came with it share its commit.
      await stateTaken
      stateTaken = orTerminate(hub, socket, hub.intake.state(link.lockId, frame.signed))
      return events.working(stateTaken)
    }
    const answer = await takeFrame(hub, link, uncovered, frame)
    if (answer === 'unexpected') return fail(hub, socket, 'unexpectedFrame')
    if (answer !== undefined) send(answer)
  }

  socket.on('error', () => {
    socket.terminate()
  })
  socket.on('close', () => {
    cancelTimeout()
    if (link !== undefined) events.working(logFailure(hub, hub.links.disconnect(link)))
  })
  readFrames(hub, socket, events.working, receive)
  keepAlive(hub, socket)
  send(hello)
}

function linkOf(lockId: string, socket: WebSocket, send: (frame: LinkFrame) => void): LockLink {
  return {
    lockId,
    send,
    replace: () => {
      send({ type: 'farewell', reason: 'replaced' })
      socket.close(closeCodes.policyViolation, 'replaced')
    },
    close: () => {
      socket.close(closeCodes.goingAway, 'closing')
    },
  }
}

/** @returns what to answer, or that a lock may not send this. */
async function takeFrame(
  hub: Hub,
  link: LockLink,
  uncovered: Uncovered,
  frame: Exclude<LinkFrame, { readonly type: 'state' }>,
): Promise<LinkFrame | 'unexpected' | undefined> {
  switch (frame.type) {
    case 'reply':
    case 'undeliverable':
      hub.relay.answer(link, frame)
      return undefined
    case 'policy':
      await hub.intake.policy(link.lockId, frame.signed)
      return undefined
    case 'events':
      return acknowledgement(await hub.intake.events(link.lockId, uncovered, frame))
    case 'askNewest':
      return vouchForNewest(hub, link.lockId, frame.nonce)
    case 'hubHello':
    case 'lockHello':
    case 'welcome':
    case 'farewell':
    case 'request':
    case 'acknowledge':
    case 'newest':
      return 'unexpected'
  }
}

function acknowledgement(sequence: number | undefined): LinkFrame | undefined {
  return sequence === undefined ? undefined : { type: 'acknowledge', sequence }
}

/** One frame after another, so that what a lock sent first is stored first. */
function readFrames(
  hub: Hub,
  socket: WebSocket,
  working: ConnectionEvents['working'],
  receive: (frame: LinkFrame) => Promise<void>,
): void {
  let waiting = 0
  let last: Promise<void> = Promise.resolve()

  const handle = async (data: Uint8Array | undefined): Promise<void> => {
    // What arrived before the connection failed is not acted on afterwards.
    if (socket.readyState !== socket.OPEN) return
    const frame = data === undefined ? undefined : decodeFrame(data)
    if (frame === undefined) fail(hub, socket, 'malformedFrame')
    else await receive(frame)
  }

  const handleAfter = async (before: Promise<void>, data: Uint8Array | undefined) => {
    await before
    await orTerminate(hub, socket, handle(data))
    waiting -= 1
    if (waiting === 0) socket.resume()
  }

  socket.on('message', (data, isBinary) => {
    waiting += 1
    if (waiting >= waitingFramesMax) socket.pause()
    last = handleAfter(last, isBinary ? bytesOf(data) : undefined)
    working(last)
  })
}

function decodeFrame(data: Uint8Array): LinkFrame | undefined {
  try {
    return linkFrameMessage.decode(data)
  } catch (error) {
    if (error instanceof WireError) return undefined
    throw error
  }
}

function fail(hub: Hub, socket: WebSocket, reason: string): void {
  hub.log.write('warn', 'linkProtocolError', { reason })
  socket.close(closeCodes.protocolError, reason)
}

/** Finds out about dead lines: a ping that the next one still finds unanswered ends the connection. */
function keepAlive(hub: Hub, socket: WebSocket): void {
  let answered = true
  let cancel = (): void => {}
  const beat = (): void => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
    cancel = hub.clock.after(hubLimits.linkPingMs, beat)
  }
  socket.on('pong', () => {
    answered = true
  })
  socket.on('close', () => {
    cancel()
  })
  cancel = hub.clock.after(hubLimits.linkPingMs, beat)
}

/** The store failed, or we did: without an acknowledgement the lock sends everything again. */
async function orTerminate(hub: Hub, socket: WebSocket, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    hub.log.write('error', 'linkFailed', { message: String(error) })
    socket.terminate()
  }
}

async function logFailure(hub: Hub, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    hub.log.write('error', 'linkFailed', { message: String(error) })
  }
}
