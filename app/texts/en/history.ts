import type {
  CredentialType,
  OperatingMode,
  OperationSource,
  Reason,
  Verb,
} from '@mortise/protocol/words'
import type { BrokenWhy, EventLine, HistoryKind } from '#app/state/model/history/history-view.ts'
import { alarms, doorTexts } from '#app/texts/en/door.ts'

const methods: Readonly<Record<OperationSource, string>> = {
  manual: 'Thumbturn or key',
  keypad: 'Code',
  auto: 'Automatic',
  remote: 'Phone',
  button: 'Inside button',
  biometric: 'Finger or face',
  rfid: 'Tag',
  matter: 'Matter',
  voice: 'Voice PIN',
}

const credentialMethods: Readonly<Record<CredentialType, string>> = {
  pin: 'Code',
  passkey: 'Phone',
  deviceKey: 'Device key',
  fingerprint: 'Fingerprint',
  face: 'Face',
  rfid: 'Tag',
}

/** In the third person, beside the name of whoever tried. */
const refusedBecause: Partial<Readonly<Record<Reason, string>>> = {
  unknownCode: 'no such code',
  keypadLockedOut: 'the keypad had locked itself',
  voiceLockedOut: 'too many wrong voice PINs before',
  notYetValid: 'too early: their time had not begun',
  noLongerValid: 'their time had ended',
  userDisabled: 'access was switched off for them',
  timeUncertain: 'the lock was not sure of the time',
  verbNotAllowed: 'they may not do this',
  unknownCredential: 'a phone or key that the lock does not know',
  badProof: 'the signature was wrong',
  noUserVerification: 'the phone had not checked who held it',
  wrongOrigin: 'the app came from a wrong address',
  challengeUnknown: 'the challenge was not the lock’s',
  challengeExpired: 'the signature came too late',
  commandRepeated: 'it was a second copy of a command',
  badNewestPolicy: 'the hub named another list as the newest, or could not prove it',
  malformed: 'they could not be read',
  unsealable: 'they were not meant for this lock',
  wrongLock: 'they were meant for another lock',
  unknownInvitation: 'an invitation that the lock does not know',
  invitationExpired: 'the invitation had ended',
  notAuthorized: 'they may not change that',
  insideButtonNeeded: 'the inside button had not been pressed',
  policyConflict: 'it was based on an older list',
  policyInvalid: 'the change had a mistake',
  lastOwner: 'it would have left the door without an owner',
  pinTaken: 'the code was taken',
  pinTooGuessable: 'the code was too easy',
  alreadyClaimed: 'the lock has an owner',
  setupWindowClosed: 'the inside button had not been pressed',
  wrongSetupCode: 'the setup code was wrong',
  jammed: 'the bolt was stuck',
  boltNotConfirmed: 'the bolt sensor did not confirm it',
  interrupted: 'the lock restarted in the middle of it',
  alreadyThere: 'the bolt was already there',
  nonAccessUser: 'they are known here, but do not open',
  remoteOnly: 'they may open from afar only',
  anotherCredentialNeeded: 'a second proof was still missing',
  voicePinNeeded: 'it was not told its voice PIN',
  outsideSchedule: 'not at this time of theirs',
  holiday: 'not on this holiday',
  quietHours: 'not in the quiet hours',
  beforeHousehold: 'nobody of the household had been in yet',
  usedUp: 'it had been used as often as it may be',
  expired: 'its time after the first use was over',
  tooLongOffline: 'the lock had not heard from the hub for too long',
  vacationMode: 'the lock was in vacation mode',
  privacyMode: 'the lock was in privacy mode',
  remoteDisabled: 'opening from afar was switched off',
  lockdownMode: 'the lock was locked down',
  channelClosed: 'this way in was closed',
  doorOpen: 'the door stood open',
  powerTooLow: 'there was too little power',
  notFitted: 'this lock has no part for it',
  notEnrolled: 'the reader had not learned it',
  alreadyEnrolled: 'the reader knew it already',
  captureFailed: 'the reader could not read it',
  readerFull: 'the reader had no room',
  enrolmentExpired: 'it was not shown or not confirmed in time',
}

const did: Readonly<Record<Verb, string>> = {
  lock: 'locked',
  unlock: 'unlocked',
  unlatch: 'opened',
}
const toDo: Readonly<Record<Verb, string>> = { lock: 'lock', unlock: 'unlock', unlatch: 'open' }

export const operatingModes: Readonly<Record<OperatingMode, string>> = {
  normal: 'Normal',
  vacation: 'Vacation',
  privacy: 'Privacy',
  noRemoteLockUnlock: 'Nothing from afar',
  passage: 'Held open',
  lockdown: 'Locked down',
}

const brokenWhy: Readonly<Record<BrokenWhy, string>> = {
  headForged: 'Its end is not signed by your lock.',
  rolledBack: 'It is shorter than what this phone has seen before.',
  forked: 'It is another history than the one that this phone has seen before.',
  malformed: 'Part of it cannot be read.',
  outOfOrder: 'Entries come twice or out of order.',
  brokenLink: 'An entry was changed, removed or put in.',
}

const kinds: Readonly<Record<HistoryKind, string>> = {
  all: 'All',
  comings: 'Comings',
  refusals: 'Refused',
  alarms: 'Alarms',
  changes: 'Changes',
}

const attempts = {
  claim: 'Claiming the lock',
  changePolicy: 'Changing the list',
  acceptInvitation: 'Accepting an invitation',
  code: 'A code',
  message: 'A message',
  fingerprint: 'A fingerprint',
  face: 'A face',
  rfid: 'A tag',
  setOperatingMode: 'Changing the mode',
  enrolCredential: 'Registering a finger or face',
  factoryReset: 'Setting the lock back',
  stopFactoryReset: 'Stopping a reset',
} as const

export interface LineText {
  readonly title: string
  readonly detail: string
}

/** The sentence of one line, and what stands small below it. */
export function lineText(line: EventLine, time: (atMs: number) => string): LineText {
  switch (line.type) {
    case 'operationIntent':
    case 'operationResult':
      return operationText(line)
    case 'refused':
      return refusedText(line)
    case 'boltMoved':
      return { title: boltMovedTitle(line), detail: methodOf(line) }
    case 'doorMoved':
      return { title: doorMovedTitle(line), detail: '' }
    case 'alarmBegan':
      return { title: alarmTitle(line), detail: 'Alarm' }
    case 'alarmEnded':
      return { title: `Over: ${alarmTitle(line)}`, detail: 'Alarm ended' }
    case 'keypadLockedOut':
      return lockoutText(line, time)
    case 'messagesRefused':
      return {
        title: line.count === 1 ? '1 message refused' : `${line.count ?? 0} messages refused`,
        detail: line.reason === null ? 'Nobody could be named for them' : capital(reasonOf(line)),
      }
    case 'claimed':
    case 'policyChanged':
    case 'invitationAccepted':
    case 'setupWindowOpened':
    case 'setupWindowClosed':
    case 'powerChanged':
    case 'started':
    case 'operatingModeChanged':
    case 'credentialPresented':
    case 'timeConfirmed':
    case 'factoryReset':
    case 'journalPruned':
    case 'lockUserChanged':
      return houseText(line.type, line, time)
    case 'enrolmentBegan':
    case 'enrolmentEnded':
      return enrolmentText(line)
  }
}

function lockoutText({ source, untilMs }: EventLine, time: (atMs: number) => string): LineText {
  const [title, detail] = lockouts[source ?? 'keypad'] ?? keypadLockout
  return { title, detail: untilMs === null ? detail : `${detail}, until ${time(untilMs)}` }
}

const keypadLockout = ['The keypad locked itself', 'After wrong codes'] as const
const lockouts: Partial<Readonly<Record<OperationSource, readonly [title: string, why: string]>>> =
  {
    biometric: ['The reader locked itself', 'After unknown fingers or faces'],
    matter: ['Codes through Matter were stopped', 'After wrong codes'],
    voice: ['Voice PINs were stopped', 'After wrong ones'],
  }

function operationText(line: EventLine): LineText {
  const text = plainOperationText(line)
  return line.duress ? { ...text, detail: `${text.detail}, under duress` } : text
}

function plainOperationText(line: EventLine): LineText {
  const verb = line.verb ?? 'unlock'
  if (line.outcome === 'done') {
    const title = line.who === null ? capital(did[verb]) : `${line.who} ${did[verb]}`
    return { title, detail: methodOf(line) }
  }
  const who = line.who ?? methods[line.source ?? 'auto']
  const why = line.outcome === null ? 'the end is not in the history' : reasonOf(line)
  return { title: `${who} tried to ${toDo[verb]}`, detail: `${methodOf(line)}: ${why}` }
}

function refusedText(line: EventLine): LineText {
  const isStrange = line.source === 'keypad' || isShown(line.attempt)
  const what =
    line.who === null && isStrange
      ? attempts[line.attempt ?? 'code']
      : line.verb === null
        ? line.attempt === null
          ? 'Something'
          : attempts[line.attempt]
        : capital(toDo[line.verb])
  const title = line.who === null ? `${what} was refused` : `${line.who} was refused`
  const method = methodOf(line)
  return { title, detail: method === '' ? capital(reasonOf(line)) : `${method}: ${reasonOf(line)}` }
}

function boltMovedTitle(line: EventLine): string {
  if (line.lockState === 'locked') return 'Locked'
  return line.lockState === 'unlocked' ? 'Unlocked' : 'The bolt moved'
}

function doorMovedTitle(line: EventLine): string {
  if (line.doorState === 'doorOpen') return 'The door opened'
  if (line.doorState === 'doorForcedOpen') return 'The door was forced open'
  return line.doorState === 'doorClosed' ? 'The door closed' : 'The door sensor fell silent'
}

function alarmTitle(line: EventLine): string {
  if (line.alarmCode === 'forcedUser') return doorTexts.duress(line.who)
  return line.alarmCode === null ? 'Alarm' : alarms[line.alarmCode]
}

type HouseEvent =
  | 'claimed'
  | 'policyChanged'
  | 'invitationAccepted'
  | 'setupWindowOpened'
  | 'setupWindowClosed'
  | 'powerChanged'
  | 'started'
  | 'operatingModeChanged'
  | 'credentialPresented'
  | 'timeConfirmed'
  | 'factoryReset'
  | 'journalPruned'
  | 'lockUserChanged'

/** What the lock tells of itself and of its list. */
function houseText(type: HouseEvent, line: EventLine, time: (atMs: number) => string): LineText {
  const by = line.who ?? ''
  switch (type) {
    case 'claimed':
      return {
        title: by === '' ? 'The lock got its owner' : `${by} claimed the lock`,
        detail: methodOf(line),
      }
    case 'policyChanged':
      return {
        title: by === '' ? 'The list was changed' : `${by} changed who may come in`,
        detail: line.policyVersion === null ? '' : `Version ${line.policyVersion}`,
      }
    case 'invitationAccepted':
      return { title: `${by} added their phone`, detail: 'Invitation accepted' }
    case 'setupWindowOpened':
      return {
        title: 'The inside button was pressed',
        detail: line.untilMs === null ? '' : `Setup possible until ${time(line.untilMs)}`,
      }
    case 'setupWindowClosed':
      return { title: 'Setup closed', detail: '' }
    case 'powerChanged':
      return {
        title: powerTitle(line),
        detail: line.batteryPercent === null ? '' : `Battery at ${line.batteryPercent}%`,
      }
    case 'started':
      return { title: 'The lock started', detail: '' }
    case 'operatingModeChanged': {
      const mode = line.operatingMode === null ? 'Mode' : operatingModes[line.operatingMode]
      return { title: by === '' ? mode : `${by}: ${mode}`, detail: 'Mode of the door' }
    }
    case 'credentialPresented':
      return {
        title: by === '' ? 'Shown at the door' : `${by} came to the door`,
        detail: reasonOf(line),
      }
    case 'timeConfirmed':
      return { title: 'The lock is sure of the time again', detail: by }
    case 'factoryReset':
      return {
        title: by === '' ? 'The lock was set back' : `${by} set the lock back`,
        detail: 'Nobody has access any more',
      }
    case 'journalPruned':
      return { title: 'The lock removed old entries to make room', detail: '' }
    case 'lockUserChanged':
      return { title: 'A Matter controller changed its users', detail: '' }
  }
}

function enrolmentText(line: EventLine): LineText {
  const by = line.who ?? 'Somebody'
  if (line.type === 'enrolmentBegan') {
    const what = line.attempt === 'face' ? 'a face' : 'a fingerprint'
    return { title: `${by} began to register ${what}`, detail: 'The reader at the door waits' }
  }
  const what = line.credentialType === 'face' ? 'face' : 'finger'
  return line.outcome === 'done'
    ? { title: `The reader has taken a ${what} for ${by}`, detail: 'It opens once it is signed' }
    : { title: `No ${what} was registered for ${by}`, detail: capital(reasonOf(line)) }
}

function powerTitle(line: EventLine): string {
  if (line.mainsPresent === null) return 'Power changed'
  return line.mainsPresent ? 'Mains power is back' : 'Mains power went away'
}

function methodOf(line: EventLine): string {
  // What was said counts more than the key of whoever passed it on.
  if (line.source === 'voice') return methods.voice
  if (line.credentialType !== null) return credentialMethods[line.credentialType]
  if (isShown(line.attempt)) return credentialMethods[line.attempt]
  return line.source === null ? '' : methods[line.source]
}

/** What is held to a reader, and is not typed. */
function isShown(attempt: EventLine['attempt']): attempt is 'fingerprint' | 'face' | 'rfid' {
  return attempt === 'fingerprint' || attempt === 'face' || attempt === 'rfid'
}

function reasonOf(line: EventLine): string {
  // The lock has one reason for whatever is nobody's.
  if (line.reason === 'unknownCode' && isShown(line.attempt)) return 'not known at this door'
  return (line.reason === null ? undefined : refusedBecause[line.reason]) ?? 'the lock refused it'
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

export const historyTexts = {
  title: 'History',
  kinds,
  brokenWhy,
  lineText,
  everybody: 'Everybody',
  whoLabel: 'Whose',
  kindLabel: 'What',
  empty: 'Nothing here yet',
  emptyNote: 'Everything that happens at the door will stand here, signed by the lock.',
  kept: (age: string) => `Read ${age} ago`,
  keptNote: 'The hub is away. Signature and chain were checked again; what came later is missing.',
  emptyAway: 'Not to be read right now',
  emptyAwayNote:
    'There is no connection to the hub, and this phone keeps no copy. The lock goes on writing.',
  emptyFilter: 'Nothing that fits',
  emptyFilterNote: 'Nothing of this kind is in what has been loaded so far.',
  more: 'Show earlier',
  gap: (from: string, to: string) =>
    from === to ? `Entry ${from} is missing` : `Entries ${from} to ${to} are missing`,
  gapAtEnd: (from: string, to: string) =>
    from === to ? `Entry ${from} is not here yet` : `Entries ${from} to ${to} are not here yet`,
  gapAtEndNote: 'The lock wrote them and has not yet sent them to the hub.',
  unsure: 'unconfirmed',
  gapNotes: {
    missing: 'The lock wrote them, and the hub does not have them.',
    handedOver:
      'The hub does not have them. The lock has handed them over and keeps them no longer.',
    lost: 'The lock had no room left and removed them before a hub had taken them.',
  },
  brokenHere: 'The chain breaks here',
  brokenHereNote: 'What is older cannot be trusted and is not shown.',
  checking: 'Checking',
  checkingProgress: (done: string, total: string) => `Checking ${done} of ${total}`,
  verified: 'Verified',
  gapMark: 'Gap',
  brokenMark: 'Broken',
  broken: 'This history was tampered with',
  brokenNote:
    'Do not rely on it. Ask whoever runs the hub, and keep this phone: it is the witness.',
  unchecked: 'Not checked',
  offlineCheck: 'There is no connection to check it.',
  checkTitle: 'What was checked',
  checkChain: (from: string, to: string) =>
    `Entries ${from} to ${to} form one unbroken chain: each one seals the one before.`,
  checkSignature:
    'The end of the chain is signed with the key by which this phone knows your lock.',
  checkContinues: (sequence: string) =>
    `It continues what this phone saw last (entry ${sequence}): nothing was rewritten since.`,
  checkFirst:
    'This phone sees this history for the first time. From here on it notices every change.',
  checkGap: (missing: string) =>
    `${missing} missing. What stands above the gap is genuine, what stands below it cannot be confirmed.`,
  checkGapProven: (missing: string) =>
    `${missing} missing. What stands above and below the gap is genuine.`,
  missing: { one: '# entry is', other: '# entries are' },
  checkAgain: 'Check again',
  checkDone: 'Close',
  entryNumber: (sequence: string) => `Entry ${sequence}`,
} as const
