import { bytesEqual } from '@mortise/protocol/wire'
import type {
  Binding,
  Credential,
  Policy,
  Reason,
  User,
  WeekDaySchedule,
} from '@mortise/protocol/words'
import type { AccessRequest } from '#access/decide.ts'
import type { Situation } from '#access/situation.ts'

/**
 * What `decide` should say, written the slow and obvious way and from the words of the rules, not
 * from its code: it looks through the whole policy each time, spells the calendar out, and lists
 * every objection before it names the first. Tests and the simulator hold the two against each
 * other, so nothing here may be shared with `decide`.
 */
export function specifiedReason(
  policy: Policy | undefined,
  bindings: readonly Binding[],
  request: AccessRequest,
  situation: Situation,
): Reason {
  if (policy === undefined) return 'notClaimed'
  const all = everyCredential(policy, bindings)
  const mine = all.find(({ credential }) => bytesEqual(credential.id, request.credentialId))
  if (mine === undefined) return 'unknownCredential'
  const objections = everyObjection(policy, mine.user, request, situation)
  if (objections[0] !== undefined) return objections[0]
  const opens = request.action === 'unlock' || request.action === 'unlatch'
  if (!opens) return 'granted'
  const shown = all.filter(
    ({ user, credential }) =>
      user === mine.user &&
      (credential === mine.credential ||
        situation.presented.some((id) => bytesEqual(id, credential.id))),
  )
  const kinds = new Set(shown.map(({ credential }) => credential.type)).size
  return kinds < kindsNeeded(policy, mine, situation) ? 'anotherCredentialNeeded' : 'granted'
}

interface Mine {
  readonly user: User
  readonly credential: Credential
}

function everyCredential(policy: Policy, bindings: readonly Binding[]): readonly Mine[] {
  return policy.users.flatMap((user) => [
    ...user.credentials.map((credential) => ({ user, credential })),
    ...bindings
      .filter(({ userId }) => bytesEqual(userId, user.id))
      .map(({ credential }) => ({ user, credential })),
  ])
}

function everyObjection(
  policy: Policy,
  user: User,
  { action, channel }: AccessRequest,
  situation: Situation,
): readonly Reason[] {
  const objections: Reason[] = []
  if (user.userStatus === 'occupiedDisabled') objections.push('userDisabled')
  if (typeof action === 'object') {
    const { operatingModeUntilMs: until = Infinity, time } = situation
    const now = time.ms >= until ? 'normal' : situation.operatingMode
    const allowed = mayTurn(user, now, action.setOperatingMode)
    if (!allowed) objections.push('notAuthorized')
  }
  if (typeof action === 'object' || action === 'changePolicy') {
    return [...objections, ...everyTimeObjection(policy, user, situation)]
  }
  const type = user.userType ?? 'unrestrictedUser'
  if (type === 'nonAccessUser') objections.push('nonAccessUser')
  if (!user.verbs.some((verb) => verb === action)) objections.push('verbNotAllowed')
  const atDoor = channel === 'keypad' || channel === 'biometric' || channel === 'rfid'
  const fromAfar = !atDoor
  if (channel === 'voice' && user.role !== 'agent') objections.push('channelClosed')
  if (atDoor && user.role === 'agent') objections.push('remoteOnly')
  if (atDoor && type === 'remoteOnlyUser') objections.push('remoteOnly')
  const mode = modeOf(policy, situation)
  const ownersPhone = user.role === 'owner' && channel === 'remote'
  if (mode === 'noRemoteLockUnlock' && fromAfar) objections.push('remoteDisabled')
  if (action === 'lock') return [...objections, ...validity(user, situation)]
  if (mode === 'vacation' && !fromAfar && user.role !== 'owner') objections.push('vacationMode')
  if (mode === 'privacy' && !ownersPhone) objections.push('privacyMode')
  if (mode === 'lockdown' && !ownersPhone) objections.push('lockdownMode')
  return [...objections, ...everyTimeObjection(policy, user, situation)]
}

function everyTimeObjection(policy: Policy, user: User, situation: Situation): readonly Reason[] {
  return [
    ...uses(user, situation),
    ...validity(user, situation),
    ...schedules(policy, user, situation),
    ...expiry(user, situation),
    ...offline(user, situation),
  ]
}

function uses(user: User, { usageOf }: Situation): readonly Reason[] {
  const { uses: count } = usageOf(user.id)
  if (user.userType === 'disposableUser' && count > 0) return ['usedUp']
  const limited = user.userType !== 'disposableUser' && user.useLimit !== undefined
  return limited && count >= user.useLimit ? ['usedUp'] : []
}

function validity(user: User, { time }: Situation): readonly Reason[] {
  const objections: Reason[] = []
  if (user.validity === undefined) return objections
  const { notBeforeMs, notAfterMs } = user.validity
  if (!time.certain) objections.push('timeUncertain')
  if (!(notBeforeMs <= time.ms)) objections.push('notYetValid')
  if (!(time.ms < notAfterMs)) objections.push('noLongerValid')
  return objections
}

function schedules(policy: Policy, user: User, situation: Situation): readonly Reason[] {
  const objections: Reason[] = []
  const { time, wallClock, householdOpenedMs } = situation
  const type = user.userType ?? 'unrestrictedUser'
  const week = user.weekDaySchedules ?? []
  const year = user.yearDaySchedules ?? []
  const quiet = policy.settings.quietHours
  const scheduled =
    type === 'weekDayScheduleUser' ||
    type === 'yearDayScheduleUser' ||
    type === 'scheduleRestrictedUser'
  const rule = user.holidayRule ?? 'asUsual'
  const quieted = quiet?.roles.includes(user.role) === true
  if (!scheduled && rule === 'asUsual' && !quieted && user.afterHousehold !== true) return []
  if (!time.certain) objections.push('timeUncertain')
  const now = wallClock(time.ms)
  const holiday = holidayOf(policy, now) !== undefined
  const inWeek = week.some((schedule) => isOpen(schedule, now))
  const inYear = year.some((one) => one.startLocalMinute <= now && now <= one.endLocalMinute)
  if (rule === 'noAccess' && holiday) objections.push('holiday')
  if (rule === 'onlyThen' && !holiday) objections.push('outsideSchedule')
  if (type === 'weekDayScheduleUser' && !inWeek) objections.push('outsideSchedule')
  if (type === 'yearDayScheduleUser' && !inYear) objections.push('outsideSchedule')
  if (type === 'scheduleRestrictedUser') {
    const bad =
      (week.length === 0 && year.length === 0) ||
      (week.length > 0 && !inWeek) ||
      (year.length > 0 && !inYear)
    if (bad) objections.push('outsideSchedule')
  }
  if (quieted && quiet.schedules.some((one) => isOpen(one, now))) {
    objections.push('quietHours')
  }
  if (user.afterHousehold === true) {
    const dayOf = (ms: number): number => Math.floor(wallClock(ms) / 1440)
    if (householdOpenedMs === undefined || dayOf(householdOpenedMs) !== dayOf(time.ms)) {
      objections.push('beforeHousehold')
    }
  }
  return objections
}

/** Whether the window that began today or the one that began yesterday is open now. */
function isOpen(schedule: WeekDaySchedule, now: number): boolean {
  const today = Math.floor(now / 1440)
  return [today - 1, today].some((day) => {
    // 1970-01-01 was a Thursday, the fourth day after Sunday.
    const isThatDay = Math.floor(schedule.daysMask / 2 ** ((day + 4) % 7)) % 2 === 1
    const lastDay = schedule.endMinute < schedule.startMinute ? day + 1 : day
    const first = day * 1440 + schedule.startMinute
    const last = lastDay * 1440 + schedule.endMinute
    return isThatDay && first <= now && now <= last
  })
}

function holidayOf(policy: Policy, now: number) {
  return (policy.holidaySchedules ?? []).find(
    (one) => one.startLocalMinute <= now && now <= one.endLocalMinute,
  )
}

function expiry(user: User, { time, usageOf }: Situation): readonly Reason[] {
  const objections: Reason[] = []
  if (user.userType !== 'expiringUser' || user.expiringUserTimeout === undefined) return objections
  if (!time.certain) objections.push('timeUncertain')
  const { firstUseMs } = usageOf(user.id)
  if (firstUseMs !== undefined && time.ms - firstUseMs >= user.expiringUserTimeout * 60 * 1000) {
    objections.push('expired')
  }
  return objections
}

function offline(user: User, { offlineMs }: Situation): readonly Reason[] {
  const objections: Reason[] = []
  const usual = user.role === 'guest' ? 24 : 0
  const hours = user.maxOfflineHours === undefined ? usual : user.maxOfflineHours
  if (hours === 0) return objections
  const silent = offlineMs ?? Infinity
  if (silent >= hours * 60 * 60 * 1000) objections.push('tooLongOffline')
  return objections
}

function modeOf(policy: Policy, situation: Situation) {
  const { operatingMode, operatingModeUntilMs, time, wallClock } = situation
  const isOver = operatingModeUntilMs !== undefined && operatingModeUntilMs <= time.ms
  if (operatingMode !== 'normal' && !isOver) return operatingMode
  if (!time.certain) return 'normal'
  return holidayOf(policy, wallClock(time.ms))?.operatingMode ?? 'normal'
}

/** Owners turn every mode on and off; some of the household turn some. */
function mayTurn({ role }: User, from: string, to: string): boolean {
  if (role === 'owner') return true
  const turns: Readonly<Record<string, readonly string[]>> = {
    manager: ['vacation'],
    resident: ['vacation', 'privacy'],
  }
  const on = turns[role]
  if (on === undefined) return false
  const mayLeave = from === 'normal' || on.includes(from)
  return mayLeave && (to === 'normal' || to === 'lockdown' || on.includes(to))
}

function kindsNeeded(policy: Policy, { user, credential }: Mine, situation: Situation): number {
  const rule = { single: 1, dual: 2, tri: 3 }[user.credentialRule ?? 'single']
  if (credential.type !== 'face') return rule
  const { time, wallClock } = situation
  const now = wallClock(time.ms)
  const night = policy.settings.nightHours ?? [{ daysMask: 127, startMinute: 1320, endMinute: 359 }]
  const isNight = !time.certain || night.some((one) => isOpen(one, now))
  const faceRule = policy.settings.faceRule ?? 'notAloneAtNight'
  const notAlone =
    modeOf(policy, situation) === 'vacation' ||
    faceRule === 'neverAlone' ||
    (faceRule === 'notAloneAtNight' && isNight)
  return notAlone ? Math.max(rule, 2) : rule
}
