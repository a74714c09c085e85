import type { Blame } from '@mortise/protocol/errors'
import { MortiseError } from '@mortise/protocol/errors'
import type { Receipt } from '@mortise/protocol/wire'
import type { Reason } from '@mortise/protocol/words'
import { adviceFor } from './advice.ts'

/** Everything that can go wrong between a person and a lock: message and next step for people. */
const table = {
  // The way to the lock
  hubUnreachable: [
    'world',
    'The hub cannot be reached',
    'Check the network and the address of the hub. After a command, look at the door before you try again.',
  ],
  signedOut: ['caller', 'The hub does not know this session', 'Sign in at the hub again.'],
  tooManyRequests: ['world', 'The hub asks for patience', 'Wait a minute, then try again.'],
  notAllowedByHub: [
    'caller',
    'The hub does not let this account reach the lock',
    'Ask an owner to give you access to the lock.',
  ],
  lockOffline: [
    'world',
    'The lock has no connection to the hub',
    'Codes and keys still work at the door. Check the power and the network of the lock.',
  ],
  noAnswer: [
    'world',
    'The lock did not answer in time, so it is unknown whether it acted',
    'Look at the state of the door before you try again.',
  ],
  lockBusy: ['world', 'The lock is busy with another request', 'Try again in a few seconds.'],
  requestUndeliverable: [
    'world',
    'The lock could not read the request',
    'Check that this device knows the right lock; compare the safety code.',
  ],
  // What came back
  replyUnreadable: [
    'world',
    'The answer cannot be read',
    'Try again. If it happens every time, somebody alters the messages: use the keypad or a key.',
  ],
  replyForged: [
    'world',
    'The answer does not carry the signature of the lock',
    'Do not trust what the hub shows. Use the keypad or a key, and check the hub.',
  ],
  replyMismatched: [
    'world',
    'The lock signed this answer for another question',
    'Somebody replays old answers. Do not trust what the hub shows, and check the hub.',
  ],
  wrongLock: [
    'world',
    'The keys belong to another lock',
    'Compare the safety code with a device that you trust.',
  ],
  lockKeyChanged: [
    'world',
    'The keys of this lock are not the ones that this device knows',
    'Do not go on. Compare the safety code with a device that you trust.',
  ],
  // What the lock decided
  refused: ['caller', 'The lock refused', 'Ask an owner of the lock.'],
  failed: ['world', 'The lock tried, and the door did not follow', 'Look at the door.'],
  // Policy
  policyForged: [
    'world',
    'The list of people was not signed by this lock',
    'Do not trust what the hub shows, and check the hub.',
  ],
  policyForked: [
    'world',
    'The lock has signed two different lists with the same number',
    'Somebody may have tampered with the lock: check it, and the list of people.',
  ],
  policyOutdated: [
    'world',
    'The hub does not have the newest list of people',
    'Wait until the lock has sent it to the hub, then try again.',
  ],
  policyConflict: [
    'caller',
    'Somebody else changed the list of people meanwhile',
    'Look at the list as it is now, then make your change again.',
  ],
  editImpossible: [
    'caller',
    'The change does not fit the list of people as it is',
    'Look at the list as it is now, then make your change again.',
  ],
  policyUnfit: [
    'caller',
    'The change makes a list that no lock accepts',
    'Use shorter names without special characters, and fewer entries.',
  ],
  pinUnfit: [
    'caller',
    'The code is too easy to guess, or has the wrong length',
    'Use six to ten digits without a pattern and without a date, or let one be drawn.',
  ],
  // What this device has
  lockUnknown: [
    'caller',
    'This device does not know the lock',
    'Claim the lock, or open the invitation.',
  ],
  noCredential: [
    'caller',
    'This device has nothing to prove itself with at this lock',
    'Ask an owner to add this device.',
  ],
  proofCancelled: [
    'caller',
    'The proof was cancelled',
    'Try again and confirm with your finger, face or PIN of the device.',
  ],
  proofUnavailable: [
    'caller',
    'This device cannot prove itself',
    'Use the device that was added to the lock.',
  ],
  // Texts that people carry
  claimTextWrong: [
    'caller',
    'This is not the setup text of a lock, or a part of it is missing',
    'Scan or copy the whole text from the inside of the lock.',
  ],
  invitationWrong: [
    'caller',
    'This is not an invitation, or a part of it is missing',
    'Open or copy the whole link that you were sent.',
  ],
  invitationUnknown: [
    'caller',
    'The hub knows no such invitation: it was withdrawn, or is for a door on another hub',
    'Ask the person who invited you for a new link.',
  ],
  invitationUsed: [
    'caller',
    'The invitation was used',
    'If it was you, sign in. Otherwise tell the person who invited you, and ask for a new link.',
  ],
  invitationOver: [
    'caller',
    'The time of the invitation is over',
    'Ask the person who invited you for a new link.',
  ],
  // Ours
  randomnessBroken: [
    'bug',
    'The random generator of this device does not work',
    'Restart the device; do not use it for keys until this is repaired.',
  ],
} as const satisfies Record<string, readonly [Blame, string, string]>

export type KeyholderErrorCode = keyof typeof table

export const keyholderErrorCodes: readonly KeyholderErrorCode[] = Object.keys(table).filter(
  (code): code is KeyholderErrorCode => Object.hasOwn(table, code),
)

export interface KeyholderErrorOptions {
  /** Added to the message; never a secret. */
  readonly detail?: string
  readonly cause?: unknown
}

/** The errors of the keyholder; callers switch on `code`. */
export class KeyholderError extends MortiseError<KeyholderErrorCode> {
  override readonly name: string = 'KeyholderError'

  constructor(code: KeyholderErrorCode, options: KeyholderErrorOptions = {}) {
    const [blame, sentence, nextStep] = table[code]
    const message = options.detail === undefined ? sentence : `${sentence}: ${options.detail}`
    super(blame, code, message, {
      nextStep,
      ...(options.cause === undefined ? {} : { cause: options.cause }),
    })
  }
}

/** The lock's own signed no, or its signed "it did not work". */
export class LockRefusal extends MortiseError<'refused' | 'failed'> {
  override readonly name: string = 'LockRefusal'
  readonly reason: Reason
  /** Absent when the lock refused to give a challenge, so that no command was made. */
  readonly receipt: Receipt | undefined

  constructor(outcome: 'refused' | 'failed', reason: Reason, receipt?: Receipt) {
    const [blame, sentence] = table[outcome]
    const { because, nextStep } = adviceFor(reason)
    super(blame, outcome, `${sentence}: ${because}`, { nextStep })
    this.reason = reason
    this.receipt = receipt
  }
}

/** Whether a command may have been carried out although no receipt came, if the hub is honest. */
export function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof KeyholderError)) return false
  return error.code === 'noAnswer' || error.code === 'hubUnreachable'
}

const withoutReceipt: ReadonlySet<string> = new Set<KeyholderErrorCode>([
  'noAnswer',
  'hubUnreachable',
  'lockOffline',
  'lockBusy',
  'requestUndeliverable',
  'replyUnreadable',
  'replyForged',
  'replyMismatched',
])

/** Whether the lock itself has said nothing about a command: what the hub says is no proof. */
export function lacksReceipt(error: unknown): boolean {
  return error instanceof KeyholderError && withoutReceipt.has(error.code)
}
