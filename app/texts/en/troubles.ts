import type { AppTrouble } from '#app/state/model/trouble.ts'

/** What happened, and what the person can do next. */
export interface TroubleText {
  readonly title: string
  readonly next: string
}

/** Every trouble of the app: none is shown as a bare code. */
export const troubles: Readonly<Record<AppTrouble, TroubleText>> = {
  accessOver: {
    title: 'You have no door here any more.',
    next: 'Your time has ended, or an owner has removed you: ask them for a new link. A lock of your own can be claimed here.',
  },
  invitationWrong: {
    title: 'A part of this link is missing.',
    next: 'Open it from the message once more, or copy the whole link into the address bar.',
  },
  invitationUsed: {
    title: 'This invitation has been used.',
    next: 'If that was you, sign in with your passkey. If not, tell whoever sent it: somebody else has used your link.',
  },
  offline: { title: 'This phone has no network.', next: 'Codes and keys still work at the door.' },
  hubAway: {
    title: 'The hub does not answer.',
    next: 'Check that it is on. Codes and keys still work at the door.',
  },
  lockAway: {
    title: 'The hub cannot reach the lock.',
    next: 'Nothing was sent, and nothing is waiting to be sent. Codes and keys still work at the door.',
  },
  noAnswer: {
    title: 'The lock did not answer in time.',
    next: 'It may have moved or not. Wait for its state before you rely on it.',
  },
  wayTooSlow: {
    title: 'The way to the lock took too long.',
    next: 'Nothing was sent. Try again; codes and keys still work at the door.',
  },
  notTheLock: {
    title: 'The answer was not signed by your lock.',
    next: 'Do not rely on what the app shows. Look at the door, and at who runs the hub.',
  },
  lockContradicts: {
    title: 'The lock contradicts what it signed before.',
    next: 'It may have been reset or tampered with. Look at the lock and at the list of people.',
  },
  listNotHere: {
    title: 'The hub does not have the newest list yet.',
    next: 'Wait until the lock has sent it to the hub, then try again.',
  },
  wishPassed: {
    title: 'The list has changed, and this change does not fit it any more.',
    next: 'Look at the list as it is now.',
  },
  gestureCancelled: { title: 'You did not confirm it.', next: 'Nothing was sent.' },
  noPasskey: {
    title: 'There is no passkey for this on this phone.',
    next: 'Use the phone that you set up, or ask an owner to add this one.',
  },
  passkeysImpossible: {
    title: 'This browser cannot make a passkey here.',
    next: 'Passkeys need a screen lock on the phone and an address that starts with https or is localhost.',
  },
  signInRefused: {
    title: 'The hub does not know this passkey.',
    next: 'Choose the one that you made for this door, or ask an owner to add this phone.',
  },
  notAllowedByHub: {
    title: 'The hub does not let this account reach the lock.',
    next: 'Ask an owner of this door.',
  },
  signedOut: { title: 'You are signed out.', next: 'Sign in again.' },
  setupLinkSpent: {
    title: 'This setup link no longer works.',
    next: 'It lives for 15 minutes and works once. Make a new one with “mortise setup-link” on the hub.',
  },
  setupOver: {
    title: 'This hub is set up already.',
    next: 'Sign in with your passkey, or ask an owner.',
  },
  setupTextWrong: {
    title: 'This is not a lock’s setup text.',
    next: 'It starts with “mortise1.” Copy all of it, or scan the code.',
  },
  tooManyTries: { title: 'Too many tries.', next: 'Wait a minute before the next one.' },
  noCamera: {
    title: 'The camera cannot be used here.',
    next: 'Allow it in the browser’s settings, or paste the setup text.',
  },
  noStorage: {
    title: 'This browser does not let the app remember anything.',
    next: 'Leave private browsing, so that the app can recognise your lock again.',
  },
  unexpected: { title: 'Something in the app went wrong.', next: 'Reload it and try again.' },
}
