import { guestOfflineHours, isWithin } from '@mortise/access'
import type { Delegation, User, Verb } from '@mortise/protocol/words'
import type { BeyondManager } from '#app/state/model/access/access-view.ts'
import type { PeopleReading, Person } from '#app/state/model/access/access-state.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import { offlineHours } from '#app/state/model/access/person-rules.ts'
import { userRightsOf } from '#app/state/model/access/policy-terms.ts'
import type { VisitTerms } from '#app/state/model/access/visit-terms.ts'

/** What a manager may give guests (docs/decisions/0019); the lock decides, this spares refusals. */
export interface ManagerLimits {
  readonly you: Pick<Person, 'terms' | 'verbs'>
  readonly delegation: Delegation | null
  /** In the list by now. */
  readonly guests: number
}

/** `null` for everybody who is no manager. */
export function managerLimits({ yourRole, people }: PeopleReading): ManagerLimits | null {
  const you = people.find(({ isYou }) => isYou)
  if (yourRole !== 'manager' || you === undefined) return null
  const guests = people.filter(({ role }) => role === 'guest').length
  return { you, delegation: you.delegation, guests }
}

/** Whether one rule, taken by itself, is not more than the manager has. */
export function mayGive(limits: ManagerLimits | null, rule: Partial<PersonRules>): boolean {
  if (limits === null) return true
  const { you } = limits
  const rules = { ...you.terms.rules, maxOfflineHours: guestOfflineHours, ...rule }
  const hours = offlineHours(rules, 'guest')
  if (hours === 0 || hours > guestOfflineHours) return false
  return isWithinRights({ ...you.terms, rules }, you, you.verbs)
}

const hourMs = 3_600_000

/** What a manager may not give in these terms, the first of it. */
export function beyondManager(
  terms: VisitTerms,
  limits: ManagerLimits | null,
  adds: boolean,
): BeyondManager | null {
  if (limits === null) return null
  const { you, delegation, guests } = limits
  const { window, rules } = terms
  if (adds && delegation !== null && guests >= delegation.guestsMax) return 'guestsFull'
  if (window === null) return 'endNeeded'
  const stayMs = window.untilMs - window.fromMs
  if (delegation !== null && stayMs > delegation.stayHoursMax * hourMs) return 'stayTooLong'
  const hours = offlineHours(rules, 'guest')
  if (hours === 0 || hours > guestOfflineHours) return 'beyondYou'
  return isWithinRights(terms, you) ? null : 'beyondYou'
}

function isWithinRights(
  terms: VisitTerms,
  you: ManagerLimits['you'],
  verbs?: readonly Verb[],
): boolean {
  const { verbs: _, ...yours } = userRightsOf(you.terms)
  const guest = { ...nobody, ...userRightsOf(terms, verbs) }
  return isWithin(guest, { ...nobody, ...yours, verbs: you.verbs, role: 'manager' })
}

const nobody: User = {
  id: new Uint8Array(),
  name: '',
  role: 'guest',
  userStatus: 'occupiedEnabled',
  verbs: [],
  credentials: [],
}
