import type { Reason } from '@mortise/protocol/words'

/** What can go wrong before or after the lock decides. The lock's own reasons are `Reason`. */
export const appTroubles = [
  /** The phone has no network. */
  'offline',
  /** The hub does not answer. */
  'hubAway',
  /** The hub answers and has no link to the lock. */
  'lockAway',
  /** Sent, and no receipt came back in time: nobody knows what the bolt did. */
  'noAnswer',
  /** Asked, answered too late, and therefore not sent. */
  'wayTooSlow',
  /** An answer does not carry the signature of the lock that this phone knows. */
  'notTheLock',
  /** The lock contradicts what it signed before. */
  'lockContradicts',
  /** The hub does not have the list that the lock says is in force. */
  'listNotHere',
  /** The list has changed so that the wish makes no sense any more. */
  'wishPassed',
  /** The person closed the passkey sheet, or it timed out. */
  'gestureCancelled',
  /** This browser or device has no passkey that fits. */
  'noPasskey',
  /** This browser makes no passkeys at this address. */
  'passkeysImpossible',
  /** The hub does not know the passkey. */
  'signInRefused',
  /** The hub's session has ended. */
  'signedOut',
  /** The hub does not let this account do it. */
  'notAllowedByHub',
  /** The setup link was used, is wrong or is older than fifteen minutes. */
  'setupLinkSpent',
  /** The hub has its first account already. */
  'setupOver',
  /** The pasted text is not a lock's setup text. */
  'setupTextWrong',
  /** This phone knew a door, and its person belongs to none any more. */
  'accessOver',
  /** The opened link is not a whole invitation. */
  'invitationWrong',
  /** Somebody has accepted the invitation. */
  'invitationUsed',
  /** The hub asks for patience. */
  'tooManyTries',
  /** The camera is not there or not allowed. */
  'noCamera',
  /** Storage of this browser is full or forbidden. */
  'noStorage',
  /** Ours. */
  'unexpected',
] as const
export type AppTrouble = (typeof appTroubles)[number]

/** Why something did not happen: the lock's reason, or what kept the lock from being asked. */
export type Trouble = Reason | AppTrouble
