import type { Reason } from '@mortise/protocol/words'
import type { TroubleText } from '#app/texts/en/troubles.ts'

const tryAgain = 'Try again in a moment.'
const askOwner = 'Ask an owner of this door.'

/** Every reason of the lock. The first screen does without them: they come in idle time. */
export const refusals: Readonly<Record<Reason, TroubleText>> = {
  granted: { title: 'Done.', next: '' },
  alreadyThere: { title: 'The bolt is already there.', next: 'Nothing had to move.' },
  malformed: {
    title: 'The lock could not read the message.',
    next: 'Reload the app. If it happens again, the app and the lock have versions that do not fit.',
  },
  unsealable: {
    title: 'The lock could not open the message.',
    next: 'Reload the app. If the lock was reset, it has to be claimed again.',
  },
  wrongLock: {
    title: 'The message reached another lock.',
    next: 'The hub delivered it wrongly, and the lock refused it. Try again, and look at the hub.',
  },
  nonAccessUser: {
    title: 'This person is known to the lock, but does not open it.',
    next: askOwner,
  },
  remoteOnly: {
    title: 'This works from afar only.',
    next: 'Use the phone instead of the keypad.',
  },
  anotherCredentialNeeded: {
    title: 'That was right. One more proof is needed.',
    next: 'Show the second one within a minute.',
  },
  outsideSchedule: {
    title: 'Not at this time.',
    next: 'Your hours here are on the door’s page. An owner can change them.',
  },
  holiday: {
    title: 'Not on this holiday.',
    next: askOwner,
  },
  quietHours: {
    title: 'Not in the quiet hours.',
    next: askOwner,
  },
  beforeHousehold: {
    title: 'Nobody of the household has been in today.',
    next: 'Try again after somebody who lives here has opened.',
  },
  usedUp: {
    title: 'This has been used as often as it may be.',
    next: askOwner,
  },
  expired: {
    title: 'The time after the first use is over.',
    next: askOwner,
  },
  tooLongOffline: {
    title: 'The lock has not heard from its hub for too long.',
    next: 'Guests wait until the hub is back, or until an owner opens.',
  },
  vacationMode: {
    title: 'The lock is in vacation mode.',
    next: 'An owner, or whoever set the mode, can end it in the app.',
  },
  privacyMode: {
    title: 'The lock is in privacy mode.',
    next: 'Ring the bell. Owners can end the mode in the app.',
  },
  remoteDisabled: {
    title: 'Opening from afar is switched off.',
    next: 'Use a code or a finger at the door, or change the mode.',
  },
  lockdownMode: {
    title: 'The lock is locked down.',
    next: 'Only an owner can open or end this.',
  },
  channelClosed: {
    title: 'This way in is closed.',
    next: 'Owners open it in the settings of the door.',
  },
  doorOpen: {
    title: 'The door stands open.',
    next: 'Close it, then try again.',
  },
  notFitted: {
    title: 'This lock cannot do that.',
    next: 'It has no part for it. Unlock the door instead of opening it, or use a code.',
  },
  notEnrolled: {
    title: 'The reader does not know this finger or face.',
    next: 'Start again, and sign within ten minutes after the reader has taken it.',
  },
  alreadyEnrolled: {
    title: 'The reader knows this one already.',
    next: 'Take another finger, or remove the one that is registered first.',
  },
  captureFailed: {
    title: 'The reader could not read it.',
    next: 'Clean the reader, keep to one finger or face, and try again.',
  },
  readerFull: {
    title: 'The reader has no room for another one.',
    next: 'Remove a finger or a face that nobody needs any more.',
  },
  enrolmentExpired: {
    title: 'The time is over.',
    next: 'Try again, and be at the door while the reader waits.',
  },
  powerTooLow: {
    title: 'The battery is too weak to move the bolt.',
    next: 'Change the battery, or use the key.',
  },
  busy: { title: 'The lock is busy with something else.', next: tryAgain },
  unknownCredential: {
    title: 'This lock does not know this phone.',
    next: 'An owner may have removed it. Ask them for access.',
  },
  unknownInvitation: {
    title: 'This invitation does not count any more.',
    next: 'It was withdrawn, or it is for a door on another hub. Ask whoever sent it for a new link.',
  },
  invitationExpired: {
    title: 'This invitation has ended.',
    next: 'Ask whoever sent it for a new link.',
  },
  badProof: {
    title: 'The lock refused the signature of this phone.',
    next: 'Try again. If it stays, remove this phone from the door and add it anew.',
  },
  noUserVerification: {
    title: 'Your phone did not check that it is you.',
    next: 'Use your fingerprint, face or the phone’s code, not only a touch.',
  },
  wrongOrigin: {
    title: 'This address of the app is not one that the lock accepts.',
    next: 'Open the app at the address where you set up the door.',
  },
  challengeUnknown: { title: 'The lock restarted meanwhile.', next: 'Try again.' },
  challengeExpired: { title: 'That took a little too long.', next: 'Try again.' },
  commandRepeated: {
    title: 'Your command came to the lock twice, and was taken once.',
    next: 'Look at the door: it shows what the lock did.',
  },
  badNewestPolicy: {
    title: 'The hub named another list as the newest, or could not prove it.',
    next: 'Look at the hub: it may be a copy, restored from a backup, or not yours.',
  },
  unknownCode: { title: 'No such code.', next: 'Check the digits and type them again.' },
  userDisabled: { title: 'Access is switched off for you.', next: askOwner },
  notYetValid: {
    title: 'Your time at this door has not begun.',
    next: 'Come back when it starts.',
  },
  noLongerValid: { title: 'Your time at this door has ended.', next: askOwner },
  timeUncertain: {
    title: 'The lock is not sure what time it is.',
    next: 'Access that depends on time waits until an owner uses their phone at this door.',
  },
  verbNotAllowed: { title: 'You may not do this at this door.', next: askOwner },
  keypadLockedOut: {
    title: 'The keypad has locked itself.',
    next: 'Wait until it opens again. Phones and keys still work.',
  },
  notClaimed: { title: 'This lock belongs to nobody yet.', next: 'Claim it first.' },
  alreadyClaimed: {
    title: 'This lock already has an owner.',
    next: 'Ask an owner to add you.',
  },
  setupWindowClosed: {
    title: 'The lock is not waiting for an owner.',
    next: 'Press the button on the inside of the door; then you have ten minutes.',
  },
  wrongSetupCode: {
    title: 'This setup code is not the lock’s newest.',
    next: 'Press the button on the inside again and scan the code that it shows then.',
  },
  policyConflict: {
    title: 'Somebody else changed the list first.',
    next: 'Look at what is different and make your change on top of it.',
  },
  notAuthorized: { title: 'You may not change this.', next: 'Ask an owner of this door to do it.' },
  insideButtonNeeded: {
    title: 'This change needs the button on the inside.',
    next: 'Press it, then sign again within ten minutes.',
  },
  policyInvalid: {
    title: 'The lock found a mistake in the change.',
    next: 'Start the change anew.',
  },
  lastOwner: {
    title: 'A door cannot be without an owner.',
    next: 'Add another owner before you remove this one.',
  },
  pinMissing: { title: 'The code did not reach the lock.', next: 'Make the change anew.' },
  pinUnexpected: { title: 'The lock did not expect this code.', next: 'Make the change anew.' },
  pinTooGuessable: { title: 'This code is too easy to guess.', next: 'Make a new one.' },
  pinTaken: { title: 'This code cannot be used at this door.', next: 'Make a new one.' },
  jammed: {
    title: 'The bolt is stuck.',
    next: 'Push or pull the door while you try again. Something may be in the way.',
  },
  boltNotConfirmed: {
    title: 'The bolt sensor did not confirm it.',
    next: 'Look at the door itself before you rely on it.',
  },
  interrupted: {
    title: 'The lock restarted in the middle of it.',
    next: 'Look at the door’s state before you try again.',
  },
}
