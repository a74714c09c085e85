import type { Command, LinkFrame } from '#protocol/wire/index.ts'
import {
  sampleCommands,
  sampleEntries,
  samplePolicy,
  sampleState,
} from '#protocol/vectors/samples.ts'
import { alarmCodes, operatingModes, userTypes } from '#protocol/words/index.ts'
import type {
  Credential,
  Entry,
  Policy,
  State,
  User,
  WeekDaySchedule,
} from '#protocol/words/index.ts'

/**
 * One meaningful example of every field and word that tells who may when. They came after the first
 * golden files and have one of their own.
 */

const filled = (length: number, byte: number): Uint8Array => new Uint8Array(length).fill(byte)
const march2026 = 1_772_323_200_000
const march2026Minute = march2026 / 60_000
const createdAtMs = march2026

const weekdays: WeekDaySchedule = { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 }
const overnight: WeekDaySchedule = { daysMask: 0b100_0001, startMinute: 1320, endMinute: 359 }
const aWeek = {
  startLocalMinute: march2026Minute,
  endLocalMinute: march2026Minute + 7 * 24 * 60 - 1,
}

const everyCredential: readonly Credential[] = [
  { type: 'pin', id: filled(16, 0xe1), createdAtMs },
  { type: 'pin', id: filled(16, 0xe2), createdAtMs, duress: true },
  { type: 'fingerprint', id: filled(16, 0xe3), createdAtMs, name: 'Right thumb' },
  { type: 'fingerprint', id: filled(16, 0xe4), createdAtMs, name: 'Left thumb', duress: true },
  { type: 'face', id: filled(16, 0xe5), createdAtMs, name: 'Face' },
  {
    type: 'rfid',
    id: filled(16, 0xe6),
    createdAtMs,
    name: 'Tag',
    publicKey: Uint8Array.from([4, ...filled(64, 0x78)]),
  },
]

function person(index: number, fields: Partial<User>): User {
  return {
    id: filled(16, index),
    name: `Person ${index}`,
    role: 'guest',
    userStatus: 'occupiedEnabled',
    verbs: ['unlock'],
    credentials: [],
    ...fields,
  }
}

const everyRule: readonly User[] = [
  person(1, {
    role: 'manager',
    verbs: ['lock', 'unlock', 'unlatch'],
    credentialRule: 'dual',
    credentials: everyCredential,
    delegation: { guestsMax: 3, stayHoursMax: 72 },
  }),
  person(2, {
    userType: 'scheduleRestrictedUser',
    credentialRule: 'tri',
    weekDaySchedules: [weekdays, overnight],
    yearDaySchedules: [aWeek],
    holidayRule: 'noAccess',
    useLimit: 12,
    maxOfflineHours: 48,
    afterHousehold: true,
  }),
  person(3, { userType: 'expiringUser', expiringUserTimeout: 90, maxOfflineHours: 0 }),
  person(4, { role: 'agent', verbs: ['lock'], holidayRule: 'onlyThen' }),
  person(5, { role: 'auditor', verbs: [], credentialRule: 'single', holidayRule: 'asUsual' }),
]

export const accessPolicies: Readonly<Record<string, Policy>> = {
  'a policy with every rule about people': {
    ...samplePolicy,
    users: [...samplePolicy.users, ...everyRule],
  },
  'a policy with every user type': {
    ...samplePolicy,
    users: userTypes.map((userType, index) => person(index + 1, { userType })),
  },
  'a policy with every rule about the door': {
    ...samplePolicy,
    settings: {
      ...samplePolicy.settings,
      quietHours: { schedules: [overnight], roles: ['guest', 'agent'] },
      nightHours: [overnight],
      faceRule: 'neverAlone',
      unlatchSeconds: 8,
      doorAjarSeconds: 300,
    },
    matterChannel: 'unlockWithPin',
    holidaySchedules: [
      { name: 'Easter', ...aWeek, operatingMode: 'vacation' },
      { name: 'A day off', startLocalMinute: 29_600_000, endLocalMinute: 29_601_439 },
    ],
    passageSchedules: [weekdays],
  },
}

function commandOf(operation: Command['operation'], fields: Partial<Command> = {}): Command {
  const frame = sampleCommands['unlock']
  if (frame === undefined) throw new RangeError('the samples have no unlock')
  return { ...frame, operation, ...fields }
}

export const accessCommands: Readonly<Record<string, Command>> = {
  unlatch: commandOf({ type: 'unlatch' }),
  'unlock for a while': commandOf({ type: 'unlock', timeoutSeconds: 90 }),
  'lock, with the time of the phone': commandOf({ type: 'lock' }, { timeMs: march2026 }),
  'set a mode until somebody ends it': commandOf({
    type: 'setOperatingMode',
    operatingMode: 'lockdown',
  }),
  'set a mode for an hour': commandOf({
    type: 'setOperatingMode',
    operatingMode: 'passage',
    untilMs: march2026 + 3_600_000,
  }),
}

export const accessStates: Readonly<Record<string, State>> = {
  'a state with everything a lock can tell': {
    ...sampleState,
    lockState: 'unlatched',
    doorState: 'doorAjar',
    // Duress stands in the journal alone: whoever forces somebody may be watching the state.
    alarms: alarmCodes.filter((code) => code !== 'forcedUser'),
    operatingMode: 'passage',
    operatingModeUntilMs: march2026 + 3_600_000,
    batteryDaysLeft: 14,
    batteryConfidence: 'medium',
    policyConfirmedAtMs: march2026,
    journalFrom: 3,
  },
  ...Object.fromEntries(
    operatingModes.map((operatingMode) => [
      `a state in the mode ${operatingMode}`,
      { ...sampleState, operatingMode },
    ]),
  ),
}

function entryOf(fields: Partial<Entry>): Entry {
  const frame = sampleEntries['started']
  if (frame === undefined) throw new RangeError('the samples have no entry')
  return { ...frame, ...fields }
}

export const accessEntries: Readonly<Record<string, Entry>> = {
  'an intent under duress': entryOf({
    type: 'operationIntent',
    source: 'biometric',
    userId: filled(16, 1),
    userName: 'Person 1',
    credentialId: filled(16, 0xe4),
    credentialType: 'fingerprint',
    verb: 'unlatch',
    duress: true,
  }),
  'one credential of several': entryOf({
    type: 'credentialPresented',
    source: 'rfid',
    userId: filled(16, 2),
    credentialId: filled(16, 0xe6),
    credentialType: 'rfid',
    reason: 'anotherCredentialNeeded',
  }),
  'a mode for an hour': entryOf({
    type: 'operatingModeChanged',
    source: 'remote',
    operatingMode: 'passage',
    untilMs: march2026 + 3_600_000,
  }),
  'a mode that was refused': entryOf({
    type: 'refused',
    source: 'remote',
    attempt: 'setOperatingMode',
    reason: 'notAuthorized',
  }),
  'what a Matter administrator did': entryOf({
    type: 'lockUserChanged',
    source: 'matter',
    matterUserIndex: 4,
    matterFabricIndex: 1,
  }),
  'a battery that was measured': entryOf({
    type: 'powerChanged',
    batteryPercent: 18,
    batteryMillivolts: 5400,
    batteryDaysLeft: 14,
  }),
  'entries that are no longer kept': entryOf({ type: 'journalPruned', throughSequence: 12 }),
}

/** Later than the golden file of the others, so they have their own. */
export const pruningEntries: Readonly<Record<string, Entry>> = {
  'entries that a hub holds': entryOf({ type: 'journalPruned', throughSequence: 1000 }),
  'entries that nobody has any more': entryOf({
    type: 'journalPruned',
    throughSequence: 3000,
    lostFrom: 2418,
    lostAfter: filled(32, 0x4d),
  }),
  'the first entries, lost before any hub was there': entryOf({
    type: 'journalPruned',
    throughSequence: 1000,
    lostFrom: 1,
    lostAfter: filled(32, 0x4e),
  }),
}

const aFinger = filled(16, 0x4f)

/** Later than the golden file of the others, so they have their own. */
export const enrolmentCommands: Readonly<Record<string, Command>> = {
  'learn a finger': commandOf({
    type: 'enrolCredential',
    credentialId: aFinger,
    credentialType: 'fingerprint',
    userId: filled(16, 0x50),
  }),
}

const enrolment = {
  credentialId: aFinger,
  credentialType: 'fingerprint',
  stage: 'capturing',
  captured: 2,
  needed: 3,
  untilMs: march2026,
} as const

export const enrolmentStates: Readonly<Record<string, State>> = {
  'a finger that is being learned': { ...sampleState, enrolment },
  'a face that could not be learned': {
    ...sampleState,
    enrolment: {
      ...enrolment,
      credentialType: 'face',
      stage: 'failed',
      reason: 'captureFailed',
    },
  },
}

export const enrolmentEntries: Readonly<Record<string, Entry>> = {
  'a finger begins to be learned': entryOf({
    type: 'enrolmentBegan',
    source: 'remote',
    attempt: 'fingerprint',
    untilMs: march2026,
  }),
  'a finger that no policy listed in time': entryOf({
    type: 'enrolmentEnded',
    source: 'biometric',
    credentialId: aFinger,
    credentialType: 'fingerprint',
    outcome: 'failed',
    reason: 'enrolmentExpired',
  }),
  'somebody who may have nothing learned': entryOf({
    type: 'refused',
    source: 'remote',
    attempt: 'enrolCredential',
    reason: 'notAuthorized',
  }),
}

/** Later than the golden file of the others, so they have their own. */
export const voiceCommands: Readonly<Record<string, Command>> = {
  'unlock with a voice PIN': commandOf({ type: 'unlock', pin: '739184' }),
  'unlock for a while with a voice PIN': commandOf({
    type: 'unlock',
    timeoutSeconds: 90,
    pin: '7391840562',
  }),
  'unlatch with a voice PIN': commandOf({ type: 'unlatch', pin: '739184' }),
}

const byVoice = {
  source: 'voice',
  userId: filled(16, 0x51),
  userName: 'Speaker',
  credentialId: filled(16, 0x52),
  credentialType: 'deviceKey',
} as const

export const voiceEntries: Readonly<Record<string, Entry>> = {
  'an intent by voice': entryOf({ type: 'operationIntent', ...byVoice, verb: 'unlock' }),
  'an assistant that was told no PIN': entryOf({
    type: 'refused',
    ...byVoice,
    source: 'remote',
    verb: 'unlock',
    outcome: 'refused',
    reason: 'voicePinNeeded',
  }),
  'voice PINs that are not looked at': entryOf({
    type: 'refused',
    ...byVoice,
    verb: 'unlock',
    outcome: 'refused',
    reason: 'voiceLockedOut',
  }),
  'a lockout of voice PINs': entryOf({
    type: 'keypadLockedOut',
    source: 'voice',
    count: 5,
    untilMs: march2026 + 30_000,
  }),
}

export const resetCommands: Readonly<Record<string, Command>> = {
  'set the lock back': commandOf({ type: 'factoryReset' }),
  'stop the reset that waits': commandOf({ type: 'stopFactoryReset' }),
}

export const resetStates: Readonly<Record<string, State>> = {
  'a reset that waits': {
    ...sampleState,
    alarms: ['lockFactoryReset'],
    factoryResetAtMs: march2026,
  },
}

export const resetEntries: Readonly<Record<string, Entry>> = {
  'somebody inside asks for a reset': entryOf({
    type: 'alarmBegan',
    alarmCode: 'lockFactoryReset',
    source: 'button',
    untilMs: march2026,
  }),
  'the lock was set back': entryOf({ type: 'factoryReset', source: 'button', outcome: 'done' }),
  'nothing to stop': entryOf({
    type: 'refused',
    source: 'remote',
    attempt: 'stopFactoryReset',
    reason: 'noFactoryReset',
  }),
}

export const accessFrames: Readonly<Record<string, LinkFrame>> = {
  askNewest: { type: 'askNewest', nonce: filled(32, 0x4b) },
  newest: { type: 'newest', nonce: filled(32, 0x4b), version: 2, signature: filled(64, 0x4c) },
}
