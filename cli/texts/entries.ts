import type { HistoryEntry } from '@mortise/keyholder'
import { adviceFor } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import type { Attempt, CredentialType, Entry, EventType } from '@mortise/protocol/words'
import type { Json, Line } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { alarmWords, modeWords } from './state.ts'
import { formatInstant, isoInstant } from './times.ts'

const credentialWords: Readonly<Record<CredentialType, string>> = {
  pin: 'code',
  passkey: 'passkey',
  deviceKey: 'device key',
  fingerprint: 'fingerprint',
  face: 'face',
  rfid: 'tag',
}

const attemptWords: Readonly<Record<Attempt, string>> = {
  claim: 'claiming the lock',
  changePolicy: 'changing the list of people',
  acceptInvitation: 'accepting an invitation',
  code: 'a code',
  message: 'a message',
  fingerprint: 'a fingerprint',
  face: 'a face',
  rfid: 'a tag',
  setOperatingMode: 'changing the mode',
  enrolCredential: 'registering a finger or a face',
  factoryReset: 'setting the lock back',
  stopFactoryReset: 'stopping a reset',
}

/** A journal entry as JSON; ids in hexadecimal, the time as RFC 3339. */
export function entryJson({ entry, verified }: HistoryEntry): Json {
  const { userId, credentialId, policyHash, previous, timeMs, untilMs, lostAfter, ...plain } = entry
  return present({
    ...plain,
    time: isoInstant(timeMs),
    until: untilMs === undefined ? undefined : isoInstant(untilMs),
    userId: userId === undefined ? undefined : toHex(userId),
    credentialId: credentialId === undefined ? undefined : toHex(credentialId),
    policyHash: policyHash === undefined ? undefined : toHex(policyHash),
    previous: toHex(previous),
    lostAfter: lostAfter === undefined ? undefined : toHex(lostAfter),
    verified,
  })
}

/** A journal entry as one line, in the door's time zone. */
export function entryLine({ entry, verified }: HistoryEntry, timeZone: string): Line {
  const mark = verified ? ' ' : '?'
  const text = `${mark}${String(entry.sequence).padStart(6)}  ${formatInstant(entry.timeMs, timeZone)}  ${sentence(entry)}`
  return line(text, toneOf(entry, verified))
}

function toneOf({ type, outcome }: Entry, verified: boolean): Line['tone'] {
  if (!verified) return 'quiet'
  if (type === 'alarmBegan' || type === 'keypadLockedOut') return 'bad'
  if (outcome === 'refused' || outcome === 'failed') return 'warn'
  return type === 'operationResult' ? 'plain' : 'quiet'
}

/** Who: the person, and with what. */
function by({ userName, credentialType, source }: Entry): string {
  const means = [
    ...(credentialType === undefined ? [] : [credentialWords[credentialType]]),
    ...(source === undefined ? [] : [source]),
  ].join(', ')
  const who = userName === undefined ? '' : ` by ${userName}`
  return means === '' ? who : `${who} (${means})`
}

function because({ reason, attempt }: Entry): string {
  return reason === undefined || reason === 'granted'
    ? ''
    : `: ${adviceFor(reason, attempt).because}`
}

const sentences: { readonly [Type in EventType]: (entry: Entry) => string } = {
  started: ({ boot }) => `The lock started (${boot})`,
  setupWindowOpened: () => 'Setup began',
  setupWindowClosed: () => 'Setup ended',
  claimed: (entry) => `Claimed${by(entry)}`,
  policyChanged: (entry) =>
    `List of people changed to version ${entry.policyVersion ?? '?'}${by(entry)}`,
  invitationAccepted: (entry) => `Invitation accepted${by(entry)}`,
  operationIntent: (entry) => `Asked to ${entry.verb ?? 'move'}${by(entry)}`,
  operationResult: (entry) => `${resultWord(entry)}${by(entry)}${because(entry)}`,
  refused: (entry) => `Refused ${refusedWhat(entry)}${by(entry)}${because(entry)}`,
  messagesRefused: (entry) => {
    const { count = 1 } = entry
    return `${count} ${count === 1 ? 'message' : 'messages'} refused${because(entry)}`
  },
  keypadLockedOut: ({ source }) => {
    if (source === 'biometric') return 'Reader locked after unknown fingers or faces'
    if (source === 'voice') return 'Voice PINs locked after wrong ones'
    return source === 'matter'
      ? 'Codes through Matter locked after wrong ones'
      : 'Keypad locked after wrong codes'
  },
  boltMoved: ({ lockState }) => `Bolt moved by hand: ${lockState ?? 'unknown'}`,
  doorMoved: ({ doorState }) => `Door moved: ${doorState ?? 'unknown'}`,
  alarmBegan: (entry) => `Alarm: ${alarmOf(entry)}`,
  alarmEnded: (entry) => `Alarm over: ${alarmOf(entry)}`,
  powerChanged: ({ mainsPresent, batteryPercent, batteryDaysLeft }) => {
    const days = batteryDaysLeft === undefined ? '' : `, about ${batteryDaysLeft} days left`
    const supply = mainsPresent === true ? 'mains' : 'battery only'
    return `Power: ${supply}, ${batteryPercent ?? '?'} %${days}`
  },
  operatingModeChanged: (entry) => `Mode changed to ${modeOf(entry)}${by(entry)}`,
  credentialPresented: (entry) => `Credential shown${by(entry)}${because(entry)}`,
  timeConfirmed: (entry) => `Time confirmed${by(entry)}`,
  factoryReset: (entry) => `The lock was set back${by(entry)}: nobody has access any more`,
  journalPruned: ({ throughSequence = 0, lostFrom }) => {
    const lost =
      lostFrom === undefined ? '' : `; no hub had taken ${lostFrom} to ${throughSequence}`
    return `The lock removed its entries up to ${throughSequence}${lost}`
  },
  lockUserChanged: ({ matterUserIndex }) =>
    `A Matter administrator changed user ${matterUserIndex ?? '?'}`,
  enrolmentBegan: ({ attempt }) =>
    `The reader begins to learn ${attempt === undefined ? 'something' : attemptWords[attempt]}`,
  enrolmentEnded: ({ outcome, credentialType, reason }) => {
    const what = credentialType === undefined ? 'it' : `a ${credentialWords[credentialType]}`
    return outcome === 'done'
      ? `The reader has learned ${what}, which opens once a list of people has it`
      : `The reader has not kept ${what}: ${adviceFor(reason ?? 'captureFailed').because}`
  },
}

function sentence(entry: Entry): string {
  return sentences[entry.type](entry)
}

function resultWord({ verb, outcome }: Entry): string {
  if (outcome !== 'done') return `Could not ${verb ?? 'move'}`
  if (verb === 'unlatch') return 'Opened'
  return verb === 'lock' ? 'Locked' : 'Unlocked'
}

function refusedWhat({ verb, attempt }: Entry): string {
  if (verb !== undefined) return `to ${verb}`
  return attempt === undefined ? 'something' : attemptWords[attempt]
}

function modeOf({ operatingMode }: Entry): string {
  return operatingMode === undefined ? '?' : modeWords[operatingMode]
}

function alarmOf({ alarmCode }: Entry): string {
  return alarmCode === undefined ? 'unknown' : alarmWords[alarmCode]
}
