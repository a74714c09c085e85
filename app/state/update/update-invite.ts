import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { timeFields } from '#app/state/model/access/visit-form.ts'
import { invitableRoles, judgeInvite } from '#app/state/model/access/invite-form.ts'
import { linkEndMs } from '#app/state/model/access/link-end.ts'
import { propose, withStep } from '#app/state/update/update-access.ts'

type InviteActions = 'invitePressed' | 'inviteFormChanged' | 'inviteReviewPressed'

export const inviteHandlers: Handlers<InviteActions> = {
  invitePressed: (state) => step(openForm(state)),
  inviteFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'invite') return step(state)
    return step(withStep(state, { kind: 'invite', form: { ...now.form, ...change } }))
  },
  inviteReviewPressed: (state) => review(state),
}

function openForm(state: AppState): AppState {
  const { reading } = state.access
  const [role] = invitableRoles(reading?.yourRole ?? null)
  if (reading === null || role === undefined) return state
  const times = timeFields(state.nowMs, reading.timeZone)
  const form = { name: '', role, preset: 'weekend', ...times } as const
  return withStep(state, { kind: 'invite', form })
}

function review(state: AppState): Step {
  const { step: now, reading } = state.access
  if (now.kind !== 'invite' || reading === null) return step(state)
  const { form } = now
  const { terms, problem } = judgeInvite(form, reading, state.nowMs)
  if (problem !== null) {
    return step(withStep(state, { kind: 'invite', form: { ...form, tried: true } }))
  }
  const notAfterMs = linkEndMs(state.nowMs, terms.window?.untilMs ?? null)
  const name = form.name.trim()
  return propose(state, { kind: 'invite', name, role: form.role, terms, notAfterMs })
}
