import { verifyNewestPolicy } from '@mortise/protocol/verify'
import { bytesEqual } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import type { CancelTimer } from '#lock/ports/index.ts'
import type { LinkedLock } from '#lock/ports/link.ts'
import type { HubLinkOptions } from './settings.ts'

type Newest = Extract<LinkFrame, { type: 'newest' }>

const NONCE_BYTES = 32

export interface Lease {
  /** Asks now, and again every while. */
  readonly start: () => void
  /** Says whether the answer is good: signed by the pinned hub for the question that is open. */
  readonly answered: (frame: Newest) => boolean
  readonly stop: () => void
}

/**
 * Asks the hub which policy is the newest, each time with a nonce of its own, so that nobody
 * between the two can keep guests in by repeating yesterday's word.
 */
export function createLease(
  { hub, crypto, random, timers }: HubLinkOptions,
  lock: LinkedLock,
  leaseMs: number,
  send: (frame: LinkFrame) => void,
): Lease {
  let open: Uint8Array | undefined
  let cancel: CancelTimer = () => {}
  const ask = (): void => {
    open = random.bytes(NONCE_BYTES)
    cancel = timers.set(leaseMs, ask)
    send({ type: 'askNewest', nonce: open })
  }
  return {
    start: ask,
    answered({ nonce, version, signature }) {
      const newest = { lockId: lock.lockId, version, nonce }
      const isOurs = open !== undefined && bytesEqual(nonce, open)
      if (!isOurs || !verifyNewestPolicy(crypto, hub.hubKey, newest, signature)) return false
      open = undefined
      lock.newestPolicy(version)
      return true
    },
    stop: () => cancel(),
  }
}
