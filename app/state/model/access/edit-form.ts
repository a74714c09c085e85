import type { Role } from '@mortise/protocol/words'
import type { EditForm, PeopleReading, Person } from '#app/state/model/access/access-state.ts'
import type { JudgedVisit } from '#app/state/model/access/visit-form.ts'
import { judgeVisit } from '#app/state/model/access/visit-form.ts'
import { customFields } from '#app/state/model/access/visit-window.ts'
import { invitableRoles } from '#app/state/model/access/invite-form.ts'
import { wallTimeOf } from '#app/time/wall-time.ts'

/** The form as it opens: what stands in the list. */
export function editFormOf(person: Person, timeZone: string, nowMs: number): EditForm {
  const { name, role, validity, disabled } = person
  const times = validity === null ? customFields(nowMs, timeZone) : wallTimes(validity, timeZone)
  const preset = validity === null ? 'always' : 'custom'
  return { name, role, preset, ...times, enabled: !disabled, tried: false }
}

function wallTimes({ fromMs, untilMs }: { fromMs: number; untilMs: number }, timeZone: string) {
  return { customFrom: wallTimeOf(fromMs, timeZone), customUntil: wallTimeOf(untilMs, timeZone) }
}

/** Guests have times; others keep those that they were given elsewhere. */
export function isTimed(role: Role, person: Person): boolean {
  return role === 'guest' || person.validity !== null
}

/** What somebody may make of a person, whose role now is one of them. */
export function editableRoles(yours: Role | null, person: Person): readonly Role[] {
  const roles = invitableRoles(yours)
  return roles.includes(person.role) ? roles : [person.role, ...roles]
}

/** What the form means, and the first thing that is wrong with it. */
export function judgeEdit(
  form: EditForm,
  person: Person,
  reading: PeopleReading,
  nowMs: number,
): JudgedVisit {
  const { timeZone } = reading
  const people = reading.people.filter(({ id }) => id !== person.id)
  const named = judgeVisit({ ...form, preset: 'always' }, { timeZone, people }, nowMs)
  if (!isTimed(form.role, person)) return named
  // Fields show minutes: a time that nobody touched stays as it is to the millisecond, and may be over.
  if (isUntouched(form, person, timeZone)) return { ...named, window: person.validity }
  return judgeVisit(form, { timeZone, people }, nowMs)
}

function isUntouched(form: EditForm, { validity }: Person, timeZone: string): boolean {
  if (validity === null) return form.preset === 'always'
  const { customFrom, customUntil } = wallTimes(validity, timeZone)
  return (
    form.preset === 'custom' && form.customFrom === customFrom && form.customUntil === customUntil
  )
}
