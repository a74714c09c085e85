import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { linkFrameBytesMax, linkFrameMessage } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import { WebSocket } from 'ws'
import type { RawData } from 'ws'

/** Beyond this the hub is not reading, and what waits would be too old to be of use. */
const WAITING_BYTES_MAX = 8 * 1024 * 1024

export interface FrameSocketEvents {
  /** Undefined: a text, or bytes that ws did not give as one piece. */
  readonly message: (bytes: Uint8Array | undefined) => void
  readonly alive: () => void
  readonly closed: () => void
  readonly unreachable: (error: Error) => void
}

export interface FrameSocket {
  /** False when the hub does not read what it is sent. Nothing is sent once it is closed. */
  readonly send: (frame: LinkFrame) => boolean
  readonly ping: () => void
  /** What is sent inside goes out in one system call. */
  readonly together: (work: () => void) => void
  /** Says goodbye and waits for `closed`. */
  readonly close: () => void
  /** Ends now. */
  readonly terminate: () => void
}

/** A WebSocket that carries frames. `ws` sets TCP_NODELAY itself. */
export function openFrameSocket(url: string, events: FrameSocketEvents): FrameSocket {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: linkFrameBytesMax,
  })
  let stream: Socket | undefined
  socket.on('upgrade', (response: IncomingMessage) => {
    stream = response.socket
  })
  socket.on('message', (data, isBinary) => events.message(isBinary ? bytesOf(data) : undefined))
  socket.on('ping', events.alive)
  socket.on('pong', events.alive)
  socket.on('error', events.unreachable)
  socket.on('close', events.closed)
  return {
    send(frame) {
      if (socket.readyState !== WebSocket.OPEN) return true
      if (socket.bufferedAmount > WAITING_BYTES_MAX) return false
      socket.send(linkFrameMessage.encode(frame))
      return true
    },
    ping() {
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    },
    together(work) {
      stream?.cork()
      try {
        work()
      } finally {
        stream?.uncork()
      }
    },
    close: () => socket.close(1000),
    terminate: () => socket.terminate(),
  }
}

function bytesOf(data: RawData): Uint8Array | undefined {
  if (!(data instanceof Uint8Array)) return undefined
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
