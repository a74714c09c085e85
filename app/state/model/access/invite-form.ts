import type { Role } from '@mortise/protocol/words'
import type { InviteForm, PeopleReading } from '#app/state/model/access/access-state.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import { visitPresets } from '#app/state/model/access/visit-window.ts'
import { rulesFor } from '#app/state/model/access/person-rules.ts'
import { usualRules } from '#app/state/model/access/usual-rules.ts'
import type { JudgedVisit } from '#app/state/model/access/visit-form.ts'
import { judgeGiven } from '#app/state/model/access/visit-form.ts'

/** What somebody may invite others as (docs/decisions/0019): the lock decides, this spares refusals. */
export function invitableRoles(yours: Role | null): readonly Role[] {
  if (yours === 'owner') return ['resident', 'guest', 'manager', 'owner']
  return yours === 'manager' ? ['guest'] : []
}

/** Those that say a span, and nothing of hours: for people whose hours no form can show. */
export const spanPresets: readonly VisitPreset[] = visitPresets.filter(
  (preset) => preset !== 'weekly',
)

/** What the form means now. Only guests have times; everybody else comes at any time. */
export function judgeInvite(form: InviteForm, reading: PeopleReading, nowMs: number): JudgedVisit {
  if (form.role === 'guest') return judgeGiven(form, reading, nowMs)
  const { credentialRule } = form.rules
  const rules = rulesFor(form.role).length > 1 ? form.rules : { ...usualRules, credentialRule }
  return judgeGiven({ ...form, preset: 'always', use: 'any', rules }, reading, nowMs)
}
