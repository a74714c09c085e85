import type { FakeLock } from '@mortise/keyholder/testing'
import type { FetchAnswer, FetchInit, FetchLike } from '@mortise/protocol/rest'
import { restErrorStatus, restPrefix } from '@mortise/protocol/rest'
import type { RestErrorCode } from '@mortise/protocol/rest'
import type { SealCrypto } from '@mortise/protocol/seal'
import { ticketEntryInput } from '@mortise/protocol/verify'
import {
  bytesEqual,
  entryMessage,
  fromBase64Url,
  labelled,
  toBase64Url,
  toHex,
} from '@mortise/protocol/wire'
import { z } from 'zod'

/** A hub in this process, over the same REST messages as the real one. */
export interface TestHub {
  readonly fetch: FetchLike
  readonly setupToken: Uint8Array
  /** What the account "signed in" with; each is refused once `endSessions` was called. */
  endSessions(): void
  /** The hub's process is gone. */
  up: boolean
  /** The lock's link is there. */
  online: boolean
  /** How many sign-ins of others it refuses before it has heard of them. */
  unheard: number
  /** What the hub says that the door is called. */
  doorName: string
  /** Another sealing key than the lock's own. */
  sealingKey: Uint8Array
  /** Whether the account sees the lock. */
  listed: boolean
  /** Lets through only some entries of the journal. */
  keepEntry: (sequence: number) => boolean
  /** Whether it has the lock of the invitations that are shown to it. */
  knowsTickets: boolean
  /** What stands at `/config.json`. */
  config: string
  /** Addresses that were asked for. */
  readonly asked: readonly string[]
  /** Bodies that were sent to it. */
  readonly received: readonly string[]
}

interface Refusal {
  readonly refused: RestErrorCode
}
type Answer = object | Refusal

const pageSize = 50
const body = z.record(z.string(), z.unknown())

export function createTestHub(crypto: SealCrypto, lock: FakeLock): TestHub {
  const parts = newParts(crypto, lock)
  const { hub } = parts
  return Object.assign(hub, {
    fetch: (url: string, init: FetchInit) => answerTo(parts, url, init),
  })
}

interface Parts {
  readonly crypto: SealCrypto
  readonly lock: FakeLock
  readonly hub: Omit<TestHub, 'fetch'>
  readonly nonces: Set<string>
  /** Whose session each token is. */
  readonly tokens: Map<string, Parts['account']>
  /** Tokens of those who hold the ticket of an invitation. */
  readonly tickets: Set<string>
  readonly asked: string[]
  readonly received: string[]
  /** Of whoever asked last. */
  account:
    | { readonly id: string; readonly name: string; readonly publicKey: Uint8Array }
    | undefined
}

function newParts(crypto: SealCrypto, lock: FakeLock): Parts {
  const asked: string[] = []
  const received: string[] = []
  const tokens: Parts['tokens'] = new Map()
  const hub = {
    setupToken: crypto.randomBytes(32),
    endSessions: () => tokens.clear(),
    up: true,
    online: true,
    unheard: 0,
    doorName: 'Front door',
    sealingKey: lock.sealingKey,
    listed: true,
    keepEntry: () => true,
    knowsTickets: true,
    config: JSON.stringify({
      mode: 'convenience',
      hubOrigin: 'http://localhost:8080',
      relyingPartyId: 'localhost',
    }),
    asked,
    received,
  }
  return {
    crypto,
    lock,
    hub,
    nonces: new Set(),
    tokens,
    tickets: new Set(),
    asked,
    received,
    account: undefined,
  }
}

async function answerTo(parts: Parts, url: string, init: FetchInit): Promise<FetchAnswer> {
  const { pathname, searchParams } = new URL(url)
  const path = pathname.startsWith(restPrefix) ? pathname.slice(restPrefix.length) : pathname
  parts.received.push(url, init.body ?? '')
  parts.asked.push(`${init.method} ${path}`)
  if (!parts.hub.up) throw new TypeError('fetch failed')
  if (path === '/config.json') return { status: 200, text: async () => parts.hub.config }
  const given = init.body === undefined ? {} : body.parse(JSON.parse(init.body))
  const answer = open(parts, path, given) ?? signedIn(parts, path, given, searchParams, init)
  if (!('refused' in answer)) return reply(200, answer)
  const { refused } = answer
  return reply(restErrorStatus[refused], { code: refused, message: refused })
}

function reply(status: number, json: object): FetchAnswer {
  return { status, text: () => Promise.resolve(JSON.stringify(json)) }
}

/** Routes for anybody. */
function open(parts: Parts, path: string, given: z.infer<typeof body>): Answer | undefined {
  switch (path) {
    case '/health':
      return { status: 'ok', version: '0.1.0', uptimeSeconds: 60 }
    case '/setup/begin':
      return (
        tokenFits(parts, given) ?? {
          ...issueNonce(parts),
          relyingPartyId: 'localhost',
          userHandle: 'AA',
        }
      )
    case '/setup/device':
      return tokenFits(parts, given) ?? makeAccount(parts, given)
    case '/sign-in/begin':
      return { ...issueNonce(parts), relyingPartyId: 'localhost' }
    case '/sign-in/device':
      return signIn(parts, given)
    case '/invitations/begin':
      return issueNonce(parts)
    case '/invitations/enter':
      return enterByTicket(parts, given)
    case '/invitations/relay':
      return relayInvited(parts, given)
    default:
      return undefined
  }
}

/** As the real hub: by the lock's own report, and with one answer for "no such" and "not yours". */
function enterByTicket(parts: Parts, given: z.infer<typeof body>): Answer {
  const { crypto, lock, nonces, tickets, hub } = parts
  const id = bytesOf(given['invitationId'])
  const invitation = lock.policy?.invitations.find((one) => bytesEqual(one.id, id))
  if (!nonces.delete(String(given['nonce']))) return { refused: 'nonceUnusable' }
  const message = ticketEntryInput(bytesOf(given['nonce']), lock.lockId, id)
  const proven =
    hub.knowsTickets &&
    invitation !== undefined &&
    given['lockId'] === toHex(lock.lockId) &&
    crypto.verifyEd25519(invitation.ticketPublicKey, message, bytesOf(given['signature']))
  if (!proven) return { refused: 'invitationUnknown' }
  if (lock.bindings.some((one) => bytesEqual(one.invitationId, id))) {
    return { refused: 'invitationUsed' }
  }
  if (lock.nowMs() >= invitation.notAfterMs) return { refused: 'invitationExpired' }
  const token = toBase64Url(crypto.randomBytes(32))
  tickets.add(token)
  return { token, expiresAtMs: 1 }
}

function relayInvited({ lock, hub, tickets }: Parts, given: z.infer<typeof body>): Answer {
  if (!tickets.has(String(given['token']))) return { refused: 'notSignedIn' }
  if (!hub.online) return { refused: 'lockOffline' }
  return { sealed: toBase64Url(lock.answer(bytesOf(given['sealed']))) }
}

function issueNonce({ crypto, nonces }: Parts) {
  const nonce = toBase64Url(crypto.randomBytes(32))
  nonces.add(nonce)
  return { nonce, expiresAtMs: 1 }
}

function bytesOf(value: unknown): Uint8Array {
  return (typeof value === 'string' ? fromBase64Url(value) : undefined) ?? new Uint8Array(0)
}

function tokenFits({ account, hub }: Parts, given: z.infer<typeof body>): Refusal | undefined {
  if (account !== undefined) return { refused: 'setupClosed' }
  const fits = bytesEqual(bytesOf(given['setupToken']), hub.setupToken)
  return fits ? undefined : { refused: 'setupTokenUnusable' }
}

function proves(parts: Parts, given: z.infer<typeof body>, purpose: 'signIn' | 'registration') {
  const { crypto, nonces } = parts
  if (!nonces.delete(String(given['nonce']))) return false
  const message = labelled(purpose, bytesOf(given['nonce']))
  return crypto.verifyEd25519(bytesOf(given['publicKey']), message, bytesOf(given['signature']))
}

function makeAccount(parts: Parts, given: z.infer<typeof body>): Answer {
  if (!proves(parts, given, 'registration')) return { refused: 'registrationFailed' }
  const publicKey = bytesOf(given['publicKey'])
  parts.account = { id: '0'.repeat(32), name: String(given['name']), publicKey }
  return newSession(parts)
}

/** Lets in the account's own key, and every key in the lock's policy. */
function signIn(parts: Parts, given: z.infer<typeof body>): Answer {
  if (!proves(parts, given, 'signIn')) return { refused: 'signInFailed' }
  const publicKey = bytesOf(given['publicKey'])
  const user = memberWith(parts, publicKey)
  const own = parts.account !== undefined && bytesEqual(parts.account.publicKey, publicKey)
  if (!own && user === undefined) return { refused: 'signInFailed' }
  if (!own && parts.hub.unheard > 0) {
    parts.hub.unheard -= 1
    return { refused: 'signInFailed' }
  }
  if (!own) parts.account = { id: '1'.repeat(32), name: user?.name ?? '', publicKey }
  return newSession(parts)
}

function newSession(parts: Parts): Answer {
  const token = toBase64Url(parts.crypto.randomBytes(32))
  parts.tokens.set(token, parts.account)
  return { ...sessionOf(parts), token }
}

function sessionOf({ account }: Parts) {
  return {
    account: { id: account?.id ?? '', name: account?.name ?? '' },
    session: { id: '2'.repeat(32), idleExpiresAtMs: 1, expiresAtMs: 1 },
  }
}

/** Routes that need a session. */
function signedIn(
  parts: Parts,
  path: string,
  given: z.infer<typeof body>,
  query: URLSearchParams,
  { headers }: FetchInit,
): Answer {
  const token = headers['authorization']?.replace('Bearer ', '')
  if (token === undefined || !parts.tokens.has(token)) return { refused: 'notSignedIn' }
  parts.account = parts.tokens.get(token)
  const { lock, hub } = parts
  if (path === '/session') return { ...sessionOf(parts), locks: [] }
  const visible = hub.listed && lock.policy !== undefined
  if (path === '/locks') return { locks: visible ? [listing(parts)] : [] }
  switch (path.replace(`/locks/${toHex(lock.lockId)}`, '')) {
    case '/relay':
      if (!hub.online) return { refused: 'lockOffline' }
      return { sealed: toBase64Url(lock.answer(bytesOf(given['sealed']))) }
    case '/policy': {
      const version = lock.policy?.version ?? 0
      return { signed: toBase64Url(lock.signedReport()), version, receivedAtMs: 1 }
    }
    case '/events':
      return eventPage(parts, query)
    default:
      return { refused: 'notFound' }
  }
}

function memberWith({ lock }: Parts, publicKey: Uint8Array) {
  return lock.policy?.users
    .map((user) => ({ ...user, credentials: [...user.credentials, ...boundTo(lock, user.id)] }))
    .find(({ credentials }) =>
      credentials.some((one) => one.type === 'deviceKey' && bytesEqual(one.publicKey, publicKey)),
    )
}

function boundTo({ bindings }: FakeLock, userId: Uint8Array) {
  return bindings
    .filter((binding) => bytesEqual(binding.userId, userId))
    .map(({ credential }) => credential)
}

function listing(parts: Parts): object {
  const { lock, hub, account } = parts
  const user = account === undefined ? undefined : memberWith(parts, account.publicKey)
  return {
    lockId: toHex(lock.lockId),
    claimed: lock.policy !== undefined,
    name: hub.doorName,
    lockKey: toBase64Url(lock.lockKey),
    sealingKey: toBase64Url(hub.sealingKey),
    online: hub.online,
    sinceMs: 1,
    policyVersion: lock.policy?.version ?? 0,
    ...(user === undefined ? {} : { you: membership(user) }),
  }
}

type User = NonNullable<ReturnType<typeof memberWith>>

function membership({ id, name, role, verbs, credentials }: User): object {
  const own = credentials.flatMap((one) =>
    one.type !== 'deviceKey' && one.type !== 'passkey'
      ? []
      : [
          {
            credentialId: toBase64Url(one.id),
            type: one.type,
            publicKey: toBase64Url(one.publicKey),
          },
        ],
  )
  return { userId: toBase64Url(id), name, role, verbs, credentials: own }
}

function eventPage({ lock, hub }: Parts, query: URLSearchParams): Answer {
  const before = Number(query.get('before') ?? Infinity)
  const older = lock.journal.entries
    .map((bytes) => ({ bytes, sequence: entryMessage.decode(bytes).sequence }))
    .filter(({ sequence }) => sequence < before && hub.keepEntry(sequence))
    .toReversed()
  const page = older.slice(0, pageSize)
  const next = older.length > pageSize ? page.at(-1)?.sequence : undefined
  return {
    entries: page.map(({ bytes }) => toBase64Url(bytes)),
    signedHead: toBase64Url(lock.signedHead()),
    ...(next === undefined ? {} : { next }),
  }
}
