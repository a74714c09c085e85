import { unreachable } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'
import type { Credential, Policy, Reason, User, YearDaySchedule } from '@mortise/protocol/words'
import { offlineHoursOf, useLimitOf, userTypeOf } from '#access/rules.ts'

/**
 * Checks what a policy must be whoever signs it. Its shape, sizes and the uniqueness of ids inside
 * one list are the decoder's part.
 */
export function policyFault(
  policy: Policy,
): Extract<Reason, 'policyInvalid' | 'lastOwner'> | undefined {
  const sound =
    isTimeZone(policy.timeZone) &&
    policy.users.every(isUserSound) &&
    areHoursSound(policy) &&
    credentialsAreDistinct(policy) &&
    passkeysHaveTheirParty(policy) &&
    invitationsHaveTheirUser(policy)
  if (!sound) return 'policyInvalid'
  return policy.users.some(isLastingOwner) ? undefined : 'lastOwner'
}

/** An owner who can sign the next change at any time; without one, nobody could ever mend the policy. */
export function isLastingOwner(user: User): boolean {
  return (
    user.role === 'owner' &&
    user.userStatus === 'occupiedEnabled' &&
    isUnlimited(user) &&
    user.credentials.some(({ type }) => type === 'passkey' || type === 'deviceKey')
  )
}

/** Nothing that time, use or the hub's silence could end. */
function isUnlimited(user: User): boolean {
  return (
    user.validity === undefined &&
    userTypeOf(user) === 'unrestrictedUser' &&
    (user.holidayRule ?? 'asUsual') === 'asUsual' &&
    useLimitOf(user) === undefined &&
    offlineHoursOf(user) === undefined &&
    user.afterHousehold === undefined
  )
}

/** A named zone of the time-zone data. A bare offset would be wrong for half of each year. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/**
 * A policy says nothing that would silently not be in force: what its readers show must be what the
 * lock does (published attacks row 48).
 */
function isUserSound(user: User): boolean {
  const { validity, role, verbs, delegation } = user
  return (
    (validity === undefined || validity.notBeforeMs < validity.notAfterMs) &&
    doSchedulesFitType(user) &&
    doLimitsFitType(user) &&
    (role !== 'auditor' || verbs.length === 0) &&
    (delegation === undefined || role === 'manager')
  )
}

function doSchedulesFitType(user: User): boolean {
  const { weekDaySchedules, yearDaySchedules } = user
  const hasWeek = weekDaySchedules !== undefined
  const hasYear = yearDaySchedules !== undefined
  if (yearDaySchedules?.every(isSpan) === false) return false
  switch (userTypeOf(user)) {
    case 'weekDayScheduleUser':
      return hasWeek && !hasYear
    case 'yearDayScheduleUser':
      return hasYear && !hasWeek
    case 'scheduleRestrictedUser':
      return hasWeek || hasYear
    case 'unrestrictedUser':
    case 'programmingUser':
    case 'nonAccessUser':
    case 'forcedUser':
    case 'disposableUser':
    case 'expiringUser':
    case 'remoteOnlyUser':
      return !hasWeek && !hasYear
  }
}

function doLimitsFitType(user: User): boolean {
  const type = userTypeOf(user)
  const hasTimeout = user.expiringUserTimeout !== undefined
  if (hasTimeout !== (type === 'expiringUser')) return false
  return type !== 'disposableUser' || user.useLimit === undefined
}

/** Quiet hours never shut an owner out, and no holiday ends before it begins. */
function areHoursSound({ settings, holidaySchedules }: Policy): boolean {
  const quietsOwners = settings.quietHours?.roles.includes('owner') === true
  return !quietsOwners && (holidaySchedules?.every(isSpan) ?? true)
}

function isSpan({ startLocalMinute, endLocalMinute }: YearDaySchedule): boolean {
  return startLocalMinute <= endLocalMinute
}

/**
 * No credential, key or passkey may prove two people, or the journal could not say who it was.
 */
function credentialsAreDistinct(policy: Policy): boolean {
  const seen = new Set<string>()
  for (const user of policy.users) {
    for (const credential of user.credentials) {
      for (const mark of marksOf(credential)) {
        if (seen.has(mark)) return false
        seen.add(mark)
      }
    }
  }
  return true
}

/** What must not occur twice among all credentials of a lock. */
export function marksOf(credential: Credential): readonly string[] {
  const id = `id:${toHex(credential.id)}`
  switch (credential.type) {
    case 'pin':
    case 'fingerprint':
    case 'face':
      return [id]
    case 'deviceKey':
    case 'rfid':
      return [id, `key:${toHex(credential.publicKey)}`]
    case 'passkey':
      return [id, `key:${toHex(credential.publicKey)}`, `passkey:${toHex(credential.passkeyId)}`]
    default:
      return unreachable(credential)
  }
}

function passkeysHaveTheirParty(policy: Policy): boolean {
  return policy.users.every(({ credentials }) =>
    credentials.every((credential) => hasRelyingParty(policy, credential)),
  )
}

/** True for everything but a passkey whose relying party the policy does not know, or knows no origin of. */
export function hasRelyingParty(policy: Policy, credential: Credential): boolean {
  return (
    credential.type !== 'passkey' ||
    policy.relyingParties.some(
      ({ id, origins }) => id === credential.relyingPartyId && origins.length > 0,
    )
  )
}

function invitationsHaveTheirUser(policy: Policy): boolean {
  const users = new Set(policy.users.map(({ id }) => toHex(id)))
  return policy.invitations.every(({ userId }) => users.has(toHex(userId)))
}
