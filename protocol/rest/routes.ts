import * as z from 'zod/mini'
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
  readonly params: z.ZodMiniObject
  readonly query: z.ZodMiniObject
  /** Absent: no body. */
  readonly body?: z.ZodMiniObject
  readonly answer: z.ZodMiniType
  /** The answer is a stream of server-sent events, each of this shape. */
  readonly stream?: true
}

const nothing = z.strictObject({})
const oneLock = z.strictObject({ lockId: lockIdText })

/** The whole API. Names are the client's method names and the OpenAPI operation ids. */
export const routes = {
  getHealth: {
    method: 'GET',
    path: '/health',
    access: 'anyone',
    params: nothing,
    query: nothing,
    answer: schemas.health,
  },
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    access: 'anyone',
    params: nothing,
    query: nothing,
    answer: z.record(z.string(), z.unknown()),
  },
  getSetupStatus: {
    method: 'GET',
    path: '/setup/status',
    access: 'anyone',
    params: nothing,
    query: nothing,
    answer: schemas.setupStatus,
  },
  beginSetup: {
    method: 'POST',
    path: '/setup/begin',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.setupBegin,
    answer: schemas.registrationOptions,
  },
  finishSetup: {
    method: 'POST',
    path: '/setup/finish',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.setupFinish,
    answer: schemas.signedIn,
  },
  setupDevice: {
    method: 'POST',
    path: '/setup/device',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.setupDevice,
    answer: schemas.signedInDevice,
  },
  beginSignIn: {
    method: 'POST',
    path: '/sign-in/begin',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: schemas.signInOptions,
  },
  finishSignIn: {
    method: 'POST',
    path: '/sign-in/finish',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.signInFinish,
    answer: schemas.signedIn,
  },
  signInDevice: {
    method: 'POST',
    path: '/sign-in/device',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.signInDevice,
    answer: schemas.signedInDevice,
  },
  beginInvitation: {
    method: 'POST',
    path: '/invitations/begin',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: schemas.invitationOptions,
  },
  enterInvitation: {
    method: 'POST',
    path: '/invitations/enter',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.invitationEnter,
    answer: schemas.invitationEntered,
  },
  relayInvited: {
    method: 'POST',
    path: '/invitations/relay',
    access: 'anyone',
    params: nothing,
    query: nothing,
    body: schemas.invitationRelay,
    answer: schemas.relayAnswer,
  },
  signOut: {
    method: 'POST',
    path: '/sign-out',
    access: 'signedIn',
    params: nothing,
    query: nothing,
    body: nothing,
    answer: schemas.done,
  },
  getSession: {
    method: 'GET',
    path: '/session',
    access: 'signedIn',
    params: nothing,
    query: nothing,
    answer: schemas.currentSession,
  },
  listSessions: {
    method: 'GET',
    path: '/sessions',
    access: 'signedIn',
    params: nothing,
    query: nothing,
    answer: schemas.sessionList,
  },
  endOtherSessions: {
    method: 'DELETE',
    path: '/sessions',
    access: 'signedIn',
    params: nothing,
    query: nothing,
    answer: schemas.done,
  },
  endSession: {
    method: 'DELETE',
    path: '/sessions/:sessionId',
    access: 'signedIn',
    params: z.strictObject({ sessionId: idText }),
    query: nothing,
    answer: schemas.done,
  },
  listLocks: {
    method: 'GET',
    path: '/locks',
    access: 'signedIn',
    params: nothing,
    query: z.strictObject({
      after: z.optional(lockIdText),
      limit: z.optional(countText(lockPageMax, 1)),
    }),
    answer: schemas.lockList,
  },
  getLock: {
    method: 'GET',
    path: '/locks/:lockId',
    access: 'signedIn',
    params: oneLock,
    query: nothing,
    answer: schemas.lock,
  },
  getPolicy: {
    method: 'GET',
    path: '/locks/:lockId/policy',
    access: 'signedIn',
    params: oneLock,
    query: nothing,
    answer: schemas.signedPolicy,
  },
  getState: {
    method: 'GET',
    path: '/locks/:lockId/state',
    access: 'signedIn',
    params: oneLock,
    query: nothing,
    answer: schemas.lockState,
  },
  relay: {
    method: 'POST',
    path: '/locks/:lockId/relay',
    access: 'signedIn',
    params: oneLock,
    query: nothing,
    body: schemas.relayRequest,
    answer: schemas.relayAnswer,
  },
  listEvents: {
    method: 'GET',
    path: '/locks/:lockId/events',
    access: 'signedIn',
    params: oneLock,
    query: z.strictObject({
      before: z.optional(countText(Number.MAX_SAFE_INTEGER, 1)),
      limit: z.optional(countText(eventPageMax, 1)),
    }),
    answer: schemas.eventPage,
  },
  followEvents: {
    method: 'GET',
    path: '/events',
    access: 'signedIn',
    params: nothing,
    query: nothing,
    answer: schemas.liveEvent,
    stream: true,
  },
} as const satisfies Readonly<Record<string, Route>>

export type Routes = typeof routes
export type RouteName = keyof Routes
