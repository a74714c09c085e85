import { hubLimits } from '@mortise/hub-core'
import { toHex } from '@mortise/protocol/wire'
import type { LinkFrame } from '@mortise/protocol/wire'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import type { LockLink, LockLinks } from '#hub/shell/lock-links.ts'
import { refusal } from '#hub/shell/refusal.ts'

type Answer = Extract<LinkFrame, { readonly type: 'reply' | 'undeliverable' }>

/** Hands sealed bytes to a lock and its sealed reply back. Reads neither, queues nothing. */
export interface Relay {
  /**
   * @throws RestError `lockOffline`, `lockBusy` or `lockCannotRead` when the request did nothing;
   *   `lockTimeout` when the lock may have carried it out, and nobody knows.
   */
  readonly ask: (lockId: string, accountId: string, sealed: Uint8Array) => Promise<Uint8Array>
  /** What the lock sent; answers to questions that nobody waits for any more are dropped. */
  readonly answer: (link: LockLink, frame: Answer) => void
}

interface Waiting {
  readonly link: LockLink
  readonly accountId: string
  readonly settle: (outcome: Uint8Array | Error) => void
}

const requestIdBytes = 16

export function createRelay(
  { clock, random, log }: Pick<HubDependencies, 'clock' | 'random' | 'log'>,
  links: LockLinks,
): Relay {
  const waiting = new Map<string, Waiting>()

  const admit = (link: LockLink, accountId: string): void => {
    let ofLock = 0
    let ofAccount = 0
    for (const entry of waiting.values()) {
      if (entry.link.lockId === link.lockId) ofLock += 1
      if (entry.accountId === accountId) ofAccount += 1
    }
    if (ofLock >= hubLimits.relayPendingPerLockMax) throw refusal('lockBusy')
    if (ofAccount >= hubLimits.relayPendingPerAccountMax) throw refusal('rateLimited', 1)
  }

  links.onGone((link) => {
    for (const entry of waiting.values()) {
      // It has the request, and may have carried it out before it went.
      if (entry.link === link) entry.settle(refusal('lockTimeout'))
    }
  })

  return {
    ask: async (lockId, accountId, sealed) => {
      const link = links.find(lockId)
      if (link === undefined) throw refusal('lockOffline')
      admit(link, accountId)
      const id = random.bytes(requestIdBytes)
      const name = toHex(id)
      const outcome = await new Promise<Uint8Array | Error>((resolve) => {
        const cancel = clock.after(hubLimits.relayTimeoutMs, () => {
          log.write('warn', 'relayTimeout', { lockId: lockId.slice(0, 8) })
          settle(refusal('lockTimeout'))
        })
        const settle = (result: Uint8Array | Error): void => {
          cancel()
          waiting.delete(name)
          resolve(result)
        }
        waiting.set(name, { link, accountId, settle })
        link.send({ type: 'request', id, sealed })
      })
      if (outcome instanceof Error) throw outcome
      return outcome
    },

    answer: (link, frame) => {
      const entry = waiting.get(toHex(frame.id))
      // An id of another lock's question is nobody's business here.
      if (entry === undefined || entry.link !== link) return
      if (frame.type === 'reply') entry.settle(frame.sealed)
      else entry.settle(refusal(frame.reason === 'busy' ? 'lockBusy' : 'lockCannotRead'))
    },
  }
}
