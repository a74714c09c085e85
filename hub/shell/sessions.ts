import { hubLimits, isSessionAlive, sessionEnds, shouldTouchSession } from '@mortise/hub-core'
import type { SessionEnds } from '@mortise/hub-core'
import { fromBase64Url, toBase64Url, toHex } from '@mortise/protocol/wire'
import type { Account, Session } from '#hub/ports/store.ts'
import type { HubDependencies } from '#hub/shell/dependencies.ts'
import { createLastSeen } from '#hub/shell/last-seen.ts'
import type { Live } from '#hub/shell/live.ts'
import { refusal } from '#hub/shell/refusal.ts'

/** Who asks: the account and the session that shows it. */
export interface Who {
  readonly account: Account
  readonly session: Session
}

/** A session that was just made. The token is told once and kept nowhere. */
export interface NewSession extends Who {
  readonly token: string
}

export interface Sessions {
  /** Always a new token: none from before signing in lives on (ASVS 5.0 section 7.2.4). */
  readonly open: (account: Account, kind: Session['kind']) => Promise<NewSession>
  /** @returns undefined for an unknown, ended or malformed token. */
  readonly find: (token: string) => Promise<Who | undefined>
  /** Whether a session that was found earlier still counts: it may have ended or made room since. */
  readonly stands: (who: Who) => Promise<boolean>
  readonly list: (who: Who) => Promise<readonly Session[]>
  /** @throws RestError `notFound` when the account has no such session. */
  readonly end: (who: Who, sessionId: string) => Promise<void>
  readonly endOthers: (who: Who) => Promise<void>
  readonly forgetEnded: () => Promise<void>
  /** Resolves when what is known of them is written. */
  readonly settled: () => Promise<void>
}

const tokenBytes = 32
const idBytes = 16

export function createSessions(dependencies: HubDependencies, live: Live): Sessions {
  const { store, clock, random, crypto, log } = dependencies
  const lastSeen = createLastSeen(dependencies)
  const hashOf = (token: Uint8Array): Uint8Array => crypto.sha256(token)

  const alive = async ({ id }: Account): Promise<readonly Session[]> => {
    const sessions = await store.listSessions(id)
    return sessions
      .map(lastSeen.overlay)
      .filter((session) => isSessionAlive(session, clock.nowMs()))
  }

  return {
    open: async (account, kind) => {
      const token = random.bytes(tokenBytes)
      const nowMs = clock.nowMs()
      const id = toHex(random.bytes(idBytes))
      const session = { id, accountId: account.id, kind, createdAtMs: nowMs, lastSeenAtMs: nowMs }
      await store.createSession(session, hashOf(token), hubLimits.sessionsPerAccountMax)
      log.write('info', 'signedIn', { accountId: account.id.slice(0, 8), kind })
      return { account, session, token: toBase64Url(token) }
    },

    find: async (token) => {
      const bytes = fromBase64Url(token)
      if (bytes?.length !== tokenBytes) return undefined
      const found = await store.findSession(hashOf(bytes))
      const nowMs = clock.nowMs()
      if (found === undefined) return undefined
      const session = lastSeen.overlay(found.session)
      if (!isSessionAlive(session, nowMs)) return undefined
      if (!shouldTouchSession(session, nowMs)) return { ...found, session }
      lastSeen.note(session.id, nowMs)
      return { ...found, session: { ...session, lastSeenAtMs: nowMs } }
    },

    stands: async ({ account, session }) =>
      (await alive(account)).some(({ id }) => id === session.id),

    list: ({ account }) => alive(account),

    end: async ({ account }, sessionId) => {
      if (!(await store.endSession(account.id, sessionId))) throw refusal('notFound')
      live.endSession(sessionId)
      log.write('info', 'signedOut', { accountId: account.id.slice(0, 8) })
    },

    endOthers: async ({ account, session }) => {
      const ended = await store.endOtherSessions(account.id, session.id)
      for (const id of ended) live.endSession(id)
      log.write('info', 'signedOutOthers', {
        accountId: account.id.slice(0, 8),
        count: ended.length,
      })
    },

    forgetEnded: async () => {
      const nowMs = clock.nowMs()
      await store.forgetSessions(nowMs - hubLimits.sessionLifeMs, nowMs - hubLimits.sessionIdleMs)
    },

    settled: lastSeen.settled,
  }
}

/** When the session ends, for showing. */
export function endsOf(session: Session): SessionEnds {
  return sessionEnds(session)
}
