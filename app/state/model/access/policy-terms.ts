import type { UserTerms } from '@mortise/keyholder'
import { withUserType } from '@mortise/keyholder'
import type { Validity } from '@mortise/protocol/words'
import type { PersonTerms, VisitTerms, VisitUse } from '#app/state/model/access/visit-terms.ts'
import { windowOf } from '#app/state/model/access/visit-window.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'

/** The app's terms in the words of the policy. */
export function userTermsOf({ window, weekly, use }: VisitTerms): UserTerms {
  return withUserType({
    ...(window === null ? {} : { validity: validityOf(window) }),
    ...(weekly.length === 0 ? {} : { weekDaySchedules: weekly }),
    ...(use.kind === 'times' ? { useLimit: use.count } : {}),
    ...(use.kind === 'firstUse' ? { expiringUserTimeout: use.minutes } : {}),
  })
}

function validityOf({ fromMs, untilMs }: VisitWindow): Validity {
  return { notBeforeMs: fromMs, notAfterMs: untilMs }
}

/** The policy's words as the app's. */
export function personTermsOf(terms: UserTerms): PersonTerms {
  const { validity, weekDaySchedules: weekly = [] } = terms
  return { window: windowOf(validity), weekly, use: useOf(terms), more: hasMore(terms) }
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
]

function hasMore(terms: UserTerms): boolean {
  const { userType, credentialRule, holidayRule, expiringUserTimeout, useLimit } = terms
  return (
    !sayable.includes(userType) ||
    terms.yearDaySchedules !== undefined ||
    (credentialRule !== undefined && credentialRule !== 'single') ||
    (holidayRule !== undefined && holidayRule !== 'asUsual') ||
    terms.afterHousehold !== undefined ||
    terms.maxOfflineHours !== undefined ||
    // Both at once: the form has one place for how often.
    (expiringUserTimeout !== undefined && useLimit !== undefined)
  )
}
