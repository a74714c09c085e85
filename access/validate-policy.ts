import { unreachable } from '@mortise/protocol/errors'
import { toHex } from '@mortise/protocol/wire'
import type {
  Credential,
  HolidaySchedule,
  Policy,
  Reason,
  User,
  YearDaySchedule,
} from '@mortise/protocol/words'
import {
  credentialRuleOf,
  credentialsWanted,
  offlineHoursOf,
  useLimitOf,
  userTypeOf,
} from '#access/rules.ts'
import { isTimeZone } from '#access/time-zone.ts'

/** What can be wrong with a policy. Whoever writes one tells people which it is before they sign. */
export const policyFlaws = [
  'timeZoneUnknown',
  /** Somebody's time ends before it begins. */
  'validityEmpty',
  /** Hours on a user type that does not follow them, or none on one that does. */
  'hoursMisfit',
  /** A stretch of days ends before it begins. */
  'stretchReversed',
  /** Minutes after the first use, with another type than `expiringUser`, or that type without them. */
  'timeoutMisfit',
  /** A one-time user whose uses are counted otherwise. */
  'useLimitMisfit',
  /** An auditor with a verb. */
  'auditorActs',
  /** An agent that opens with its key alone: whoever holds the assistant's account would hold the door. */
  'agentOpensAlone',
  /** An agent with a finger, a face or a tag, which opens nothing: an agent is never at the door. */
  'agentAtDoor',
  /** A delegation of somebody who is no manager. */
  'delegationMisfit',
  'ownersQuieted',
  /** A holiday ends before it begins. */
  'holidayReversed',
  /** Two holidays overlap and want different modes. */
  'holidaysDisagree',
  /** A credential, key or passkey that proves two people, or stands twice. */
  'credentialTwice',
  /** A passkey whose relying party the policy does not know. */
  'relyingPartyMissing',
  'invitationOfNobody',
  /** Nobody could sign the next change at any time. */
  'noLastingOwner',
  /** Nobody who rules the lock for good could open it. */
  'noOwnerOpens',
] as const
export type PolicyFlaw = (typeof policyFlaws)[number]

export interface FoundFlaw {
  readonly flaw: PolicyFlaw
  /** Whom it is about, where it is about one person. */
  readonly user?: User
  /** Those that it is about, where it is about some. */
  readonly holidays?: readonly HolidaySchedule[]
}

/**
 * Checks what a policy must be whoever signs it. Its shape, sizes and the uniqueness of ids inside
 * one list are the decoder's part.
 */
export function policyFault(
  policy: Policy,
): Extract<Reason, 'policyInvalid' | 'lastOwner'> | undefined {
  const found = findFlaw(policy)
  if (found === undefined) return undefined
  return found.flaw === 'noLastingOwner' ? 'lastOwner' : 'policyInvalid'
}

/** What is wrong with a policy, the first of it. */
export function findFlaw(policy: Policy): FoundFlaw | undefined {
  if (!isTimeZone(policy.timeZone)) return { flaw: 'timeZoneUnknown' }
  for (const user of policy.users) {
    const flaw = flawOfUser(policy, user)
    if (flaw !== undefined) return { flaw, user }
  }
  return flawOfHours(policy) ?? flawOfTies(policy) ?? flawOfOwners(policy.users)
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

function flawOfOwners(users: readonly User[]): FoundFlaw | undefined {
  const lasting = users.filter(isLastingOwner)
  if (lasting.length === 0) return { flaw: 'noLastingOwner' }
  return lasting.some(canOpen) ? undefined : { flaw: 'noOwnerOpens' }
}

/** By what the policy itself holds; a credential that the lock bound counts when it was adopted. */
function canOpen(user: User): boolean {
  const kinds = new Set(user.credentials.map(({ type }) => type))
  return opens(user) && kinds.size >= credentialsWanted[credentialRuleOf(user)]
}

function opens({ verbs }: User): boolean {
  return verbs.some((verb) => verb !== 'lock')
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

/**
 * A policy says nothing that would silently not be in force: what its readers show must be what the
 * lock does (published attacks row 48).
 */
function flawOfUser(policy: Policy, user: User): PolicyFlaw | undefined {
  const { validity, role, verbs, delegation, yearDaySchedules = [], credentials } = user
  if (validity !== undefined && validity.notBeforeMs >= validity.notAfterMs) return 'validityEmpty'
  if (!yearDaySchedules.every(isSpan)) return 'stretchReversed'
  if (!doHoursFitType(user)) return 'hoursMisfit'
  const isExpiring = userTypeOf(user) === 'expiringUser'
  if (isExpiring !== (user.expiringUserTimeout !== undefined)) return 'timeoutMisfit'
  if (userTypeOf(user) === 'disposableUser' && user.useLimit !== undefined) return 'useLimitMisfit'
  if (role === 'auditor' && verbs.length > 0) return 'auditorActs'
  if (role === 'agent' && opensAlone(user)) return 'agentOpensAlone'
  if (role === 'agent' && credentials.some(isShownAtDoor)) return 'agentAtDoor'
  if (delegation !== undefined && role !== 'manager') return 'delegationMisfit'
  const isKnown = credentials.every((credential) => hasRelyingParty(policy, credential))
  return isKnown ? undefined : 'relyingPartyMissing'
}

/**
 * An assistant has a key that its maker's servers use. Locking is harmless; to open it needs
 * something that a person brings each time, such as a code that the lock itself checks.
 */
function opensAlone(user: User): boolean {
  return opens(user) && credentialRuleOf(user) === 'single'
}

/** What an agent is told is spoken, so that its PIN is not among these. */
function isShownAtDoor({ type }: Credential): boolean {
  return type === 'fingerprint' || type === 'face' || type === 'rfid'
}

function doHoursFitType(user: User): boolean {
  const hasWeek = user.weekDaySchedules !== undefined
  const hasYear = user.yearDaySchedules !== undefined
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

function flawOfHours({ settings, holidaySchedules = [] }: Policy): FoundFlaw | undefined {
  // Quiet hours never shut an owner out.
  if (settings.quietHours?.roles.includes('owner') === true) return { flaw: 'ownersQuieted' }
  const reversed = holidaySchedules.find((holiday) => !isSpan(holiday))
  if (reversed !== undefined) return { flaw: 'holidayReversed', holidays: [reversed] }
  return disagreement(holidaySchedules)
}

function isSpan({ startLocalMinute, endLocalMinute }: YearDaySchedule): boolean {
  return startLocalMinute <= endLocalMinute
}

/** Each minute has one mode. Holidays may overlap, as one within the summer does, where they want the same. */
function disagreement(holidays: readonly HolidaySchedule[]): FoundFlaw | undefined {
  const rising = holidays.toSorted((one, other) => one.startLocalMinute - other.startLocalMinute)
  for (const [index, one] of rising.entries()) {
    const other = rising
      .slice(index + 1)
      .find(
        ({ startLocalMinute, operatingMode }) =>
          startLocalMinute <= one.endLocalMinute && operatingMode !== one.operatingMode,
      )
    if (other !== undefined) return { flaw: 'holidaysDisagree', holidays: [one, other] }
  }
  return undefined
}

/** What a policy says in one place about another. */
function flawOfTies(policy: Policy): FoundFlaw | undefined {
  // Or the journal could not say who it was.
  const user = holderOfTwice(policy.users)
  if (user !== undefined) return { flaw: 'credentialTwice', user }
  const users = new Set(policy.users.map(({ id }) => toHex(id)))
  const haveUsers = policy.invitations.every(({ userId }) => users.has(toHex(userId)))
  return haveUsers ? undefined : { flaw: 'invitationOfNobody' }
}

/** The later one of those who hold the same, or who holds something twice. */
function holderOfTwice(users: readonly User[]): User | undefined {
  const seen = new Set<string>()
  return users.find(({ credentials }) =>
    credentials.flatMap(marksOf).some((mark) => {
      const isKnown = seen.has(mark)
      seen.add(mark)
      return isKnown
    }),
  )
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

/** True for everything but a passkey whose relying party the policy does not know, or knows no origin of. */
export function hasRelyingParty(policy: Policy, credential: Credential): boolean {
  return (
    credential.type !== 'passkey' ||
    policy.relyingParties.some(
      ({ id, origins }) => id === credential.relyingPartyId && origins.length > 0,
    )
  )
}
