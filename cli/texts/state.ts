import type { Sighting } from '@mortise/keyholder'
import { toHex } from '@mortise/protocol/wire'
import { alarmSeverities, alarmSeverity } from '@mortise/protocol/words'
import type {
  AlarmCode,
  AlarmSeverity,
  DoorState,
  LockState,
  OperatingMode,
  State,
} from '@mortise/protocol/words'
import type { Json, Line } from '#cli/output/result.ts'
import { line, present } from '#cli/output/result.ts'
import { formatAge, formatInstant, isoInstant } from './times.ts'

const lockWords: Readonly<Record<LockState, string>> = {
  locked: 'locked',
  unlocked: 'unlocked',
  unlatched: 'open (latch pulled)',
  notFullyLocked: 'not fully locked',
  unknown: 'unknown',
}

const doorWords: Readonly<Record<DoorState, string>> = {
  doorClosed: 'door closed',
  doorOpen: 'door open',
  doorForcedOpen: 'door forced open',
  doorAjar: 'door left open',
  unknown: 'door unknown',
}

export const alarmWords: Readonly<Record<AlarmCode, string>> = {
  lockJammed: 'the bolt is stuck',
  wrongCodeEntryLimit: 'many wrong codes or fingers',
  frontEscutcheonRemoved: 'the keypad was taken off',
  doorForcedOpen: 'the door was forced open',
  batteryLow: 'the battery is low',
  mainsLost: 'there is no mains power',
  doorAjar: 'the door has been open for long',
  forcedUser: 'somebody opened under duress',
  lockFactoryReset: 'somebody inside has asked for a factory reset',
  tamper: 'the cover outside was off',
  batteryCritical: 'the battery is almost empty',
  clockUncertain: 'the lock is not sure of the time',
  linkLost: 'the lock has lost the hub',
  linkJammed: 'the lock has lost the hub, and somebody may want it so',
  storageNearlyFull: 'the memory of the lock is nearly full',
  credentialRefusals: 'one credential was refused again and again',
  boltSensorFault: 'the bolt sensor contradicts itself',
}

/** Modes as people type and read them. */
export const modeWords: Readonly<Record<OperatingMode, string>> = {
  normal: 'normal',
  vacation: 'vacation',
  privacy: 'privacy',
  noRemoteLockUnlock: 'no-remote',
  passage: 'passage',
  lockdown: 'lockdown',
}

/** The mode that a lock signs, and when it ends. */
export function modeText(state: State, timeZone: string): string {
  const { operatingMode = 'normal', operatingModeUntilMs: untilMs } = state
  const until = untilMs === undefined ? '' : ` until ${formatInstant(untilMs, timeZone)}`
  return `${modeWords[operatingMode]}${until}`
}

/** A state as JSON; instants are RFC 3339. */
export function stateJson(state: State): Json {
  const { lockState, doorState, moving, alarms, batteryPercent, mainsPresent } = state
  return present({
    lockState,
    doorState,
    moving,
    alarms,
    batteryPercent,
    batteryDaysLeft: state.batteryDaysLeft,
    batteryConfidence: state.batteryConfidence,
    mainsPresent,
    claimed: state.claimed,
    policyVersion: state.policyVersion,
    policyHash: toHex(state.policyHash),
    sequence: state.sequence,
    lockTime: isoInstant(state.timeMs),
    timeCertain: state.timeCertain,
    keypadLockedUntil: instantOrNothing(state.keypadLockedUntilMs),
    autoRelockAt: instantOrNothing(state.autoRelockAtMs),
    softwareVersion: state.softwareVersion,
    operatingMode: state.operatingMode ?? 'normal',
    operatingModeUntil: instantOrNothing(state.operatingModeUntilMs),
    factoryResetAt: instantOrNothing(state.factoryResetAtMs),
  })
}

function instantOrNothing(instantMs: number | undefined): string | undefined {
  return instantMs === undefined ? undefined : isoInstant(instantMs)
}

/** A state for people, most important first. */
export function stateLines(
  { state, confirmedAtMs, fault }: Sighting,
  nowMs: number,
  timeZone: string,
): readonly Line[] {
  const age = formatAge(nowMs - confirmedAtMs)
  const moving = state.moving ? ', moving' : ''
  const headline = `${lockWords[state.lockState]}${moving}, ${doorWords[state.doorState]}`
  return [
    line(`${headline} (signed by the lock ${age} ago)`, lockTone(state)),
    ...(fault === undefined ? [] : [line(faultWords[fault], 'bad')]),
    ...resetLines(state, timeZone),
    ...modeLines(state, timeZone),
    ...alarmLines(state.alarms),
    ...detailLines(state, timeZone),
  ]
}

/** Nobody owns it, or will soon: before everything else. */
function resetLines({ claimed, factoryResetAtMs }: State, timeZone: string): readonly Line[] {
  if (!claimed) return [line('Nobody owns this lock: it was set back, or never claimed', 'bad')]
  if (factoryResetAtMs === undefined) return []
  const at = formatInstant(factoryResetAtMs, timeZone)
  return [line(`Nobody has access any more from ${at} on. Stop it: mortise reset stop`, 'bad')]
}

/** A mode that is none is not worth a line. */
function modeLines(state: State, timeZone: string): readonly Line[] {
  if (state.operatingMode === undefined) return []
  return [line(`Mode: ${modeText(state, timeZone)}`, 'warn')]
}

const severityWords: Readonly<Record<AlarmSeverity, readonly [word: string, tone: Line['tone']]>> =
  {
    urgent: ['Alarm', 'bad'],
    warning: ['Warning', 'warn'],
    notice: ['Note', 'quiet'],
  }

/** Worst first; within one severity, as they began. */
function alarmLines(alarms: readonly AlarmCode[]): readonly Line[] {
  return alarmSeverities.flatMap((severity) => {
    const [word, tone] = severityWords[severity]
    return alarms
      .filter((alarm) => alarmSeverity[alarm] === severity)
      .map((alarm) => line(`${word}: ${alarmWords[alarm]}`, tone))
  })
}

const faultWords: Readonly<Record<NonNullable<Sighting['fault']>, string>> = {
  policyRolledBack:
    'The lock went back to an older list of people: it was reset, or tampered with.',
  policyForked: 'The lock has two lists of people with one number: it was tampered with.',
}

function lockTone(state: State): Line['tone'] {
  if (state.lockState === 'locked') return 'good'
  return state.lockState === 'unlocked' ? 'warn' : 'bad'
}

/** A number that is no more than a guess is told as one. */
function daysLeft({ batteryDaysLeft, batteryConfidence }: State): string {
  if (batteryDaysLeft === undefined) return ''
  const about = batteryConfidence === 'high' ? '' : 'about '
  const guess = batteryConfidence === 'low' ? ', still learning' : ''
  return ` (${about}${batteryDaysLeft} days left${guess})`
}

function detailLines(state: State, timeZone: string): readonly Line[] {
  const { keypadLockedUntilMs, autoRelockAtMs, batteryPercent, mainsPresent } = state
  const details: string[] = []
  if (keypadLockedUntilMs !== undefined) {
    details.push(`Keypad locked until ${formatInstant(keypadLockedUntilMs, timeZone)}`)
  }
  if (autoRelockAtMs !== undefined) {
    details.push(`Locks itself at ${formatInstant(autoRelockAtMs, timeZone)}`)
  }
  if (!state.timeCertain) details.push('The lock is not sure of the time: timed codes are refused')
  const power = [
    ...(batteryPercent === undefined ? [] : [`battery ${batteryPercent} %${daysLeft(state)}`]),
    ...(mainsPresent === undefined ? [] : [mainsPresent ? 'mains' : 'no mains']),
    `list of people version ${state.policyVersion}`,
  ]
  return [...details, power.join(', ')].map((text) => line(`  ${text}`, 'quiet'))
}
