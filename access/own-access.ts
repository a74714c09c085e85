import type { Credential, OwnAccess, Policy, User, UserType } from '@mortise/protocol/words'
import { useLimitOf, userTypeOf } from '#access/rules.ts'
import type { Usage } from '#access/situation.ts'

/**
 * What a lock tells somebody of their own access: all that decides when they may come, and nothing of
 * the household but the quiet hours and holidays that shut them out.
 */
export function ownAccessOf(policy: Policy, user: User, usage: Usage): OwnAccess {
  const { id: userId, name: userName, role } = user
  const { doorName, timeZone } = policy
  return {
    userId,
    userName,
    doorName,
    timeZone,
    role,
    verbs: mayAct(user) ? user.verbs : [],
    ...given(user, [
      'validity',
      'weekDaySchedules',
      'yearDaySchedules',
      'holidayRule',
      'expiringUserTimeout',
      'afterHousehold',
    ]),
    ...houseHoursOf(policy, user),
    ...countsOf(user, usage),
  }
}

function mayAct(user: User): boolean {
  return user.userStatus === 'occupiedEnabled' && userTypeOf(user) !== 'nonAccessUser'
}

function houseHoursOf(
  { settings, holidaySchedules }: Policy,
  { role, holidayRule = 'asUsual' }: User,
): Pick<OwnAccess, 'quietHours' | 'holidays'> {
  const { quietHours } = settings
  const isQuieted = quietHours !== undefined && quietHours.roles.includes(role)
  const minds = holidayRule !== 'asUsual' && holidaySchedules !== undefined
  return {
    ...(isQuieted ? { quietHours: quietHours.schedules } : {}),
    ...(minds ? { holidays: holidaySchedules.map(withoutName) } : {}),
  }
}

function withoutName({ startLocalMinute, endLocalMinute }: NonNullable<OwnAccess['holidays']>[0]) {
  return { startLocalMinute, endLocalMinute }
}

function countsOf(
  user: User,
  { uses, firstUseMs }: Usage,
): Pick<OwnAccess, 'useLimit' | 'uses' | 'firstUseMs'> {
  const useLimit = useLimitOf(user)
  const isTimed = user.expiringUserTimeout !== undefined && firstUseMs !== undefined
  return {
    ...(useLimit === undefined ? {} : { useLimit, uses }),
    ...(isTimed ? { firstUseMs } : {}),
  }
}

/**
 * A policy of one person that says of them what the lock told, so that their device computes their
 * hours by the functions that the lock decides with. Whether the household has been in today is for
 * nobody's device to know, and is left out.
 * @param credential what the device proves
 */
export function policyOfOwn(own: OwnAccess, credential: Credential): Policy {
  const { userId: id, userName: name, role, verbs, holidays, quietHours } = own
  const user: User = {
    id,
    name,
    role,
    userStatus: 'occupiedEnabled',
    verbs,
    credentials: [credential],
    userType: typeFor(own),
    ...given(own, [
      'validity',
      'weekDaySchedules',
      'yearDaySchedules',
      'holidayRule',
      'useLimit',
      'expiringUserTimeout',
    ]),
  }
  return {
    v: 1,
    lockId: new Uint8Array(32),
    version: 1,
    previous: new Uint8Array(32),
    doorName: own.doorName,
    timeZone: own.timeZone,
    settings: {
      autoRelockTime: 0,
      wrongCodeEntryLimit: 1,
      userCodeTemporaryDisableTime: 1,
      ...(quietHours === undefined ? {} : { quietHours: { schedules: quietHours, roles: [role] } }),
    },
    relyingParties: [],
    users: [user],
    invitations: [],
    ...(holidays === undefined
      ? {}
      : { holidaySchedules: holidays.map((holiday) => ({ name: '', ...holiday })) }),
  }
}

/** How often somebody whom the lock told of their access has opened. */
export function usageOfOwn({ uses = 0, firstUseMs }: OwnAccess): Usage {
  return firstUseMs === undefined ? { uses } : { uses, firstUseMs }
}

/** The type that follows the limits there are; with hours of both kinds, both must hold. */
function typeFor({ expiringUserTimeout, weekDaySchedules, yearDaySchedules }: OwnAccess): UserType {
  if (expiringUserTimeout !== undefined) return 'expiringUser'
  const isScheduled = weekDaySchedules !== undefined || yearDaySchedules !== undefined
  return isScheduled ? 'scheduleRestrictedUser' : 'unrestrictedUser'
}

/** Those of the fields that are there. */
function given<Fields extends object, Name extends keyof Fields>(
  fields: Fields,
  names: readonly Name[],
): Partial<Pick<Fields, Name>> {
  const present: Partial<Pick<Fields, Name>> = {}
  for (const name of names) if (fields[name] !== undefined) present[name] = fields[name]
  return present
}
