import type { UserTerms } from './edits.ts'

/** What people say of when and how often somebody may come; the kind of user follows from it. */
export type PlainTerms = Pick<
  UserTerms,
  'validity' | 'weekDaySchedules' | 'useLimit' | 'expiringUserTimeout' | 'afterHousehold'
>

/**
 * The same with the user type that a lock wants for it. Matter has one type for each kind of limit,
 * so hours of the week and minutes from the first use do not go together (`policyFault`).
 */
export function withUserType(terms: PlainTerms): UserTerms {
  const { useLimit, ...others } = terms
  if (terms.expiringUserTimeout !== undefined) return { ...terms, userType: 'expiringUser' }
  if (terms.weekDaySchedules !== undefined) return { ...terms, userType: 'weekDayScheduleUser' }
  return useLimit === 1 ? { ...others, userType: 'disposableUser' } : terms
}
