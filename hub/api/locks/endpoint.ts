import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { hubLimits } from '@mortise/hub-core'
import { limits } from '@mortise/protocol/limits'
import { RestError } from '@mortise/protocol/rest'
import { WebSocketServer } from 'ws'
import { addressOf } from '#hub/api/address.ts'
import type { Hub } from '#hub/shell/hub.ts'
import { serveLock } from '#hub/api/locks/connection.ts'

/** Where locks connect. */
export const linkPath = '/link'

/** A frame holds one whole message and a little around it. */
const frameBytesMax = limits.messageBytesMax + 4_096

/** RFC 6455 section 7.4.1, and how long a lock may take to say goodbye. */
const goingAway = 1001
const closingMs = 1_000

export interface LockEndpoint {
  /** For the `upgrade` event of the HTTP server. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Resolves when every lock is gone and what it sent or left behind is stored. */
  readonly close: () => Promise<void>
}

/** Takes in connections of locks. No lock is a browser, so whatever names an origin is refused. */
export function createLockEndpoint(hub: Hub, trustedProxies: number): LockEndpoint {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: frameBytesMax,
    // A sealed message does not shrink, and compression state costs memory for each lock.
    perMessageDeflate: false,
    clientTracking: true,
  })
  let handshakes = 0
  const underWay = new Set<Promise<void>>()
  const working = (work: Promise<void>): void => {
    underWay.add(work)
    void work.then(() => underWay.delete(work))
  }

  const admit = (request: IncomingMessage): number => {
    const [path] = (request.url ?? '').split('?')
    if (path !== linkPath) return 404
    if (request.headers.origin !== undefined) return 403
    if (handshakes >= hubLimits.handshakesMax) return 503
    try {
      hub.limiter.take('addressLink', addressOf(request, trustedProxies))
      return 101
    } catch (error) {
      if (error instanceof RestError) return 429
      throw error
    }
  }

  return {
    upgrade: (request, socket, head) => {
      // Node's server lets go of a socket that upgrades: unheard, its reset would end the whole hub.
      socket.on('error', () => {
        socket.destroy()
      })
      const status = admit(request)
      if (status !== 101) {
        hub.log.write('warn', 'linkUpgradeRefused', { status })
        socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
        return
      }
      server.handleUpgrade(request, socket, head, (connection) => {
        handshakes += 1
        const leave = once(() => {
          handshakes -= 1
        })
        connection.on('close', leave)
        serveLock(hub, connection, { proved: leave, working })
      })
    },
    close: async () => {
      hub.links.closeAll()
      for (const connection of server.clients) connection.close(goingAway)
      const cancelCut = hub.clock.after(closingMs, () => {
        for (const connection of server.clients) connection.terminate()
      })
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      cancelCut()
      await Promise.all(underWay)
    },
  }
}

function once(action: () => void): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    action()
  }
}
