import type { Role } from '@mortise/protocol/words'
import type { EditForm, PeopleReading, Person } from '#app/state/model/access/access-state.ts'
import type { UseChoice, VisitProblem } from '#app/state/model/access/access-view.ts'
import { judgeVisit, timeFields } from '#app/state/model/access/visit-form.ts'
import type { PersonTerms, VisitUse } from '#app/state/model/access/visit-terms.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'
import { rowsOf } from '#app/state/model/access/week.ts'
import { invitableRoles } from '#app/state/model/access/invite-form.ts'
import { wallTimeOf } from '#app/time/wall-time.ts'

/** The form as it opens: what stands in the list. */
export function editFormOf(person: Person, timeZone: string, nowMs: number): EditForm {
  const { name, role, terms, disabled } = person
  const fields = timeFields(nowMs, timeZone)
  const times = terms.window === null ? {} : wallTimes(terms.window, timeZone)
  const opened = { ...fields, ...times, name, role, enabled: !disabled }
  const preset = terms.window === null ? 'always' : 'custom'
  if (isSpecial(terms)) return { ...opened, preset }
  if (terms.weekly.length === 0) return { ...opened, ...useFields(terms.use), preset }
  return { ...opened, ...useFields(terms.use), preset: 'weekly', week: rowsOf(terms.weekly) }
}

function wallTimes({ fromMs, untilMs }: VisitWindow, timeZone: string) {
  return { customFrom: wallTimeOf(fromMs, timeZone), customUntil: wallTimeOf(untilMs, timeZone) }
}

function useFields(use: VisitUse): { readonly use: UseChoice; readonly firstUseHours?: number } {
  if (use.kind === 'firstUse') return { use: 'firstUse', firstUseHours: use.minutes / 60 }
  return { use: use.kind === 'any' ? 'any' : 'once' }
}

/** Guests have times; others keep those that they were given elsewhere. */
export function isTimed(role: Role, { terms }: Person): boolean {
  const isLimited = terms.window !== null || terms.weekly.length > 0 || terms.use.kind !== 'any'
  return role === 'guest' || isLimited
}

/** Rules that this form cannot show must not be lost by it: then it changes the span alone. */
export function isSpecial({ more, use, weekly, window }: PersonTerms): boolean {
  const isCounted = use.kind === 'times' && use.count > 1
  const isFraction = use.kind === 'firstUse' && use.minutes % 60 !== 0
  return more || isCounted || isFraction || (weekly.length > 0 && window !== null)
}

/** What somebody may make of a person, whose role now is one of them. */
export function editableRoles(yours: Role | null, person: Person): readonly Role[] {
  const roles = invitableRoles(yours)
  return roles.includes(person.role) ? roles : [person.role, ...roles]
}

export type JudgedEdit =
  | { readonly terms: PersonTerms; readonly problem: null }
  | { readonly terms: null; readonly problem: VisitProblem }

/** What the form means, and the first thing that is wrong with it. */
export function judgeEdit(
  form: EditForm,
  person: Person,
  reading: PeopleReading,
  nowMs: number,
): JudgedEdit {
  const { timeZone } = reading
  const people = reading.people.filter(({ id }) => id !== person.id)
  const named = judgeVisit({ ...form, preset: 'always' }, { timeZone, people }, nowMs)
  if (named.problem !== null) return named
  // Fields show minutes: a time that nobody touched stays as it is to the millisecond, and may be over.
  const isAsBefore = !isTimed(form.role, person) || isUntouched(form, person, timeZone, nowMs)
  if (isAsBefore) return { terms: person.terms, problem: null }
  const judged = judgeVisit(form, { timeZone, people }, nowMs)
  if (judged.problem !== null) return judged
  const { terms } = judged
  const meant = isSpecial(person.terms) ? { ...person.terms, window: terms.window } : terms
  return { terms: { ...meant, more: isSpecial(person.terms) }, problem: null }
}

function isUntouched(form: EditForm, person: Person, timeZone: string, nowMs: number): boolean {
  const opened = editFormOf(person, timeZone, nowMs)
  const times = ({ preset, customFrom, customUntil, week, use, firstUseHours }: EditForm): string =>
    JSON.stringify([
      preset,
      preset === 'custom' && [customFrom, customUntil],
      preset === 'weekly' && week,
      use,
      use === 'firstUse' && firstUseHours,
    ])
  return times(form) === times(opened)
}
