import type { Role } from '@mortise/protocol/words'
import type { InviteForm, PeopleReading } from '#app/state/model/access/access-state.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import { visitPresets } from '#app/state/model/access/visit-window.ts'
import type { JudgedVisit } from '#app/state/model/access/visit-form.ts'
import { judgeVisit } from '#app/state/model/access/visit-form.ts'

/** What somebody may invite others as (docs/decisions/0019): the lock decides, this spares refusals. */
export function invitableRoles(yours: Role | null): readonly Role[] {
  if (yours === 'owner') return ['resident', 'guest', 'manager', 'owner']
  return yours === 'manager' ? ['guest'] : []
}

/** A manager's guests have an end. */
export function invitePresets(yours: Role | null): readonly VisitPreset[] {
  const endless: readonly VisitPreset[] = ['always', 'weekly']
  return yours === 'owner'
    ? visitPresets
    : visitPresets.filter((preset) => !endless.includes(preset))
}

/** Those that say a span, and nothing of hours. */
export function spanPresets(yours: Role | null): readonly VisitPreset[] {
  return invitePresets(yours).filter((preset) => preset !== 'weekly')
}

/** What the form means now. Only guests have times; everybody else comes at any time. */
export function judgeInvite(form: InviteForm, reading: PeopleReading, nowMs: number): JudgedVisit {
  const fields = form.role === 'guest' ? form : ({ ...form, preset: 'always', use: 'any' } as const)
  return judgeVisit(fields, reading, nowMs)
}
