import { RestError, restErrorStatus } from '@mortise/protocol/rest'
import type { RestErrorCode } from '@mortise/protocol/rest'

/** For the log and developers; and, where there is something to do, what people can do. */
const texts: Readonly<Record<RestErrorCode, readonly [message: string, nextStep?: string]>> = {
  malformedRequest: ['the request does not fit the schema of its route'],
  notSignedIn: ['there is no live session', 'Sign in again.'],
  signInFailed: [
    'the proof is not of a key that is known here',
    'Try the passkey of another device, or ask an owner of the door to add this one.',
  ],
  nonceUnusable: ['the nonce is unknown, used or too old', 'Start again.'],
  setupTokenUnusable: [
    'the setup token is wrong, used or too old',
    'Make a new link on the machine of the hub: npm run hub -- setup-link',
  ],
  setupClosed: ['an account exists', 'Sign in instead.'],
  registrationFailed: [
    'the new key does not check out',
    'Try again, on a device with a screen lock.',
  ],
  invitationUnknown: [
    'no open invitation has this ticket',
    'It may have been withdrawn, or be for a door on another hub. Ask for a new link.',
  ],
  invitationUsed: ['the invitation was used', 'Sign in instead, or ask for a new link.'],
  invitationExpired: ['the time of the invitation is over', 'Ask for a new link.'],
  foreignOrigin: [
    'the request comes from a page that is not the app',
    'Open the app at the address that the hub was set up with.',
  ],
  notAllowed: ['the role does not include this', 'Ask an owner of the door.'],
  notYetValid: ['the access has not begun', 'Wait until your access begins.'],
  notFound: ['there is no such thing here'],
  methodNotAllowed: ['the method does not fit the address'],
  bodyTooLarge: ['the body is too large'],
  bodyNotJson: ['the body must be JSON with content-type application/json'],
  rateLimited: ['too many requests', 'Wait a moment, then try again.'],
  lockCannotRead: [
    'the lock could not open the sealed request',
    'Load the door again; its keys may have changed.',
  ],
  lockBusy: ['too many requests are waiting for this lock', 'Try again in a moment.'],
  lockOffline: [
    'the lock is not connected to the hub',
    'Codes and keys at the door still work. Check the power and the network of the lock.',
  ],
  lockTimeout: [
    'the lock did not answer in time',
    'Look at the door: what you asked for may have happened.',
  ],
  internal: ['the hub failed', 'Try again; if it stays, look into the log of the hub.'],
}

/** The error that the API answers with. */
export function refusal(code: RestErrorCode, retryAfterSeconds?: number): RestError {
  const [message, nextStep] = texts[code]
  return new RestError(code, restErrorStatus[code], {
    message,
    ...(nextStep === undefined ? {} : { nextStep }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  })
}
