import type { BatteryConfidence } from '@mortise/protocol/words'

export const settingsTexts = {
  title: 'Settings',
  account: 'You',
  passkeys: 'Passkeys',
  sessions: 'Signed in',
  thisPhone: 'this phone',
  since: (date: string) => `since ${date}`,
  lastSeen: (moment: string) => `last seen ${moment}`,
  sessionKinds: { browser: 'A browser', device: 'The command line' },
  endSession: 'Sign out there',
  endSessionTitle: (name: string) => `Sign out ${name}?`,
  endSessionNote:
    'It has to sign in with a passkey again. It does not change who may open the door.',
  addPhone: 'Add another phone of yours',
  addPhoneNote: 'You get a link that you open on it',
  doors: 'Doors',
  addDoor: 'Add a door',
  doorNote: (version: string | null, linked: boolean) =>
    `${linked ? 'Linked' : 'Out of reach'}${version === null ? '' : `, software ${version}`}`,
  paint: 'Colour of this door',
  paints: {
    pine: 'Pine',
    ink: 'Ink',
    oxblood: 'Oxblood',
    ochre: 'Ochre',
    slate: 'Slate',
    plum: 'Plum',
  },
  doorRules: 'Rules of the door',
  safetyCode: 'Safety code',
  safetyCodeNote:
    'Another phone that shows the same digits for this door speaks with the same lock. The lock shows them on its inside too.',
  metBy: {
    claim: 'This phone learned the lock’s keys from the lock itself.',
    invitation: 'This phone learned the lock’s keys from your invitation.',
    firstUse: 'This phone learned the lock’s keys from the hub. Compare the safety code once.',
  },
  batteryNotes: {
    high: 'By what this door has used for weeks, and as cold as it has been.',
    medium: 'By what this door has used so far. Weeks of use make it surer.',
    low: 'A guess: the lock does not know yet how much this door uses.',
  } satisfies Readonly<Record<BatteryConfidence, string>>,
  handOver: {
    open: 'Hand this lock over',
    title: (door: string) => `Hand over ${door}`,
    meaning:
      'The lock is set back: at once, and for good. It forgets everybody, with their codes, fingers, rules and history, and takes new keys. The bolt stays where it is.',
    steps: [
      'Write down what you want to keep. The history at your hub stays with you.',
      'Stand inside and press the button.',
      'Within ten minutes, write the name of the door and sign.',
    ],
    nameLabel: (door: string) => `Write “${door}”`,
    phases: {
      writing: 'Sign and set it back',
      proving: 'Confirm on your phone',
      sent: 'Waiting for the lock',
      done: 'Done',
    },
    notDone: 'The lock was not set back',
    doneTitle: (door: string) => `${door} is set back`,
    done: 'It waits for its next owner.',
    doneNote: 'Nobody of before has access any more, you neither. The bolt has not moved.',
    next: [
      'Give the key along.',
      'Take your hub’s text off the lock, or it still reports to your hub.',
      'The next owner presses the button inside and claims it.',
    ],
    waits: (at: string) => `Somebody inside asked for a reset: ${at}`,
    lostTitle: 'No owner’s key is left',
    lostNote: 'From the inside, in three days',
    lostFirst:
      'Look for another owner first, and for another phone of theirs: each of them is enough. Codes, fingers, other phones and the key go on working.',
    lostSteps: [
      'Inside, hold the button for ten seconds, until the display asks “Reset?”. Let go.',
      'Press it once more within thirty seconds. Everybody who comes sees an alarm, and any owner can stop it.',
      'Wait three days. A restart of the lock ends the wait: keep it powered.',
      'Then the lock is as from the box. Press the button and claim it.',
    ],
  },
  appearance: 'Appearance',
  themes: { system: 'System', light: 'Day', dark: 'Night' },
  about: 'About',
  appVersion: (version: string) => `Mortise ${version}`,
  servedByHub: 'This app is served by your hub',
  servedByHubNote: (host: string) =>
    `Convenient, and it means that whoever runs ${host} could change the app. The lock still demands your fingerprint or face for every single thing.`,
  ownOrigin: 'This app has its own address',
  ownOriginNote: (host: string) =>
    `It comes from ${host}, apart from the hub. The hub cannot change it.`,
  hub: 'Hub',
  hubAsking: 'Asking the hub',
  hubWell: (version: string, took: string) => `Well, version ${version}, answered in ${took} ms`,
  hubAway: 'No answer',
  signOut: 'Sign out',
  signOutTitle: 'Sign out of this phone?',
  signOutNote:
    'The phone forgets who may come and who came. It keeps the public keys of your locks, so that it recognises them again. Your passkey stays with you.',
  cancel: 'Cancel',
  close: 'Close',
} as const
