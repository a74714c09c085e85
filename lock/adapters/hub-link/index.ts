import { MortiseError } from '@mortise/protocol/errors'
import type { CancelTimer } from '#lock/ports/index.ts'
import type { Link, LinkedLock } from '#lock/ports/link.ts'
import { BACKOFF, reconnectDelayMs } from './backoff.ts'
import { connect } from './connection.ts'
import type { Connection, News } from './connection.ts'
import type { EndReason, HubLinkOptions } from './settings.ts'

export type { Backoff } from './backoff.ts'
export type { EndReason, HubLinkOptions, Patience } from './settings.ts'

/**
 * News waits this long, so that one unlock becomes one write and not five, and so that the reply to
 * a thumb goes first: the hub makes news durable, and its disk must not stand in the way.
 */
const TELL_PAUSE_MS = 20

/**
 * The link to the hub; keeps the contract of `Link`.
 * @throws MortiseError `badHubAddress` (caller): the hub's address is no WebSocket address
 */
export function createHubLink(options: HubLinkOptions): Link {
  assertWebSocketUrl(options.hub.url)
  const { timers, random, log, backoff = BACKOFF } = options
  let lock: LinkedLock | undefined
  let connection: Connection | undefined
  let news: News = { state: false, policy: false }
  let cancelTell: CancelTimer | undefined
  let cancelReconnect: CancelTimer = () => {}
  let failures = 0
  let closed = false
  let gone = (): void => {}

  const open = (): void => {
    if (lock === undefined || closed) return
    connection = connect(options, lock, {
      opened() {
        failures = 0
        log.info('hubConnected')
      },
      ended,
    })
  }
  const ended = (reason: EndReason, detail?: string): void => {
    connection = undefined
    if (closed) return gone()
    const delayMs = reconnectDelayMs(failures, backoff, random)
    failures += 1
    log.warn('hubDisconnected', { reason, delayMs, ...(detail !== undefined && { detail }) })
    cancelReconnect = timers.set(delayMs, open)
  }
  const scheduleTell = (pauseMs: number): void => {
    if (connection === undefined || (cancelTell !== undefined && pauseMs > 0)) return
    cancelTell?.()
    cancelTell = timers.set(pauseMs, () => {
      cancelTell = undefined
      const told = news
      news = { state: false, policy: false }
      connection?.tell(told)
    })
  }
  return {
    start(linked) {
      lock = linked
      open()
    },
    stateChanged() {
      news.state = true
      scheduleTell(TELL_PAUSE_MS)
    },
    policyChanged() {
      news.policy = true
      // Whoever changed it looks for it at the hub next.
      scheduleTell(0)
    },
    journalGrew: () => scheduleTell(TELL_PAUSE_MS),
    async close() {
      closed = true
      cancelReconnect()
      if (connection === undefined) return
      const end = new Promise<void>((resolve) => {
        gone = resolve
      })
      connection.close()
      await end
    },
  }
}

function assertWebSocketUrl(url: string): void {
  const parsed = URL.parse(url)
  const isWebSocket = parsed?.protocol === 'ws:' || parsed?.protocol === 'wss:'
  // RFC 6455 section 3: a fragment has no meaning, and `ws` throws at it.
  if (isWebSocket && parsed.hash === '') return
  throw new MortiseError('caller', 'badHubAddress', 'the hub text holds no WebSocket address', {
    nextStep: 'Let the hub print its text for locks again, and copy the whole of it.',
  })
}
