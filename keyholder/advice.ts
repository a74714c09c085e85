import type { Attempt, Reason } from '@mortise/protocol/words'

export interface Advice {
  /** A clause without a beginning and an end: it follows "The lock refused: ", or stands alone as a sentence. */
  readonly because: string
  readonly nextStep: string
}

const askOwner = 'Ask an owner of the door.'
const tryAgain = 'Try again.'
const update = 'Update the app or program and the software of the lock, then try again.'
const otherCode = 'Use another code, or let one be drawn.'

/**
 * What each reason of the lock means for a person, and what they can do, for whoever reads English: the
 * command line, and the app's English. "This access" and "this device" are true of the reader and of
 * somebody else, of a phone and of a terminal.
 */
const advice: { readonly [Word in Reason]: Advice } = {
  noFactoryReset: {
    because: 'no reset is waiting',
    nextStep: 'Nothing is to be done.',
  },
  granted: { because: 'it was allowed', nextStep: 'Look at the door.' },
  alreadyThere: { because: 'the bolt is there already', nextStep: 'Nothing had to move.' },
  malformed: { because: 'the lock could not read the message', nextStep: update },
  unsealable: {
    because: 'the lock could not open the message',
    nextStep: 'Try again. If the lock was reset, it has to be claimed again.',
  },
  wrongLock: {
    because: 'the message reached another lock',
    nextStep: 'The hub delivered it wrongly. Try again, and look at the hub.',
  },
  nonAccessUser: {
    because: 'this person is known to the lock, but does not open it',
    nextStep: askOwner,
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
    nextStep: 'Your hours here are shown with the state of the door. An owner can change them.',
  },
  holiday: { because: 'not on this holiday', nextStep: askOwner },
  quietHours: { because: 'not in the quiet hours', nextStep: askOwner },
  beforeHousehold: {
    because: 'nobody of the household has been in today',
    nextStep: 'Try again after somebody who lives here has opened.',
  },
  usedUp: { because: 'this has been used as often as it may be', nextStep: askOwner },
  expired: { because: 'the time after the first use is over', nextStep: askOwner },
  tooLongOffline: {
    because: 'the lock has not heard from its hub for too long',
    nextStep: 'Guests wait until the hub is back, or until an owner opens.',
  },
  vacationMode: {
    because: 'the lock is in vacation mode',
    nextStep: 'An owner, or whoever set the mode, can end it.',
  },
  privacyMode: {
    because: 'the lock is in privacy mode',
    nextStep: 'Ring the bell. Owners can end the mode.',
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
  doorOpen: { because: 'the door stands open', nextStep: 'Close it, then try again.' },
  notFitted: {
    because: 'this lock has no part that could do it',
    nextStep: 'Unlock the door instead of opening it, or use a code instead of a finger or a face.',
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
  busy: { because: 'the lock is busy with something else', nextStep: 'Try again in a moment.' },
  unknownCredential: {
    because: 'the lock does not know this device',
    nextStep: 'An owner may have removed it: ask them for access.',
  },
  unknownInvitation: {
    because: 'this invitation does not count any more',
    nextStep:
      'It was used or withdrawn, or is for a door on another hub. Ask whoever sent it for a new link.',
  },
  invitationExpired: {
    because: 'this invitation has ended',
    nextStep: 'Ask whoever sent it for a new link.',
  },
  badProof: {
    because: 'the lock refused the signature of this device',
    nextStep: 'Try again. If it stays, have an owner remove this device and add it anew.',
  },
  noUserVerification: {
    because: 'this device did not check who holds it',
    nextStep: 'Set up a screen lock on it; then use finger, face or its code, not only a touch.',
  },
  wrongOrigin: {
    because: 'this address of the app is not one that the lock accepts',
    nextStep: 'Open the app at the address where the door was set up.',
  },
  challengeUnknown: { because: 'the lock restarted meanwhile', nextStep: tryAgain },
  challengeExpired: { because: 'that took a little too long', nextStep: tryAgain },
  commandRepeated: {
    because: 'the command came to the lock twice, and was taken once',
    nextStep: 'Look at the state of the door, which shows what the lock did.',
  },
  badNewestPolicy: {
    because: 'the hub named another list as the newest, or could not prove it',
    nextStep: 'Look at the hub: it may be a copy, restored from a backup, or not yours.',
  },
  unknownCode: {
    because: 'the lock does not know the code',
    nextStep: 'Check the digits and type them again.',
  },
  userDisabled: { because: 'this access is switched off', nextStep: askOwner },
  notYetValid: {
    because: 'this access has not begun',
    nextStep: 'Come back when it begins, or ask an owner.',
  },
  noLongerValid: { because: 'this access has ended', nextStep: askOwner },
  timeUncertain: {
    because: 'the lock is not sure what time it is',
    nextStep: 'Access that depends on time waits until an owner locks or unlocks with their phone.',
  },
  verbNotAllowed: { because: 'this access is not for that', nextStep: askOwner },
  keypadLockedOut: {
    because: 'the keypad is locked after wrong codes',
    nextStep: 'Wait until it opens again. Phones and keys still work.',
  },
  voiceLockedOut: {
    because: 'the lock hears no voice PINs after wrong ones',
    nextStep: 'Wait until it does again. Phones, codes and keys still work.',
  },
  voicePinNeeded: {
    because: 'an assistant opens with its own voice PIN',
    nextStep: 'Say the PIN that an owner gave to this assistant, or ask an owner for one.',
  },
  notClaimed: { because: 'this lock belongs to nobody yet', nextStep: 'Claim it first.' },
  alreadyClaimed: {
    because: 'this lock has an owner already',
    nextStep: 'Ask an owner to add you.',
  },
  setupWindowClosed: {
    because: 'the lock is not waiting for an owner',
    nextStep: 'Press the button on the inside of the door; then you have ten minutes.',
  },
  wrongSetupCode: {
    because: 'this setup code is not the lock’s newest',
    nextStep: 'Press the button on the inside again, and take the code that the lock shows then.',
  },
  policyConflict: {
    because: 'somebody else changed the list first',
    nextStep: 'Look at the list as it is now, then make your change again.',
  },
  notAuthorized: {
    because: 'this access does not allow that change',
    nextStep: 'Ask an owner of the door to make it.',
  },
  insideButtonNeeded: {
    because: 'this change needs the button on the inside',
    nextStep: 'Press it, then sign again within ten minutes.',
  },
  policyInvalid: {
    because: 'the lock found a mistake in the list of people',
    nextStep: 'Look at the list as it is now, then make your change again.',
  },
  lastOwner: {
    because: 'a door cannot be without an owner who can always change it',
    nextStep: 'Make somebody else an owner first.',
  },
  pinMissing: { because: 'a new code came without its digits', nextStep: update },
  pinUnexpected: { because: 'digits came for no new code', nextStep: update },
  pinTooGuessable: { because: 'the code is too easy to guess', nextStep: otherCode },
  pinTaken: { because: 'the code cannot be used at this door', nextStep: otherCode },
  jammed: {
    because: 'the bolt is stuck',
    nextStep: 'Push or pull the door while you try again. Something may be in the way.',
  },
  boltNotConfirmed: {
    because: 'the bolt sensor did not confirm it',
    nextStep: 'Look at the door itself before you rely on it.',
  },
  interrupted: {
    because: 'the lock restarted in the middle of it',
    nextStep: 'Look at the state of the door before you try again.',
  },
}

/** `unknownCode` is the reason for whatever was shown at the door and is nobody's. */
const unknownAtDoor: { readonly [Tried in Attempt]?: Advice } = {
  fingerprint: { because: 'the lock does not know the finger', nextStep: askOwner },
  face: { because: 'the lock does not know the face', nextStep: askOwner },
  rfid: { because: 'the lock does not know the tag', nextStep: askOwner },
}

/** @param attempt what was tried, where the journal says it */
export function adviceFor(reason: Reason, attempt?: Attempt): Advice {
  const unknown = attempt === undefined ? undefined : unknownAtDoor[attempt]
  return (reason === 'unknownCode' ? unknown : undefined) ?? advice[reason]
}
