import type {
  AlarmCode,
  BatteryConfidence,
  OperatingMode,
  OperationSource,
  Verb,
} from '@mortise/protocol/words'
import type { DoorHeadline, UnknownWhy } from '#app/state/model/door/door-view.ts'

export const headlines: Readonly<Record<DoorHeadline, string>> = {
  asking: 'Asking the lock',
  locked: 'Locked',
  unlocked: 'Unlocked',
  open: 'Open',
  openAndThrown: 'Open, bolt out',
  forced: 'Forced open',
  jammed: 'Stuck',
  between: 'Half way',
  unknown: 'Not known',
  proving: 'Is it you?',
  locking: 'Locking',
  unlocking: 'Unlocking',
  selfMoving: 'Moving',
}

export const verbs: Readonly<Record<Verb, string>> = {
  lock: 'Lock',
  unlock: 'Unlock',
  unlatch: 'Open',
}

export const alarms: Readonly<Record<AlarmCode, string>> = {
  lockJammed: 'The bolt is stuck',
  wrongCodeEntryLimit: 'Too many wrong codes or fingers',
  frontEscutcheonRemoved: 'The outside of the lock was opened',
  doorForcedOpen: 'The door was forced open',
  batteryLow: 'The battery is low',
  mainsLost: 'No mains power',
  doorAjar: 'The door stands open',
  forcedUser: 'Somebody opened under duress',
  lockFactoryReset: 'Somebody inside asked for a factory reset',
  tamper: 'The keypad’s cover was off',
  batteryCritical: 'The battery is almost empty',
  clockUncertain: 'The lock is not sure of the time',
  linkLost: 'The lock has lost the hub',
  linkJammed: 'The lock’s connection may be jammed',
  storageNearlyFull: 'The lock’s memory is nearly full',
  credentialRefusals: 'One key was refused again and again',
  boltSensorFault: 'The bolt sensor contradicts itself',
}

export const sources: Readonly<Record<OperationSource, string>> = {
  manual: 'by hand',
  keypad: 'with a code',
  auto: 'by itself',
  remote: 'by phone',
  button: 'with the inside button',
  biometric: 'with a finger or face',
  rfid: 'with a tag',
  matter: 'through Matter',
  voice: 'by voice',
}

const modes: Readonly<Record<OperatingMode, string>> = {
  normal: 'Normal',
  vacation: 'Vacation',
  privacy: 'Privacy',
  noRemoteLockUnlock: 'No phones',
  passage: 'Passage',
  lockdown: 'Lockdown',
}

/** One line each, beside the name. */
const modeNotes: Readonly<Record<OperatingMode, string>> = {
  normal: 'As the list of people says.',
  vacation: 'Phones open, and owners’ codes.',
  privacy: 'Only phones of owners open.',
  noRemoteLockUnlock: 'Codes and keys only.',
  passage: 'Once unlocked, it stays unlocked.',
  lockdown: 'Only phones of owners open.',
}

export const doorTexts = {
  modes,
  modeNotes,
  modeLabel: (mode: string) => `Mode: ${mode}`,
  modeTitle: (mode: string, until: string | null) =>
    until === null ? `${mode} mode` : `${mode} mode until ${until}`,
  headlines,
  verbs,
  alarms,
  duress: (who: string | null) => (who === null ? alarms.forcedUser : `${who} was forced to open`),
  sources,
  ago: (age: string) => `${age} ago`,
  justNow: 'now',
  signed: 'signed by the lock',
  stale: (age: string) => `last answer ${age} ago, asking again`,
  unknownSince: (moment: string) => `Unknown since ${moment}`,
  neverSeen: 'This phone has not seen this door yet',
  lastSeen: (headline: string, moment: string) => `Last seen ${headline.toLowerCase()}, ${moment}`,
  unknownWhy: {
    neverSeen: 'The lock has not answered yet.',
    tooOld: 'The lock has stopped answering.',
    lockAway: 'The hub cannot reach the lock. Codes and keys still work at the door.',
    hubAway: 'The hub does not answer. Codes and keys still work at the door.',
    offline: 'This phone has no network. Codes and keys still work at the door.',
    wasReset: 'It has new keys, so this phone can ask it nothing any more.',
    sensor: 'The bolt sensor gives no answer. Look at the door itself.',
  } satisfies Readonly<Record<UnknownWhy, string>>,
  waitingFor: {
    proving: 'Confirm on your phone',
    locking: 'Waiting for the lock',
    unlocking: 'Waiting for the lock',
  },
  controlLabel: (verb: string, door: string) => `${verb} ${door}`,
  slideHint: 'Tap, or slide the bolt',
  askAgain: 'Ask again',
  unreachable: 'Out of reach',
  refusedTitle: (verb: string) => `${verb}: not done`,
  unsureTitle: (verb: string) => `${verb}: nobody knows`,
  dismiss: 'Dismiss',
  keypadLocked: (until: string, left: string) => `Keypad locked until ${until}, ${left} left`,
  keypadLockedAdvice: 'After wrong codes. Your phone and the key still work.',
  alarmSince: (alarm: string, moment: string) => `${alarm}, since ${moment}`,
  battery: (percent: string | null, left: string | null) =>
    `Battery${percent === null ? '' : ` at ${percent}%`}${left === null ? '' : `, ${left}`}`,
  batteryLeft: {
    high: (span: string) => `${span} left`,
    medium: (span: string) => `about ${span} left`,
    low: (span: string) => `perhaps ${span} left`,
  } satisfies Readonly<Record<BatteryConfidence, (span: string) => string>>,
  days: { one: '# day', other: '# days' },
  months: { one: '# month', other: '# months' },
  years: { one: '# year', other: '# years' },
  batteryLastDay: 'may be empty today',
  mainsLost: (percent: string | null) =>
    percent === null ? 'No mains power' : `No mains power, battery at ${percent}%`,
  timeUncertain: 'The lock is not sure of the time',
  timeUncertainAdvice: 'Timed access waits until you lock or unlock once with your phone.',
  autoRelock: (left: string) => `Locks by itself in ${left}`,
  resetWaits: (at: string, left: string) => `Nobody has access any more from ${at}, in ${left}`,
  resetAdvice: 'If it was none of you, stop it, and ask who was inside.',
  resetAdviceOthers:
    'An owner can stop it with their phone, and everybody by holding the button inside for ten seconds.',
  resetStop: 'Stop the reset',
  resetNotStopped: 'The reset was not stopped',
  wasReset: (at: string) => `This lock was set back: ${at}`,
  wasResetAdvice:
    'Nobody of before has access any more. Its history stays here. Whoever claims it next sees another lock.',
  lastVisit: (who: string | null, verb: Verb, source: OperationSource | null) => {
    const done = verb === 'unlock' ? 'unlocked' : 'locked'
    const how = source === null ? '' : ` ${sources[source]}`
    return who === null
      ? `${verb === 'unlock' ? 'Unlocked' : 'Locked'}${how}`
      : `${who} ${done}${how}`
  },
  noVisit: {
    nobody: 'Nobody has come yet',
    unread: 'Nothing known yet',
    unsaid: 'See the history',
  },
  switchDoor: 'Choose a door',
  yourDoors: 'Your doors',
  searchDoor: 'Search',
  noSuchDoor: 'No door of yours has such a name.',
  addDoor: 'Add a door',
  announce: (door: string, headline: string) => `${door}: ${headline}`,
  ownTime: {
    always: 'You have access at any time',
    upcoming: 'Your time has not begun',
    current: 'You have access now',
    ended: 'Your time has ended',
  },
} as const
