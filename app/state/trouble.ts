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
  /** The answer was not signed by the lock that this phone pinned. */
  'notTheLock',
  /** The person closed the passkey sheet. */
  'gestureCancelled',
  /** This browser or device has no passkey that fits. */
  'noPasskey',
  /** The hub's session has ended. */
  'signedOut',
  /** The setup link was used, is wrong or is older than fifteen minutes. */
  'setupLinkSpent',
  /** The pasted text is not a lock's setup text. */
  'setupTextWrong',
  /** The hub asks for patience. */
  'tooManyTries',
  'noCamera',
  /** Storage of this browser is full or forbidden. */
  'noStorage',
  /** Ours. */
  'unexpected',
] as const
export type AppTrouble = (typeof appTroubles)[number]

/** Why something did not happen: the lock's reason, or what kept the lock from being asked. */
export type Trouble = Reason | AppTrouble
