import { bytesEqual } from '@mortise/protocol/wire'
import type {
  Credential,
  CredentialType,
  OperatingMode,
  OperationSource,
  Policy,
  Reason,
  User,
  Verb,
} from '@mortise/protocol/words'
import { isInWeek, isInYear, minutesADay, wallMinute } from './wall.ts'

export interface Holder {
  readonly user: User
  readonly credential: Credential
}

/** Whoever holds a credential in a policy, by looking through all of it. */
export function holderIn(policy: Policy, credentialId: Uint8Array): Holder | undefined {
  for (const user of policy.users) {
    const credential = user.credentials.find(({ id }) => bytesEqual(id, credentialId))
    if (credential !== undefined) return { user, credential }
  }
  return undefined
}

/** What has to be known beside the policy. */
export interface Circumstances {
  /** Lock time. */
  readonly timeMs: number
  /** Somebody vouches for it. */
  readonly certain: boolean
  readonly source: OperationSource | undefined
  /** As somebody has set it. */
  readonly mode: OperatingMode
  readonly uses: number
  readonly firstUseMs: number | undefined
  /** Lock time at which somebody of the household last opened. */
  readonly householdMs: number | undefined
  /** Since the lock last had reason to think that its policy is the newest. */
  readonly offlineMs: number
}

const hourMs = 3_600_000
const minuteMs = 60_000

/**
 * Everything that speaks against an operation, in the obvious reading of the policy. Written apart
 * from the product's own; an empty list means that the person may.
 */
export function objections(
  policy: Policy,
  user: User,
  verb: Verb,
  at: Circumstances,
): readonly Reason[] {
  const against: Reason[] = []
  if (user.userStatus !== 'occupiedEnabled') against.push('userDisabled')
  if (user.userType === 'nonAccessUser') against.push('nonAccessUser')
  if (!user.verbs.includes(verb)) against.push('verbNotAllowed')
  if (at.source === 'voice' && user.role !== 'agent') against.push('channelClosed')
  const isNeverHere = user.userType === 'remoteOnlyUser' || user.role === 'agent'
  if (isNeverHere && !isFromAfar(at)) against.push('remoteOnly')
  against.push(...ofMode(effectiveMode(policy, at), user, verb, at))
  against.push(...ofStay(user, at))
  if (verb === 'lock') return against
  return [...against, ...ofUse(user, at), ...ofCalendar(policy, user, at)]
}

function isFromAfar({ source }: Circumstances): boolean {
  return source === 'remote' || source === 'matter' || source === 'voice'
}

/** The mode that holds, with that of a holiday where nobody has set one. */
export function effectiveMode(
  policy: Policy,
  at: Pick<Circumstances, 'mode' | 'certain' | 'timeMs'>,
): OperatingMode {
  if (at.mode !== 'normal' || !at.certain || policy.holidaySchedules === undefined) return at.mode
  const wall = wallMinute(policy.timeZone, at.timeMs)
  return policy.holidaySchedules.find((one) => isInYear([one], wall))?.operatingMode ?? 'normal'
}

function ofMode(mode: OperatingMode, user: User, verb: Verb, at: Circumstances): readonly Reason[] {
  const isOwner = user.role === 'owner'
  const isOwnersPhone = isOwner && at.source === 'remote'
  if (mode === 'noRemoteLockUnlock') return isFromAfar(at) ? ['remoteDisabled'] : []
  if (verb === 'lock') return []
  if (mode === 'vacation') return isFromAfar(at) || isOwner ? [] : ['vacationMode']
  if (mode === 'privacy') return isOwnersPhone ? [] : ['privacyMode']
  if (mode === 'lockdown') return isOwnersPhone ? [] : ['lockdownMode']
  return []
}

function ofStay({ validity }: User, { timeMs, certain }: Circumstances): readonly Reason[] {
  if (validity === undefined) return []
  if (!certain) return ['timeUncertain']
  if (timeMs < validity.notBeforeMs) return ['notYetValid']
  return timeMs >= validity.notAfterMs ? ['noLongerValid'] : []
}

function ofUse(user: User, at: Circumstances): readonly Reason[] {
  const against: Reason[] = []
  const most = user.userType === 'disposableUser' ? 1 : user.useLimit
  if (most !== undefined && at.uses >= most) against.push('usedUp')
  if (user.userType === 'expiringUser') {
    const minutes = user.expiringUserTimeout ?? 0
    if (!at.certain) against.push('timeUncertain')
    else if (at.firstUseMs !== undefined && at.timeMs - at.firstUseMs >= minutes * minuteMs) {
      against.push('expired')
    }
  }
  const hours = user.maxOfflineHours ?? (user.role === 'guest' ? 24 : 0)
  if (hours > 0 && at.offlineMs >= hours * hourMs) against.push('tooLongOffline')
  return against
}

function ofCalendar(policy: Policy, user: User, at: Circumstances): readonly Reason[] {
  const { userType: type, holidayRule, weekDaySchedules, yearDaySchedules } = user
  const follows =
    type === 'weekDayScheduleUser' ||
    type === 'yearDayScheduleUser' ||
    type === 'scheduleRestrictedUser'
  const { quietHours } = policy.settings
  const isQuieted = quietHours?.roles.includes(user.role) === true
  const isTimed = follows || isQuieted || user.afterHousehold === true
  if (!isTimed && (holidayRule ?? 'asUsual') === 'asUsual') return []
  if (!at.certain) return ['timeUncertain']
  const wall = wallMinute(policy.timeZone, at.timeMs)
  const isHoliday = isInYear(policy.holidaySchedules, wall)
  const against: Reason[] = []
  if (holidayRule === 'noAccess' && isHoliday) against.push('holiday')
  if (holidayRule === 'onlyThen' && !isHoliday) against.push('outsideSchedule')
  const inWeek = weekDaySchedules === undefined || isInWeek(weekDaySchedules, wall)
  const inYear = yearDaySchedules === undefined || isInYear(yearDaySchedules, wall)
  if (follows && !(inWeek && inYear)) against.push('outsideSchedule')
  if (isQuieted && isInWeek(quietHours?.schedules, wall)) against.push('quietHours')
  if (user.afterHousehold === true && !isSameDay(policy, wall, at)) against.push('beforeHousehold')
  return against
}

function isSameDay(policy: Policy, wall: number, { householdMs }: Circumstances): boolean {
  if (householdMs === undefined) return false
  const then = wallMinute(policy.timeZone, householdMs)
  return Math.floor(then / minutesADay) === Math.floor(wall / minutesADay)
}

/** How many kinds of credentials it takes, this one being shown last. */
export function kindsWanted(
  policy: Policy,
  user: User,
  shown: CredentialType,
  at: Pick<Circumstances, 'mode' | 'certain' | 'timeMs'>,
): number {
  const wanted = { single: 1, dual: 2, tri: 3 }[user.credentialRule ?? 'single']
  if (shown !== 'face' || wanted > 1) return wanted
  const rule = policy.settings.faceRule ?? 'notAloneAtNight'
  if (rule === 'neverAlone' || effectiveMode(policy, at) === 'vacation') return 2
  return rule === 'notAloneAtNight' && isNight(policy, at) ? 2 : 1
}

function isNight(policy: Policy, at: Pick<Circumstances, 'certain' | 'timeMs'>): boolean {
  if (!at.certain) return true
  const usual = [{ daysMask: 127, startMinute: 1320, endMinute: 359 }]
  const wall = wallMinute(policy.timeZone, at.timeMs)
  return isInWeek(policy.settings.nightHours ?? usual, wall)
}

/** Whether a door that somebody has unlocked stays so. */
export function isHeldOpen(
  policy: Policy,
  at: Pick<Circumstances, 'mode' | 'certain' | 'timeMs'>,
): boolean {
  const mode = effectiveMode(policy, at)
  if (mode === 'passage' || mode === 'lockdown') return mode === 'passage'
  if (!at.certain || policy.passageSchedules === undefined) return false
  return isInWeek(policy.passageSchedules, wallMinute(policy.timeZone, at.timeMs))
}
