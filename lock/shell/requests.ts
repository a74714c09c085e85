import type { Input, RequestId } from '@mortise/lock-core'
import { MortiseError } from '@mortise/protocol/errors'
import { WireError, replyMessage, requestMessage } from '@mortise/protocol/wire'
import type { Reply, Request } from '@mortise/protocol/wire'
import type { RequestOutcome, Undeliverable } from '#lock/ports/link.ts'
import type { LockKeys } from './keys.ts'
import { createRequestRate } from './rate.ts'
import type { RequestLimits } from './rate.ts'

export type Respond = (outcome: RequestOutcome) => void

export interface Requests {
  /** A sealed request from a link. `respond` is called at most once. */
  readonly receive: (sealed: Uint8Array, respond: Respond) => void
  /** The core's reply, to be signed and sealed. */
  readonly reply: (requestId: RequestId, replyTo: Uint8Array, reply: Reply) => void
  readonly undeliverable: (requestId: RequestId, reason: Undeliverable) => void
}

export interface RequestsOptions {
  readonly keys: LockKeys
  readonly monotonicMs: () => number
  readonly feed: (input: Input) => void
  readonly limits: RequestLimits
}

interface Waiting {
  readonly respond: Respond
  readonly sinceMonotonicMs: number
}

/** No drive and no hash of a reasonable change takes longer; an older answer is not coming. */
const ANSWER_MS_MAX = 120_000

/** Opens what is sealed to the lock, bounds it, and finds the way back for replies. */
export function createRequests(options: RequestsOptions): Requests {
  const { keys, monotonicMs, feed, limits } = options
  const waiting = new Map<RequestId, Waiting>()
  const withinRate = createRequestRate(limits.perSecondMax)
  let lastRequestId = 0

  const conclude = (requestId: RequestId, outcome: RequestOutcome): void => {
    const request = waiting.get(requestId)
    waiting.delete(requestId)
    request?.respond(outcome)
  }
  const hasRoom = (): boolean => {
    const [oldest] = waiting
    if (waiting.size < limits.inFlightMax || oldest === undefined) return true
    const [requestId, { sinceMonotonicMs }] = oldest
    if (monotonicMs() - sinceMonotonicMs < ANSWER_MS_MAX) return false
    conclude(requestId, undeliverable('busy'))
    return true
  }
  return {
    receive(sealed, respond) {
      if (!withinRate(monotonicMs(), sealed.length) || !hasRoom()) {
        respond(undeliverable('busy'))
        return
      }
      const opened = openSealed(keys, sealed)
      if ('reason' in opened) {
        feed({ type: 'unreadable', reason: opened.reason })
        respond(undeliverable(opened.reason))
        return
      }
      lastRequestId += 1
      waiting.set(lastRequestId, { respond, sinceMonotonicMs: monotonicMs() })
      feed({ ...opened.request, requestId: lastRequestId })
    },
    reply: (requestId, replyTo, reply) => conclude(requestId, signAndSeal(keys, replyTo, reply)),
    undeliverable: (requestId, reason) => conclude(requestId, undeliverable(reason)),
  }
}

function undeliverable(reason: Undeliverable): RequestOutcome {
  return { type: 'undeliverable', reason }
}

type Opened = { readonly request: Request } | { readonly reason: Exclude<Undeliverable, 'busy'> }

function openSealed(keys: LockKeys, sealed: Uint8Array): Opened {
  try {
    const plain = keys.open(sealed)
    return plain === undefined
      ? { reason: 'unsealable' }
      : { request: requestMessage.decode(plain) }
  } catch (error) {
    if (error instanceof WireError) return { reason: 'malformed' }
    throw error
  }
}

function signAndSeal(keys: LockKeys, replyTo: Uint8Array, reply: Reply): RequestOutcome {
  const signed = keys.sign('reply', replyMessage.encode(reply))
  try {
    return { type: 'reply', sealed: keys.seal(replyTo, signed) }
  } catch (error) {
    // An asker may name a point of small order (RFC 7748 section 6.1), which nobody can seal to.
    if (error instanceof MortiseError && error.blame === 'caller') return undeliverable('malformed')
    throw error
  }
}
