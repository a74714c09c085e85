import type { RestErrorCode } from '#protocol/rest/errors.ts'
import type { RouteName } from '#protocol/rest/routes.ts'

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

/** What a route is for, and how it refuses besides `commonErrors`. */
export interface RouteDescription {
  readonly summary: string
  readonly errors: readonly RestErrorCode[]
}

/** Apart from the routes, so that no client carries words that only the description of the API needs. */
export const routeDescriptions: Readonly<Record<RouteName, RouteDescription>> = {
  getHealth: {
    summary: 'Whether the hub runs.',
    errors: [],
  },
  getOpenApi: {
    summary: 'This description, OpenAPI 3.1.',
    errors: [],
  },
  getSetupStatus: {
    summary: 'Whether the first account is still to be made.',
    errors: [],
  },
  beginSetup: {
    summary: 'A nonce for the first passkey or device key.',
    errors: ['setupClosed', 'setupTokenUnusable'],
  },
  finishSetup: {
    summary: 'Makes the first account with a passkey; sets the session cookie.',
    errors: ['setupClosed', 'setupTokenUnusable', 'nonceUnusable', 'registrationFailed'],
  },
  setupDevice: {
    summary: 'Makes the first account with a device key; answers with a bearer token.',
    errors: ['setupClosed', 'setupTokenUnusable', 'nonceUnusable', 'registrationFailed'],
  },
  beginSignIn: {
    summary: 'A nonce for one sign-in, good for five minutes.',
    errors: [],
  },
  finishSignIn: {
    summary: 'Signs in with a passkey; sets the session cookie.',
    errors: ['nonceUnusable', 'signInFailed'],
  },
  signInDevice: {
    summary: 'Signs in with a device key; answers with a bearer token.',
    errors: ['nonceUnusable', 'signInFailed'],
  },
  beginInvitation: {
    summary: 'A nonce for the ticket of one invitation, good for five minutes.',
    errors: [],
  },
  enterInvitation: {
    summary: 'Lets the holder of a ticket reach that one lock, for a few minutes, to accept.',
    errors: ['nonceUnusable', 'invitationUnknown', 'invitationUsed', 'invitationExpired'],
  },
  relayInvited: {
    summary: 'Hands a sealed request of the holder of a ticket to the lock of that invitation.',
    errors: ['notSignedIn', 'lockOffline', 'lockTimeout', 'lockBusy', 'lockCannotRead'],
  },
  signOut: {
    summary: 'Ends this session.',
    errors: ['notSignedIn'],
  },
  getSession: {
    summary: 'The account, this session and the first page of locks.',
    errors: ['notSignedIn'],
  },
  listSessions: {
    summary:
      'Where this account is signed in. An account has at most fifty sessions; the oldest ends.',
    errors: ['notSignedIn'],
  },
  endOtherSessions: {
    summary: 'Ends every session of this account but this one.',
    errors: ['notSignedIn'],
  },
  endSession: {
    summary: 'Ends one session of this account.',
    errors: ['notSignedIn'],
  },
  listLocks: {
    summary: 'Locks whose own signed report names a credential of this account.',
    errors: ['notSignedIn'],
  },
  getLock: {
    summary: 'One lock of this account, or one that nobody has claimed.',
    errors: ['notSignedIn'],
  },
  getPolicy: {
    summary: 'The lock-signed policy report. Not for guests.',
    errors: ['notSignedIn', 'notAllowed', 'notYetValid'],
  },
  getState: {
    summary: 'The last state that the lock signed.',
    errors: ['notSignedIn', 'notYetValid'],
  },
  relay: {
    summary:
      'Hands a sealed request to the lock now and answers with its sealed reply; nothing is queued.',
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
    summary: 'The journal, newest first, with the head that the lock signed. Not for guests.',
    errors: ['notSignedIn', 'notAllowed', 'notYetValid'],
  },
  followEvents: {
    summary: 'Server-sent events about every lock of the account, with a heartbeat.',
    errors: ['notSignedIn'],
  },
}
