import type { Reason } from '@mortise/protocol/words'

export interface Advice {
  /** Completes "The lock refused: ...". */
  readonly because: string
  readonly nextStep: string
}

const askOwner = 'Ask an owner of the lock.'
const tryAgain = 'Try again.'
const updateBoth = 'Update this program and the software of the lock, then try again.'

/** What each reason of the lock means for a person, and what they can do. */
const advice: { readonly [Word in Reason]: Advice } = {
  granted: { because: 'it was allowed', nextStep: 'Look at the door.' },
  alreadyThere: { because: 'the bolt is there already', nextStep: 'Nothing is to be done.' },
  malformed: { because: 'it could not read the command', nextStep: updateBoth },
  unsealable: {
    because: 'the command was sealed to another key',
    nextStep: 'Compare the safety code of the lock.',
  },
  wrongLock: {
    because: 'the command was for another lock',
    nextStep: 'Compare the safety code of the lock.',
  },
  busy: { because: 'it is busy', nextStep: 'Try again in a few seconds.' },
  unknownCredential: {
    because: 'it does not know this device',
    nextStep: 'Ask an owner to add this device.',
  },
  unknownInvitation: {
    because: 'it does not know this invitation',
    nextStep: 'It was used or withdrawn; ask for a new one.',
  },
  invitationExpired: { because: 'the invitation has ended', nextStep: 'Ask for a new one.' },
  badProof: {
    because: 'the proof is not good',
    nextStep: 'Try again; if it stays, ask an owner to add this device anew.',
  },
  noUserVerification: {
    because: 'nobody confirmed with finger, face or device PIN',
    nextStep: 'Set up a screen lock on this device, then try again.',
  },
  wrongOrigin: {
    because: 'the app was opened at an address that the owners did not allow',
    nextStep: 'Open the app at its usual address.',
  },
  challengeUnknown: { because: 'the command was not for this moment', nextStep: tryAgain },
  challengeExpired: { because: 'the command took too long', nextStep: tryAgain },
  unknownCode: { because: 'it does not know the code', nextStep: askOwner },
  userDisabled: { because: 'this access is switched off', nextStep: askOwner },
  notYetValid: {
    because: 'this access has not begun',
    nextStep: 'Wait until it begins, or ask an owner.',
  },
  noLongerValid: { because: 'this access has ended', nextStep: askOwner },
  timeUncertain: {
    because: 'it is not sure of the time',
    nextStep: 'An owner can confirm the time by locking or unlocking once.',
  },
  verbNotAllowed: { because: 'this person may not do that', nextStep: askOwner },
  keypadLockedOut: {
    because: 'the keypad is locked after wrong codes',
    nextStep: 'Wait, or use a phone or a key.',
  },
  notClaimed: { because: 'it has no owner yet', nextStep: 'Claim the lock first.' },
  alreadyClaimed: { because: 'it has an owner', nextStep: 'Ask the owner to add you.' },
  setupWindowClosed: {
    because: 'it is not in setup',
    nextStep: 'Press the button on the inside, then claim within ten minutes.',
  },
  wrongSetupCode: {
    because: 'the setup code is not the one that it shows',
    nextStep: 'Copy the setup text from the inside of the lock again.',
  },
  policyConflict: {
    because: 'somebody else changed the list of people meanwhile',
    nextStep: 'Look at the list as it is now, then make your change again.',
  },
  notAuthorized: { because: 'this person may not make that change', nextStep: askOwner },
  insideButtonNeeded: {
    because: 'such a change needs somebody inside',
    nextStep: 'Press the button on the inside, then try again within ten minutes.',
  },
  policyInvalid: {
    because: 'the list of people does not hold together',
    nextStep: 'Look at the list as it is now, then make your change again.',
  },
  lastOwner: { because: 'one owner must stay', nextStep: 'Make somebody else an owner first.' },
  pinMissing: { because: 'a new code came without its digits', nextStep: updateBoth },
  pinUnexpected: { because: 'digits came for no new code', nextStep: updateBoth },
  pinTooGuessable: {
    because: 'the code is too easy to guess',
    nextStep: 'Use another code, or let one be drawn.',
  },
  pinTaken: {
    because: 'the code cannot be used',
    nextStep: 'Use another code, or let one be drawn.',
  },
  jammed: { because: 'the bolt is stuck', nextStep: 'Push or pull the door, then try again.' },
  boltNotConfirmed: {
    because: 'the sensor does not confirm the bolt',
    nextStep: 'Look at the door.',
  },
  interrupted: { because: 'it was interrupted', nextStep: 'Look at the door, then try again.' },
}

export function adviceFor(reason: Reason): Advice {
  return advice[reason]
}
