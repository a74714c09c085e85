import type { Role } from '@mortise/protocol/words'
import type {
  EditForm,
  PeopleReading,
  Person,
  PersonWish,
} from '#app/state/model/access/access-state.ts'
import type { UseChoice, VisitProblem } from '#app/state/model/access/access-view.ts'
import type { JudgedDelegation } from '#app/state/model/access/delegation-form.ts'
import { delegationFields, judgeDelegation } from '#app/state/model/access/delegation-form.ts'
import { beyondManager, managerLimits } from '#app/state/model/access/manager-limits.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import {
  judgeScope,
  judgeTime,
  judgeVisit,
  timeFields,
} from '#app/state/model/access/visit-form.ts'
import type { PersonTerms, VisitTerms, VisitUse } from '#app/state/model/access/visit-terms.ts'
import { sameRules, sameTerms } from '#app/state/model/access/visit-terms.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'
import { rowsOf } from '#app/state/model/access/week.ts'
import { invitableRoles } from '#app/state/model/access/invite-form.ts'
import { wallTimeOf } from '#app/time/wall-time.ts'

/** The form as it opens: what stands in the list. */
export function editFormOf(person: Person, timeZone: string, nowMs: number): EditForm {
  const { name, role, terms, disabled, delegation } = person
  const fields = { ...timeFields(nowMs, timeZone), ...delegationFields(delegation) }
  const who = { name, role, enabled: !disabled, rules: terms.rules }
  const isWeekly = !terms.more && terms.weekly.length > 0
  const span = terms.window === null ? {} : spanTimes(terms.window, timeZone, isWeekly)
  const opened = { ...fields, ...who, ...span }
  const preset = terms.window === null ? 'always' : 'custom'
  if (terms.more) return { ...opened, preset }
  if (!isWeekly) return { ...opened, ...useFields(terms.use), preset }
  return { ...opened, ...useFields(terms.use), preset: 'weekly', week: rowsOf(terms.weekly) }
}

function spanTimes({ fromMs, untilMs }: VisitWindow, timeZone: string, isWeekly: boolean) {
  const [from, until] = [wallTimeOf(fromMs, timeZone), wallTimeOf(untilMs, timeZone)]
  return isWeekly
    ? { spanned: true, spanFrom: from, spanUntil: until }
    : { customFrom: from, customUntil: until }
}

interface UseFields {
  readonly use: UseChoice
  readonly times?: string
  readonly firstUseHours?: number
}

function useFields(use: VisitUse): UseFields {
  if (use.kind === 'any') return { use: 'any' }
  if (use.kind === 'firstUse') return { use: 'firstUse', firstUseHours: use.minutes / 60 }
  return use.count === 1 ? { use: 'once' } : { use: 'times', times: String(use.count) }
}

/** Guests have times; others keep those that they were given elsewhere. */
export function isTimed(role: Role, { terms }: Person): boolean {
  const isLimited = terms.window !== null || terms.weekly.length > 0 || terms.use.kind !== 'any'
  return role === 'guest' || isLimited
}

/** What somebody may make of a person, whose role now is one of them. */
export function editableRoles(yours: Role | null, person: Person): readonly Role[] {
  const roles = invitableRoles(yours)
  return roles.includes(person.role) ? roles : [person.role, ...roles]
}

export type JudgedEdit =
  | { readonly terms: VisitTerms; readonly changes: PersonWish; readonly problem: null }
  | { readonly terms: null; readonly changes: null; readonly problem: VisitProblem }

/** What the form means and what it changes, or the first thing that is wrong with it or too much. */
export function judgeEdit(
  form: EditForm,
  person: Person,
  reading: PeopleReading,
  nowMs: number,
): JudgedEdit {
  const { timeZone } = reading
  const people = reading.people.filter(({ id }) => id !== person.id)
  const named = judgeVisit({ ...form, preset: 'always', use: 'any' }, { timeZone, people }, nowMs)
  if (named.problem !== null) return wrong(named.problem)
  const limits = managerLimits(reading)
  const asked = limits === null ? form : { ...form, spanned: true }
  const isUntouched = sameTimes(form, editFormOf(person, timeZone, nowMs))
  const keeps = isUntouched && !(limits !== null && takesShownEnd(form, person))
  const terms = termsMeant(keeps ? null : asked, form.rules, person, { timeZone, nowMs })
  if (typeof terms === 'string') return wrong(terms)
  const isManager = form.role === 'manager'
  const delegation = judgeDelegation(isManager ? form : delegationFields(null))
  if (delegation.problem !== null) return wrong(delegation.problem)
  const changes = changesOf(form, person, terms, delegation)
  // A name, or an end of all access, is no more than before, whatever else somebody has.
  const gives = changes.terms !== undefined || changes.enabled === true
  const beyond = gives ? beyondManager(terms, limits, false) : null
  return beyond === null ? { terms, changes, problem: null } : wrong(beyond)
}

function wrong(problem: VisitProblem): JudgedEdit {
  return { terms: null, changes: null, problem }
}

/**
 * Whoever gives with an end alone has one in the form, beside hours that had none: it holds as soon as
 * anything is given, and a name or an end of all access leaves it out.
 */
function takesShownEnd({ preset, rules, enabled }: EditForm, person: Person): boolean {
  const gives = !sameRules(rules, person.terms.rules) || (enabled && person.disabled)
  return gives && preset === 'weekly' && person.terms.window === null
}

interface Clock {
  readonly timeZone: string
  readonly nowMs: number
}

/**
 * @param form `null` where nobody touched the times: fields show minutes, and what stands in the
 *   list stays as it is to the millisecond, and may be over
 */
function termsMeant(
  form: EditForm | null,
  rules: PersonRules,
  person: Person,
  { timeZone, nowMs }: Clock,
): VisitTerms | VisitProblem {
  const { window, weekly, use, more } = person.terms
  const asBefore = { window, weekly, use, rules }
  if (form === null || !isTimed(form.role, person)) return judgeScope(asBefore) ?? asBefore
  const judged = judgeTime(form, timeZone, nowMs)
  if (judged.problem !== null) return judged.problem
  return more ? { ...asBefore, window: judged.terms.window } : judged.terms
}

function changesOf(
  form: EditForm,
  person: Person,
  to: VisitTerms,
  { delegation }: JudgedDelegation & { readonly problem: null },
): PersonWish {
  const { role, enabled } = form
  const name = form.name.trim()
  const from: PersonTerms = person.terms
  const isSameLimit = JSON.stringify(delegation) === JSON.stringify(person.delegation)
  return {
    ...(name === person.name ? {} : { name }),
    ...(role === person.role ? {} : { role }),
    ...(enabled === !person.disabled ? {} : { enabled }),
    ...(isSameLimit ? {} : { delegation }),
    ...(sameTerms(from, to) ? {} : { terms: { from, to } }),
  }
}

function sameTimes(one: EditForm, other: EditForm): boolean {
  const times = (each: EditForm): string =>
    JSON.stringify([
      each.preset,
      each.preset === 'custom' && [each.customFrom, each.customUntil],
      each.preset === 'weekly' && [each.week, each.spanned],
      each.preset === 'weekly' && each.spanned && [each.spanFrom, each.spanUntil],
      each.use,
      each.use === 'times' && each.times,
      each.use === 'firstUse' && each.firstUseHours,
    ])
  return times(one) === times(other)
}
