import type { LinkFrame } from '@mortise/protocol/wire'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import type { Live } from '#hub/shell/live.ts'

/** The connection of one lock that has proved itself. */
export interface LockLink {
  readonly lockId: string
  readonly send: (frame: LinkFrame) => void
  /** Says farewell and closes. */
  readonly replace: () => void
  readonly close: () => void
}

export interface Presence {
  readonly online: boolean
  readonly sinceMs: number
}

/** Which locks are there. */
export interface LockLinks {
  /** Takes the place of an older connection of the same lock. */
  readonly connect: (link: LockLink) => Promise<void>
  /** Does nothing for a connection that was replaced. */
  readonly disconnect: (link: LockLink) => Promise<void>
  readonly find: (lockId: string) => LockLink | undefined
  /** Calls when that very connection is gone. */
  readonly onGone: (callback: (link: LockLink) => void) => void
  readonly closeAll: () => void
}

export function createLockLinks(
  { store, clock, log }: Pick<HubDependencies, 'store' | 'clock' | 'log'>,
  live: Live,
): LockLinks {
  const links = new Map<string, LockLink>()
  const goneCallbacks: ((link: LockLink) => void)[] = []

  const announce = async (lockId: string, online: boolean): Promise<void> => {
    const sinceMs = clock.nowMs()
    log.write('info', online ? 'lockOnline' : 'lockOffline', { lockId: lockId.slice(0, 8) })
    await store.saveSince(lockId, online, sinceMs)
    live.tell(lockId, 'see', { type: 'presence', lockId, online, sinceMs })
  }

  const tellGone = (link: LockLink): void => {
    for (const callback of goneCallbacks) callback(link)
  }

  return {
    connect: async (link) => {
      const older = links.get(link.lockId)
      links.set(link.lockId, link)
      if (older !== undefined) {
        log.write('info', 'lockReplaced', { lockId: link.lockId.slice(0, 8) })
        older.replace()
        tellGone(older)
      }
      await announce(link.lockId, true)
    },
    disconnect: async (link) => {
      if (links.get(link.lockId) !== link) return
      links.delete(link.lockId)
      tellGone(link)
      await announce(link.lockId, false)
    },
    find: (lockId) => links.get(lockId),
    onGone: (callback) => {
      goneCallbacks.push(callback)
    },
    closeAll: () => {
      for (const link of links.values()) link.close()
    },
  }
}
