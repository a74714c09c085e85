import { sameContent } from '@mortise/access'
import { KeyholderError, withUserType } from '@mortise/keyholder'
import type { UserTerms } from '@mortise/keyholder'
import type { User, Validity, Verb } from '@mortise/protocol/words'
import type { PersonRules, Scope } from '#app/state/model/access/usual-rules.ts'
import { verbsOf } from '#app/state/model/access/person-rules.ts'
import type { PersonTerms, VisitTerms, VisitUse } from '#app/state/model/access/visit-terms.ts'
import { windowOf } from '#app/state/model/access/visit-window.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'

/** Terms with the verbs that go with them. */
export type UserRights = UserTerms & Pick<User, 'verbs'>

const usualVerbs: readonly Verb[] = ['lock', 'unlock']

/** The app's terms in the words of the policy. */
export function userRightsOf(
  terms: VisitTerms,
  verbsBefore: readonly Verb[] = usualVerbs,
): UserRights {
  const verbs = verbsOf(terms.rules.scope, verbsBefore)
  return { verbs, ...spanOf(terms), ...kindOf(terms), ...plainOf(terms.rules) }
}

function spanOf({ window }: VisitTerms): Pick<UserTerms, 'validity'> {
  return window === null ? {} : { validity: validityOf(window) }
}

function validityOf({ fromMs, untilMs }: VisitWindow): Validity {
  return { notBeforeMs: fromMs, notAfterMs: untilMs }
}

type Kind = Pick<
  UserTerms,
  'userType' | 'weekDaySchedules' | 'yearDaySchedules' | 'useLimit' | 'expiringUserTimeout'
>

/** What goes together by Matter's user types: hours, uses, and from where. */
function kindOf({ weekly, use, rules }: VisitTerms): Kind {
  const limit = use.kind === 'times' ? { useLimit: use.count } : {}
  if (rules.scope === 'remoteOnly') return { userType: 'remoteOnlyUser', ...limit }
  if (rules.scope === 'nothing') return { userType: 'nonAccessUser', ...limit }
  return withUserType({
    ...(weekly.length === 0 ? {} : { weekDaySchedules: weekly }),
    ...limit,
    ...(use.kind === 'firstUse' ? { expiringUserTimeout: use.minutes } : {}),
  })
}

type Plain = Pick<
  UserTerms,
  'credentialRule' | 'holidayRule' | 'afterHousehold' | 'maxOfflineHours'
>

function plainOf(rules: PersonRules): Plain {
  const { credentialRule, holidayRule, afterHousehold, maxOfflineHours } = rules
  return {
    ...(credentialRule === 'single' ? {} : { credentialRule }),
    ...(holidayRule === 'asUsual' ? {} : { holidayRule }),
    ...(afterHousehold ? { afterHousehold } : {}),
    ...(maxOfflineHours === null ? {} : { maxOfflineHours }),
  }
}

/** The policy's words as the app's. */
export function personTermsOf(user: UserRights): PersonTerms {
  const { validity, weekDaySchedules: weekly = [] } = user
  const { credentialRule = 'single', holidayRule = 'asUsual' } = user
  const rules: PersonRules = {
    scope: scopeOf(user),
    credentialRule,
    holidayRule,
    afterHousehold: user.afterHousehold ?? false,
    maxOfflineHours: user.maxOfflineHours ?? null,
  }
  return { window: windowOf(validity), weekly, use: useOf(user), rules, more: hasMore(user) }
}

function scopeOf({ userType, verbs }: UserRights): Scope {
  if (userType === 'nonAccessUser' || verbs.length === 0) return 'nothing'
  if (userType === 'remoteOnlyUser') return 'remoteOnly'
  return verbs.every((verb) => verb === 'lock') ? 'locksOnly' : 'opens'
}

function useOf({ userType, useLimit, expiringUserTimeout }: UserTerms): VisitUse {
  if (expiringUserTimeout !== undefined) return { kind: 'firstUse', minutes: expiringUserTimeout }
  if (userType === 'disposableUser') return { kind: 'times', count: 1 }
  return useLimit === undefined ? { kind: 'any' } : { kind: 'times', count: useLimit }
}

const sayable: readonly UserTerms['userType'][] = [
  undefined,
  'unrestrictedUser',
  'weekDayScheduleUser',
  'disposableUser',
  'expiringUser',
  'remoteOnlyUser',
  'nonAccessUser',
]

function hasMore({ userType, yearDaySchedules, expiringUserTimeout, useLimit }: UserTerms) {
  // Uses and an end from the first use at once: the form has one place for how often.
  const isBoth = expiringUserTimeout !== undefined && useLimit !== undefined
  return !sayable.includes(userType) || yearDaySchedules !== undefined || isBoth
}

/**
 * Somebody's rights after a change from what a form showed to what it was made into. What the form
 * did not change stays as it is in the list by now, whoever has changed it meanwhile.
 * @throws KeyholderError `editImpossible` when hours changed that no form here could show
 */
export function changedRights(user: User, from: VisitTerms, to: VisitTerms): UserRights {
  const [before, after] = [userRightsOf(from, user.verbs), userRightsOf(to, user.verbs)]
  const differs = (key: keyof UserRights): boolean => !sameContent(before[key], after[key])
  const kindDiffers = kindKeys.some(differs)
  if (kindDiffers && hasMore(user)) throw new KeyholderError('editImpossible')
  const now = (key: keyof UserRights): UserRights => (differs(key) ? after : user)
  const { validity } = now('validity')
  const { credentialRule } = now('credentialRule')
  const { holidayRule } = now('holidayRule')
  const { afterHousehold } = now('afterHousehold')
  const { maxOfflineHours } = now('maxOfflineHours')
  return {
    verbs: from.rules.scope === to.rules.scope ? user.verbs : after.verbs,
    ...(validity === undefined ? {} : { validity }),
    ...ownKind(kindDiffers ? after : user),
    ...(credentialRule === undefined ? {} : { credentialRule }),
    ...(holidayRule === undefined ? {} : { holidayRule }),
    ...(afterHousehold === undefined ? {} : { afterHousehold }),
    ...(maxOfflineHours === undefined ? {} : { maxOfflineHours }),
  }
}

const kindKeys = [
  'userType',
  'weekDaySchedules',
  'yearDaySchedules',
  'useLimit',
  'expiringUserTimeout',
] as const satisfies readonly (keyof Kind)[]

function ownKind(user: Kind): Kind {
  const { userType, weekDaySchedules, yearDaySchedules, useLimit, expiringUserTimeout } = user
  return {
    ...(userType === undefined ? {} : { userType }),
    ...(weekDaySchedules === undefined ? {} : { weekDaySchedules }),
    ...(yearDaySchedules === undefined ? {} : { yearDaySchedules }),
    ...(useLimit === undefined ? {} : { useLimit }),
    ...(expiringUserTimeout === undefined ? {} : { expiringUserTimeout }),
  }
}
