import { hubLimits } from '@mortise/hub-core'
import type { LockAction } from '@mortise/hub-core'
import type { LiveEvent } from '@mortise/protocol/rest'
import type { Log } from '#hub/ports/log.ts'

/** One open stream of one session. */
export interface Follower {
  readonly accountId: string
  readonly sessionId: string
  readonly deliver: (event: LiveEvent) => void
  /** The hub ends the stream: session over, too slow, or shutting down. */
  readonly end: () => void
}

/** Whether an account may learn something about a lock right now. */
export type MayLearn = (accountId: string, lockId: string, action: LockAction) => Promise<boolean>

/** Tells whoever follows what happens. In this process only. */
export interface Live {
  /** @returns a function that stops following. */
  readonly follow: (follower: Follower) => () => void
  /** Something about a lock; each account is asked whether it may learn it. In order. */
  readonly tell: (lockId: string, action: LockAction, event: LiveEvent) => void
  /** To these accounts, whatever they may see. */
  readonly tellAccounts: (accountIds: readonly string[], event: LiveEvent) => void
  readonly endSession: (sessionId: string) => void
  readonly endAll: () => void
  /** Resolves when what was told so far is delivered. */
  readonly settled: () => Promise<void>
}

export function createLive(mayLearn: MayLearn, log: Log): Live {
  const followers = new Set<Follower>()
  let last: Promise<void> = Promise.resolve()

  const inOrder = (work: () => Promise<void>): void => {
    last = last.then(work).catch((error: unknown) => {
      log.write('error', 'liveFailed', { message: String(error) })
    })
  }

  const stop = (follower: Follower): void => {
    if (followers.delete(follower)) follower.end()
  }

  const tell = async (lockId: string, action: LockAction, event: LiveEvent): Promise<void> => {
    const accountIds = new Set([...followers].map(({ accountId }) => accountId))
    for (const accountId of accountIds) {
      if (!(await mayLearn(accountId, lockId, action))) continue
      for (const follower of followers) {
        if (follower.accountId === accountId) follower.deliver(event)
      }
    }
  }

  return {
    follow: (follower) => {
      const own = [...followers].filter(({ accountId }) => accountId === follower.accountId)
      const oldest = own[0]
      if (own.length >= hubLimits.streamsPerAccountMax && oldest !== undefined) stop(oldest)
      followers.add(follower)
      return () => void followers.delete(follower)
    },
    tell: (lockId, action, event) => {
      if (followers.size > 0) inOrder(() => tell(lockId, action, event))
    },
    tellAccounts: (accountIds, event) => {
      inOrder(async () => {
        for (const follower of followers) {
          if (accountIds.includes(follower.accountId)) follower.deliver(event)
        }
      })
    },
    endSession: (sessionId) => {
      for (const follower of followers) if (follower.sessionId === sessionId) stop(follower)
    },
    endAll: () => {
      for (const follower of followers) stop(follower)
    },
    settled: () => last,
  }
}
