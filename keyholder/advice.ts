import type { Attempt, Reason } from '@mortise/protocol/words'

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
  nonAccessUser: {
    because: 'this person is known to the lock, but does not open it',
    nextStep: 'Ask an owner.',
  },
  remoteOnly: {
    because: 'this works from afar only',
    nextStep: 'Use the phone instead of the keypad.',
  },
  anotherCredentialNeeded: {
    because: 'that was right. One more proof is needed',
    nextStep: 'Show the second one within a minute.',
  },
  outsideSchedule: {
    because: 'not at this time',
    nextStep: 'Your hours here are on the door’s page. An owner can change them.',
  },
  holiday: {
    because: 'not on this holiday',
    nextStep: 'Ask an owner.',
  },
  quietHours: {
    because: 'not in the quiet hours',
    nextStep: 'Ask an owner.',
  },
  beforeHousehold: {
    because: 'nobody of the household has been in today',
    nextStep: 'Try again after somebody who lives here has opened.',
  },
  usedUp: {
    because: 'this has been used as often as it may be',
    nextStep: 'Ask an owner.',
  },
  expired: {
    because: 'the time after the first use is over',
    nextStep: 'Ask an owner.',
  },
  tooLongOffline: {
    because: 'the lock has not heard from its hub for too long',
    nextStep: 'Guests wait until the hub is back, or until an owner opens.',
  },
  vacationMode: {
    because: 'the lock is in vacation mode',
    nextStep: 'An owner, or whoever set the mode, can end it in the app.',
  },
  privacyMode: {
    because: 'the lock is in privacy mode',
    nextStep: 'Ring the bell. Owners can end the mode in the app.',
  },
  remoteDisabled: {
    because: 'opening from afar is switched off',
    nextStep: 'Use a code or a finger at the door, or change the mode.',
  },
  lockdownMode: {
    because: 'the lock is locked down',
    nextStep: 'Only an owner can open or end this.',
  },
  channelClosed: {
    because: 'this way in is closed',
    nextStep: 'Owners open it in the settings of the door.',
  },
  doorOpen: {
    because: 'the door stands open',
    nextStep: 'Close it, then try again.',
  },
  notFitted: {
    because: 'this lock has no part that could do it',
    nextStep: 'Unlock it instead of opening it, or use a code instead of a finger or a face.',
  },
  notEnrolled: {
    because: 'the reader at the door has not learned it for this person',
    nextStep: 'Have it learned at the door first, and sign within ten minutes.',
  },
  alreadyEnrolled: {
    because: 'the reader knows it already',
    nextStep: 'Take another finger, or remove the one that is registered first.',
  },
  captureFailed: {
    because: 'the reader could not read it',
    nextStep: 'Clean the reader, keep to one finger or face, and try again.',
  },
  readerFull: {
    because: 'the reader has no room for another one',
    nextStep: 'Remove a finger or a face that nobody needs any more.',
  },
  enrolmentExpired: {
    because: 'it was not shown or not confirmed in time',
    nextStep: 'Try again, and be at the door while the reader waits.',
  },
  powerTooLow: {
    because: 'the battery is too weak to move the bolt',
    nextStep: 'Change the battery, or use the key.',
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
  commandRepeated: {
    because: 'the command came twice, and the lock took it once',
    nextStep: 'Ask for the state of the door, which shows what the lock did.',
  },
  badNewestPolicy: {
    because: 'the hub could not prove which list is the newest, or named another one',
    nextStep: 'Look at the hub: it may be a copy, restored from a backup, or not yours.',
  },
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

/** `unknownCode` is the reason for whatever was shown at the door and is nobody's. */
const unknownAtDoor: { readonly [Tried in Attempt]?: Advice } = {
  fingerprint: { because: 'it does not know the finger', nextStep: askOwner },
  face: { because: 'it does not know the face', nextStep: askOwner },
  rfid: { because: 'it does not know the tag', nextStep: askOwner },
}

/** @param attempt what was tried, where the journal says it */
export function adviceFor(reason: Reason, attempt?: Attempt): Advice {
  const unknown = attempt === undefined ? undefined : unknownAtDoor[attempt]
  return (reason === 'unknownCode' ? unknown : undefined) ?? advice[reason]
}
