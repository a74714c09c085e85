import type { Role } from '@mortise/protocol/words'
import type { InviteForm, PeopleReading } from '#app/state/model/access/access-state.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import { visitPresets } from '#app/state/model/access/visit-window.ts'
import type { JudgedVisit } from '#app/state/model/access/visit-form.ts'
import { judgeVisit } from '#app/state/model/access/visit-form.ts'

/**
 * How long a link can be accepted. A message is read within days; a link that lies about for longer
 * is a key under the mat.
 */
const linkLifeMs = 3 * 86_400_000

/** Until when a link works: for guests never longer than their own time. */
export function linkEndMs(nowMs: number, untilMs: number | null): number {
  return Math.min(nowMs + linkLifeMs, untilMs ?? Infinity)
}

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
