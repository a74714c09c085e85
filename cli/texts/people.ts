import { isDuress } from '@mortise/access'
import { toHex } from '@mortise/protocol/wire'
import type { UserTerms } from '@mortise/keyholder'
import type {
  Credential,
  CredentialRule,
  HolidayRule,
  User,
  UserType,
  Validity,
} from '@mortise/protocol/words'
import type { Json } from '#cli/output/result.ts'
import { present } from '#cli/output/result.ts'
import { formatWeekHours } from './hours.ts'
import { formatInstant, isoInstant } from './times.ts'

export function validityJson(validity: Validity | undefined): Json | undefined {
  if (validity === undefined) return undefined
  const { notBeforeMs, notAfterMs } = validity
  return { from: isoInstant(notBeforeMs), until: isoInstant(notAfterMs) }
}

export function credentialJson(credential: Credential): Json {
  return present({
    id: toHex(credential.id),
    type: credential.type,
    name: credential.type === 'pin' ? undefined : credential.name,
    createdAt: isoInstant(credential.createdAtMs),
    duress: isDuress(credential) ? true : undefined,
  })
}

export function userJson(user: User, bound: readonly Credential[]): Json {
  return present({
    id: toHex(user.id),
    name: user.name,
    role: user.role,
    enabled: user.userStatus === 'occupiedEnabled',
    verbs: user.verbs,
    ...termsJson(user),
    credentials: [...user.credentials, ...bound].map(credentialJson),
  })
}

export function wayText({ role }: Pick<User, 'role'>, credential: Credential): string {
  const digits = role === 'agent' ? 'voice PIN' : 'code'
  const name = credential.type === 'pin' ? digits : `${credential.type} "${credential.name}"`
  return isDuress(credential) ? `${name} for duress` : name
}

export function waysText(user: Pick<User, 'role'>, credentials: readonly Credential[]): string {
  return credentials.map((credential) => wayText(user, credential)).join(', ')
}

/** The terms on which somebody comes; what is not limited is left out. Hours are those of the door. */
export function termsJson(terms: UserTerms) {
  return {
    validity: validityJson(terms.validity),
    userType: terms.userType,
    weekly: terms.weekDaySchedules && formatWeekHours(terms.weekDaySchedules),
    yearDays: terms.yearDaySchedules?.map(({ startLocalMinute, endLocalMinute }) => ({
      from: wallMinute(startLocalMinute),
      until: wallMinute(endLocalMinute + 1),
    })),
    times: terms.useLimit,
    minutesFromFirstUse: terms.expiringUserTimeout,
    credentialRule: terms.credentialRule,
    holidayRule: terms.holidayRule,
    offlineHours: terms.maxOfflineHours,
    afterHousehold: terms.afterHousehold,
  }
}

/** The same for people to read. */
export function termsText(terms: UserTerms, timeZone: string): string {
  return [validityText(terms.validity, timeZone), ...limitTexts(terms)].join('; ')
}

/** What limits somebody beside the span of their validity. */
export function limitTexts(terms: UserTerms): readonly string[] {
  const { userType, weekDaySchedules, yearDaySchedules, useLimit, expiringUserTimeout } = terms
  return [
    weekDaySchedules && formatWeekHours(weekDaySchedules),
    ...(yearDaySchedules ?? []).map(
      ({ startLocalMinute, endLocalMinute }) =>
        `${wallMinute(startLocalMinute)} until ${wallMinute(endLocalMinute + 1)} at the door`,
    ),
    userType === undefined ? undefined : userTypeWords[userType],
    useLimit === undefined ? undefined : timesText(useLimit),
    expiringUserTimeout === undefined
      ? undefined
      : `${expiringUserTimeout} min from the first opening`,
    terms.credentialRule && credentialRuleWords[terms.credentialRule],
    terms.holidayRule && holidayRuleWords[terms.holidayRule],
    terms.afterHousehold && 'after the household',
  ].filter((part) => part !== undefined)
}

function timesText(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** What a type says that its limits do not. */
const userTypeWords: Readonly<Record<UserType, string | undefined>> = {
  unrestrictedUser: undefined,
  yearDayScheduleUser: undefined,
  weekDayScheduleUser: undefined,
  scheduleRestrictedUser: undefined,
  expiringUser: undefined,
  programmingUser: 'opens nothing, changes the list',
  nonAccessUser: 'opens nothing',
  forcedUser: 'opens under duress',
  disposableUser: 'once',
  remoteOnlyUser: 'by phone only',
}

const credentialRuleWords: Readonly<Record<CredentialRule, string | undefined>> = {
  single: undefined,
  dual: 'with two ways in',
  tri: 'with three ways in',
}

const holidayRuleWords: Readonly<Record<HolidayRule, string | undefined>> = {
  asUsual: undefined,
  noAccess: 'not on holidays',
  onlyThen: 'on holidays only',
}

/** A minute of the door's wall clock, counted from 1970-01-01T00:00. */
export function wallMinute(minutes: number): string {
  const wall = Temporal.PlainDateTime.from('1970-01-01T00:00').add({ minutes })
  return wall.toString({ smallestUnit: 'minute' })
}

/** From when until when somebody may come, in the door's time zone. */
export function validityText(validity: Validity | undefined, timeZone: string): string {
  if (validity === undefined) return 'always'
  const from = formatInstant(validity.notBeforeMs, timeZone)
  return `${from} until ${formatInstant(validity.notAfterMs, timeZone)}`
}
