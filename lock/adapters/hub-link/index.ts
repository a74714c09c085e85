import { MortiseError } from '@mortise/protocol/errors'
import type { CancelTimer } from '#lock/ports/index.ts'
import type { Link, LinkedLock } from '#lock/ports/link.ts'
import { BACKOFF, reconnectDelayMs } from './backoff.ts'
import { connect } from './connection.ts'
import type { Connection, News } from './connection.ts'
import { createLull } from './lull.ts'
import type { EndReason, HubLinkOptions } from './settings.ts'

export type { Backoff } from './backoff.ts'
export type { EndReason, HubLinkOptions, Patience } from './settings.ts'

/**
 * News waits for a lull, so that one unlock becomes one write and not five, and so that the reply to
 * a thumb goes first: the hub makes news durable, and its disk, which may be ours too, must not stand
 * in the way. A door where something happens all the time is told about nevertheless.
 */
const TELL_TIMES = { quietMs: 20, longestMs: 100 }

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
  let cancelReconnect: CancelTimer = () => {}
  let failures = 0
  let closed = false
  let gone = (): void => {}

  const open = (): void => {
    if (lock === undefined || closed) return
    connection = connect(options, lock, {
      opened() {
        failures = 0
        lock?.reached(true)
        log.info('hubConnected')
      },
      ended,
    })
  }
  const ended = (reason: EndReason, detail?: string): void => {
    connection = undefined
    if (closed) return gone()
    lock?.reached(false)
    const delayMs = reconnectDelayMs(failures, backoff, random)
    failures += 1
    log.warn('hubDisconnected', { reason, delayMs, ...(detail !== undefined && { detail }) })
    cancelReconnect = timers.set(delayMs, open)
  }
  const lull = createLull(timers, TELL_TIMES, () => {
    const told = news
    news = { state: false, policy: false }
    connection?.tell(told)
  })
  return {
    start(linked) {
      lock = linked
      linked.reached(false)
      open()
    },
    stateChanged() {
      news.state = true
      if (connection !== undefined) lull.noted()
    },
    policyChanged() {
      news.policy = true
      // Whoever changed it looks for it at the hub next.
      if (connection !== undefined) lull.hurry()
    },
    journalGrew() {
      if (connection !== undefined) lull.noted()
    },
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
