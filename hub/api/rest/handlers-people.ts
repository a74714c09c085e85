import { lockPageMax, openApiDocument } from '@mortise/protocol/rest'
import type { Account } from '#hub/ports/store.ts'
import type { Hub } from '#hub/shell/hub.ts'
import { endsOf } from '#hub/shell/sessions.ts'
import type { NewSession, Who } from '#hub/shell/sessions.ts'
import type { AnswerName, Call, Handlers } from '#hub/api/rest/call.ts'
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from '#hub/api/rest/cookies.ts'
import { lockView } from '#hub/api/rest/views.ts'

type PublicName = Extract<AnswerName, 'getHealth' | 'getOpenApi' | 'getSetupStatus'>

/** What anybody may know. */
export function publicHandlers(hub: Hub): Handlers<PublicName> {
  const startedAtMs = hub.clock.nowMs()
  const { version } = hub.settings
  const document = openApiDocument(version)
  return {
    getHealth: () => ({
      status: 'ok',
      version,
      uptimeSeconds: Math.max(0, Math.floor((hub.clock.nowMs() - startedAtMs) / 1_000)),
    }),
    getOpenApi: () => document,
    getSetupStatus: async () => ({ open: await hub.setUp.isOpen() }),
  }
}

type EntryName = Extract<
  AnswerName,
  'beginSetup' | 'finishSetup' | 'setupDevice' | 'beginSignIn' | 'finishSignIn' | 'signInDevice'
>

/** The ways to a session. */
export function entryHandlers(hub: Hub): Handlers<EntryName> {
  const { relyingPartyId } = hub.settings
  return {
    beginSetup: async ({ setupToken }) => ({
      ...(await hub.setUp.begin(setupToken)),
      relyingPartyId,
    }),
    finishSetup: async ({ passkey, ...request }, call) => {
      const account = await hub.setUp.withPasskey(request, passkey)
      return openInBrowser(hub, call, account)
    },
    setupDevice: async ({ publicKey, signature, ...request }) => {
      const account = await hub.setUp.withDeviceKey(request, publicKey, signature)
      return withToken(await hub.sessions.open(account, 'device'))
    },
    beginSignIn: () => ({ ...hub.signIn.begin(), relyingPartyId }),
    finishSignIn: async ({ nonce, passkeyId, ...assertion }, call) => {
      const account = await hub.signIn.withPasskey(nonce, passkeyId, assertion)
      return openInBrowser(hub, call, account)
    },
    signInDevice: async ({ nonce, publicKey, signature }) => {
      const account = await hub.signIn.withDeviceKey(nonce, publicKey, signature)
      return withToken(await hub.sessions.open(account, 'device'))
    },
  }
}

type SessionName = Extract<
  AnswerName,
  'signOut' | 'getSession' | 'listSessions' | 'endOtherSessions' | 'endSession'
>

/** The account looks after its own sessions. */
export function sessionHandlers(hub: Hub): Handlers<SessionName> {
  return {
    signOut: async (_, call) => {
      const who = call.who()
      await hub.sessions.end(who, who.session.id)
      clearSessionCookie(call.context)
      return {}
    },
    getSession: async (_, call) => {
      const who = call.who()
      const { locks } = await hub.access.list(who.account.id, undefined, lockPageMax)
      return { ...whoView(who), locks: locks.map((seen) => lockView(hub, seen)) }
    },
    listSessions: async (_, call) => {
      const who = call.who()
      const sessions = await hub.sessions.list(who)
      return {
        sessions: sessions.map((session) => ({
          ...session,
          current: session.id === who.session.id,
        })),
      }
    },
    endOtherSessions: async (_, call) => {
      await hub.sessions.endOthers(call.who())
      return {}
    },
    endSession: async ({ sessionId }, call) => {
      const who = call.who()
      await hub.sessions.end(who, sessionId)
      if (sessionId === who.session.id) clearSessionCookie(call.context)
      return {}
    },
  }
}

function whoView({ account, session }: Who) {
  return {
    account: { id: account.id, name: account.name },
    session: { id: session.id, ...endsOf(session) },
  }
}

/** The session that this browser had before ends: a token is replaced and never left lying about. */
async function openInBrowser(hub: Hub, call: Call, account: Account) {
  const old = readSessionCookie(call.context)
  const before = old === undefined ? undefined : await hub.sessions.find(old)
  const opened = await hub.sessions.open(account, 'browser')
  if (before !== undefined) await hub.sessions.end(before, before.session.id)
  writeSessionCookie(call.context, opened.token)
  return whoView(opened)
}

function withToken(opened: NewSession) {
  return { ...whoView(opened), token: opened.token }
}
