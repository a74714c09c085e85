import type {
  OperatingMode,
  OperationSource,
  Policy,
  Reason,
  Role,
  Verb,
} from '@mortise/protocol/words'
import { holidayAt } from '#access/schedule.ts'
import type { Situation } from '#access/situation.ts'

/** Through what somebody proves a credential. */
export type Channel = Extract<
  OperationSource,
  'keypad' | 'biometric' | 'rfid' | 'remote' | 'matter' | 'voice'
>

/** Whether whoever comes that way may be anywhere. */
export function isFromAfar(channel: Channel): boolean {
  return channel === 'remote' || channel === 'matter' || channel === 'voice'
}

type ModeSituation = Pick<
  Situation,
  'operatingMode' | 'operatingModeUntilMs' | 'time' | 'wallClock'
>

/** What somebody has set, and has not ended. */
export function modeSet({
  operatingMode,
  operatingModeUntilMs,
  time,
}: ModeSituation): OperatingMode {
  return time.ms < (operatingModeUntilMs ?? Infinity) ? operatingMode : 'normal'
}

/**
 * The mode that holds at a moment: what somebody has set, or what a holiday asks for. An uncertain
 * clock knows no holidays.
 */
export function effectiveMode(policy: Policy, situation: ModeSituation): OperatingMode {
  const { time, wallClock } = situation
  const set = modeSet(situation)
  if (set !== 'normal' || policy.holidaySchedules === undefined || !time.certain) return set
  return holidayAt(policy.holidaySchedules, wallClock(time.ms))?.operatingMode ?? set
}

/**
 * What a mode has against an operation. After Matter 1.4.2 Application Clusters section 5.2.6.11,
 * with two divergences on purpose: owners get in by code in vacation mode and by phone in privacy
 * mode, because a mode that somebody has set must not lock an owner out; and locking is never
 * refused at the door.
 */
export function modeObjection(
  mode: OperatingMode,
  role: Role,
  channel: Channel,
  verb: Verb,
): Reason | undefined {
  const isRemote = isFromAfar(channel)
  switch (mode) {
    case 'normal':
    case 'passage':
      return undefined
    case 'vacation':
      return isRemote || verb === 'lock' || role === 'owner' ? undefined : 'vacationMode'
    case 'privacy':
      return isOwnersPhone(role, channel) || verb === 'lock' ? undefined : 'privacyMode'
    case 'noRemoteLockUnlock':
      return isRemote ? 'remoteDisabled' : undefined
    case 'lockdown':
      return isOwnersPhone(role, channel) || verb === 'lock' ? undefined : 'lockdownMode'
  }
}

function isOwnersPhone(role: Role, channel: Channel): boolean {
  return role === 'owner' && channel === 'remote'
}

/** Who may begin a mode. Owners may begin and end all of them. */
const beginners: Readonly<Record<Exclude<OperatingMode, 'normal'>, readonly Role[]>> = {
  vacation: ['owner', 'manager', 'resident'],
  privacy: ['owner', 'resident'],
  noRemoteLockUnlock: ['owner'],
  // The door then stands open to everybody.
  passage: ['owner'],
  lockdown: ['owner', 'manager', 'resident'],
}

/** Whoever may begin a mode may end it, but for lockdown: an intruder may be holding the resident's phone. */
function mayEnd(role: Role, mode: OperatingMode): boolean {
  if (mode === 'normal') return true
  return mode === 'lockdown' ? role === 'owner' : beginners[mode].includes(role)
}

/** Whether somebody of this role may take the lock from one mode to another. */
export function maySetMode(role: Role, from: OperatingMode, to: OperatingMode): boolean {
  if (!mayEnd(role, from)) return false
  return to === 'normal' ? isModeUser(role) : beginners[to].includes(role)
}

function isModeUser(role: Role): boolean {
  return role === 'owner' || role === 'manager' || role === 'resident'
}
