import type { KeyholderErrorCode } from './error-codes.ts'

/** Message and next step of every error, for people who read English. The app has words of its own. */
const sentences: Readonly<
  Record<KeyholderErrorCode, readonly [sentence: string, nextStep: string]>
> = {
  // The way to the lock
  hubUnreachable: [
    'The hub cannot be reached',
    'Check the network and the address of the hub. After a command, look at the door before you try again.',
  ],
  signedOut: ['The hub does not know this session', 'Sign in at the hub again.'],
  tooManyRequests: ['The hub asks for patience', 'Wait a minute, then try again.'],
  notAllowedByHub: [
    'The hub does not let this account reach the lock',
    'Ask an owner to give you access to the lock.',
  ],
  lockOffline: [
    'The lock has no connection to the hub',
    'Codes and keys still work at the door. Check the power and the network of the lock.',
  ],
  noAnswer: [
    'The lock did not answer in time, so it is unknown whether it acted',
    'Look at the state of the door before you try again.',
  ],
  wayTooSlow: [
    'The way to the lock took so long that nothing was sent',
    'Try again. Codes and keys still work at the door.',
  ],
  lockBusy: ['The lock is busy with another request', 'Try again in a few seconds.'],
  requestUndeliverable: [
    'The lock could not read the request',
    'Check that this device knows the right lock; compare the safety code.',
  ],
  // What came back
  replyUnreadable: [
    'The answer cannot be read',
    'Try again. If it happens every time, somebody alters the messages: use the keypad or a key.',
  ],
  replyForged: [
    'The answer does not carry the signature of the lock',
    'Do not trust what the hub shows. Use the keypad or a key, and check the hub.',
  ],
  replyMismatched: [
    'The lock signed this answer for another question',
    'Somebody replays old answers. Do not trust what the hub shows, and check the hub.',
  ],
  wrongLock: [
    'The keys belong to another lock',
    'Compare the safety code with a device that you trust.',
  ],
  lockKeyChanged: [
    'The keys of this lock are not the ones that this device knows',
    'Do not go on. Compare the safety code with a device that you trust.',
  ],
  // What the lock decided
  refused: ['The lock refused', 'Ask an owner of the lock.'],
  failed: ['The lock tried, and the door did not follow', 'Look at the door.'],
  // Policy
  policyForged: [
    'The list of people was not signed by this lock',
    'Do not trust what the hub shows, and check the hub.',
  ],
  policyForked: [
    'The lock has signed two different lists with the same number',
    'Somebody may have tampered with the lock: check it, and the list of people.',
  ],
  policyOutdated: [
    'The hub does not have the newest list of people',
    'Wait until the lock has sent it to the hub, then try again.',
  ],
  policyConflict: [
    'Somebody else changed the list of people meanwhile',
    'Look at the list as it is now, then make your change again.',
  ],
  editImpossible: [
    'The change does not fit the list of people as it is',
    'Look at the list as it is now, then make your change again.',
  ],
  policyUnfit: [
    'The change makes a list that no lock accepts',
    'Change what it names. Names are short and without special characters.',
  ],
  pinUnfit: [
    'The code is too easy to guess, or has the wrong length',
    'Use six to ten digits without a pattern and without a date, or let one be drawn.',
  ],
  // What this device has
  lockUnknown: ['This device does not know the lock', 'Claim the lock, or open the invitation.'],
  noCredential: [
    'This device has nothing to prove itself with at this lock',
    'Ask an owner to add this device.',
  ],
  proofCancelled: [
    'The proof was cancelled',
    'Try again and confirm with your finger, face or PIN of the device.',
  ],
  proofUnavailable: [
    'This device cannot prove itself',
    'Use the device that was added to the lock.',
  ],
  // Texts that people carry
  claimTextWrong: [
    'This is not the setup text of a lock, or a part of it is missing',
    'Scan or copy the whole text from the inside of the lock.',
  ],
  invitationWrong: [
    'This is not an invitation, or a part of it is missing',
    'Open or copy the whole link that you were sent.',
  ],
  invitationUnknown: [
    'The hub knows no such invitation: it was withdrawn, or is for a door on another hub',
    'Ask the person who invited you for a new link.',
  ],
  invitationUsed: [
    'The invitation was used',
    'If it was you, sign in. Otherwise tell the person who invited you, and ask for a new link.',
  ],
  invitationOver: [
    'The time of the invitation is over',
    'Ask the person who invited you for a new link.',
  ],
  // Ours
  randomnessBroken: [
    'The random generator of this device does not work',
    'Restart the device; do not use it for keys until this is repaired.',
  ],
}

export function sentenceFor(
  code: KeyholderErrorCode,
): readonly [sentence: string, nextStep: string] {
  return sentences[code]
}
