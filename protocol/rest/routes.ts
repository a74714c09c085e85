import * as z from 'zod/mini'
import type { RestErrorCode } from '#protocol/rest/errors.ts'
import { countText, idText, lockIdText } from '#protocol/rest/fields.ts'
import * as schemas from '#protocol/rest/schemas.ts'

/** What all addresses begin with. */
export const restPrefix = '/api/v1'

/** Largest page of history and of locks. */
export const eventPageMax = 200
export const lockPageMax = 100

/** Who may call: with a session, or anybody who passes the rate limits. */
export type Access = 'anyone' | 'signedIn'

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below the prefix, with `:name` for what `params` describes. */
  readonly path: string
  readonly access: Access
  readonly summary: string
  readonly params: z.ZodMiniObject
  readonly query: z.ZodMiniObject
  /** Absent: no body. */
  readonly body?: z.ZodMiniObject
  readonly answer: z.ZodMiniType
  /** Besides the ones that every route has (`commonErrors`). */
  readonly errors: readonly RestErrorCode[]
  /** The answer is a stream of server-sent events, each of this shape. */
  readonly stream?: true
}

const nothing = z.strictObject({})
const oneLock = z.strictObject({ lockId: lockIdText })

/** Refusals that any route may give. */
export const commonErrors = [
  'malformedRequest',
  'foreignOrigin',
  'notFound',
  'methodNotAllowed',
  'bodyTooLarge',
  'bodyNotJson',
  'rateLimited',
  'internal',
] as const satisfies readonly RestErrorCode[]

/** The whole API. Names are the client's method names and the OpenAPI operation ids. */
export const routes = {
  getHealth: {
    method: 'GET',
    path: '/health',
    access: 'anyone',
    summary: 'Whether the hub runs.',
    params: nothing,
    query: nothing,
    answer: schemas.health,
    errors: [],
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    access: 'anyone',
    summary: 'This description, OpenAPI 3.1.',
    params: nothing,
    query: nothing,
    answer: z.record(z.string(), z.unknown()),
    errors: [],
  },
  getSetupStatus: {
    method: 'GET',
    path: '/setup/status',
    access: 'anyone',
    summary: 'Whether the first account is still to be made.',
    params: nothing,
    query: nothing,
    answer: schemas.setupStatus,
    errors: [],
  },
  beginSetup: {
    method: 'POST',
    path: '/setup/begin',
    access: 'anyone',
    summary: 'A nonce for the first passkey or device key.',
    params: nothing,
    query: nothing,
    body: schemas.setupBegin,
    answer: schemas.registrationOptions,
    errors: ['setupClosed', 'setupTokenUnusable'],
  },
  finishSetup: {
    method: 'POST',
    path: '/setup/finish',
    access: 'anyone',
    summary: 'Makes the first account with a passkey; sets the session cookie.',
    params: nothing,
    query: nothing,
    body: schemas.setupFinish,
    answer: schemas.signedIn,
    errors: ['setupClosed', 'setupTokenUnusable', 'nonceUnusable', 'registrationFailed'],
  },
  setupDevice: {
    method: 'POST',
    path: '/setup/device',
    access: 'anyone',
    summary: 'Makes the first account with a device key; answers with a bearer token.',
    params: nothing,
    query: nothing,
    body: schemas.setupDevice,
    answer: schemas.signedInDevice,
    errors: ['setupClosed', 'setupTokenUnusable', 'nonceUnusable', 'registrationFailed'],
  },
  beginSignIn: {
    method: 'POST',
    path: '/sign-in/begin',
    access: 'anyone',
    summary: 'A nonce for one sign-in, good for five minutes.',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: schemas.signInOptions,
    errors: [],
  },
  finishSignIn: {
    method: 'POST',
    path: '/sign-in/finish',
    access: 'anyone',
    summary: 'Signs in with a passkey; sets the session cookie.',
    params: nothing,
    query: nothing,
    body: schemas.signInFinish,
    answer: schemas.signedIn,
    errors: ['nonceUnusable', 'signInFailed'],
  },
  signInDevice: {
    method: 'POST',
    path: '/sign-in/device',
    access: 'anyone',
    summary: 'Signs in with a device key; answers with a bearer token.',
    params: nothing,
    query: nothing,
    body: schemas.signInDevice,
    answer: schemas.signedInDevice,
    errors: ['nonceUnusable', 'signInFailed'],
  },
  beginInvitation: {
    method: 'POST',
    path: '/invitations/begin',
    access: 'anyone',
    summary: 'A nonce for the ticket of one invitation, good for five minutes.',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: schemas.invitationOptions,
    errors: [],
  },
  enterInvitation: {
    method: 'POST',
    path: '/invitations/enter',
    access: 'anyone',
    summary: 'Lets the holder of a ticket reach that one lock, for a few minutes, to accept.',
    params: nothing,
    query: nothing,
    body: schemas.invitationEnter,
    answer: schemas.invitationEntered,
    errors: ['nonceUnusable', 'invitationUnknown', 'invitationUsed', 'invitationExpired'],
  },
  relayInvited: {
    method: 'POST',
    path: '/invitations/relay',
    access: 'anyone',
    summary: 'Hands a sealed request of the holder of a ticket to the lock of that invitation.',
    params: nothing,
    query: nothing,
    body: schemas.invitationRelay,
    answer: schemas.relayAnswer,
    errors: ['notSignedIn', 'lockOffline', 'lockTimeout', 'lockBusy', 'lockCannotRead'],
  },
  signOut: {
    method: 'POST',
    path: '/sign-out',
    access: 'signedIn',
    summary: 'Ends this session.',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: schemas.done,
    errors: ['notSignedIn'],
  },
  getSession: {
    method: 'GET',
    path: '/session',
    access: 'signedIn',
    summary: 'The account, this session and the first page of locks.',
    params: nothing,
    query: nothing,
    answer: schemas.currentSession,
    errors: ['notSignedIn'],
  },
  listSessions: {
    method: 'GET',
    path: '/sessions',
    access: 'signedIn',
    summary:
      'Where this account is signed in. An account has at most fifty sessions; the oldest ends.',
    params: nothing,
    query: nothing,
    answer: schemas.sessionList,
    errors: ['notSignedIn'],
  },
  endOtherSessions: {
    method: 'DELETE',
    path: '/sessions',
    access: 'signedIn',
    summary: 'Ends every session of this account but this one.',
    params: nothing,
    query: nothing,
    answer: schemas.done,
    errors: ['notSignedIn'],
  },
  endSession: {
    method: 'DELETE',
    path: '/sessions/:sessionId',
    access: 'signedIn',
    summary: 'Ends one session of this account.',
    params: z.strictObject({ sessionId: idText }),
    query: nothing,
    answer: schemas.done,
    errors: ['notSignedIn'],
  },
  listLocks: {
    method: 'GET',
    path: '/locks',
    access: 'signedIn',
    summary: 'Locks whose own signed report names a credential of this account.',
    params: nothing,
    query: z.strictObject({
      after: z.optional(lockIdText),
      limit: z.optional(countText(lockPageMax, 1)),
    }),
    answer: schemas.lockList,
    errors: ['notSignedIn'],
  },
  getLock: {
    method: 'GET',
    path: '/locks/:lockId',
    access: 'signedIn',
    summary: 'One lock of this account, or one that nobody has claimed.',
    params: oneLock,
    query: nothing,
    answer: schemas.lock,
    errors: ['notSignedIn'],
  },
  getPolicy: {
    method: 'GET',
    path: '/locks/:lockId/policy',
    access: 'signedIn',
    summary: 'The lock-signed policy report. Not for guests.',
    params: oneLock,
    query: nothing,
    answer: schemas.signedPolicy,
    errors: ['notSignedIn', 'notAllowed', 'notYetValid'],
  },
  getState: {
    method: 'GET',
    path: '/locks/:lockId/state',
    access: 'signedIn',
    summary: 'The last state that the lock signed.',
    params: oneLock,
    query: nothing,
    answer: schemas.lockState,
    errors: ['notSignedIn', 'notYetValid'],
  },
  relay: {
    method: 'POST',
    path: '/locks/:lockId/relay',
    access: 'signedIn',
    summary:
      'Hands a sealed request to the lock now and answers with its sealed reply; nothing is queued.',
    params: oneLock,
    query: nothing,
    body: schemas.relayRequest,
    answer: schemas.relayAnswer,
    errors: [
      'notSignedIn',
      'notYetValid',
      'lockOffline',
      'lockTimeout',
      'lockBusy',
      'lockCannotRead',
    ],
  },
  listEvents: {
    method: 'GET',
    path: '/locks/:lockId/events',
    access: 'signedIn',
    summary: 'The journal, newest first, with the head that the lock signed. Not for guests.',
    params: oneLock,
    query: z.strictObject({
      before: z.optional(countText(Number.MAX_SAFE_INTEGER, 1)),
      limit: z.optional(countText(eventPageMax, 1)),
    }),
    answer: schemas.eventPage,
    errors: ['notSignedIn', 'notAllowed', 'notYetValid'],
  },
  followEvents: {
    method: 'GET',
    path: '/events',
    access: 'signedIn',
    summary: 'Server-sent events about every lock of the account, with a heartbeat.',
    params: nothing,
    query: nothing,
    answer: schemas.liveEvent,
    errors: ['notSignedIn'],
    stream: true,
  },
} as const satisfies Readonly<Record<string, Route>>

export type Routes = typeof routes
export type RouteName = keyof Routes
