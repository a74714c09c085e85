import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { timeFields } from '#app/state/model/access/visit-form.ts'
import { invitableRoles, judgeInvite, linkEndMs } from '#app/state/model/access/invite-form.ts'
import { propose, readPeople, withStep } from '#app/state/update/update-access.ts'

type InviteActions =
  | 'invitePressed'
  | 'inviteFormChanged'
  | 'inviteReviewPressed'
  | 'inviteAgainPressed'
  | 'withdrawPressed'
  | 'copyLinkPressed'
  | 'shareLinkPressed'

export const inviteHandlers: Handlers<InviteActions> = {
  invitePressed: (state) => step(openForm(state)),
  inviteFormChanged: (state, { change }) => {
    const { step: now } = state.access
    if (now.kind !== 'invite') return step(state)
    return step(withStep(state, { kind: 'invite', form: { ...now.form, ...change } }))
  },
  inviteReviewPressed: (state) => review(state),
  inviteAgainPressed: (state, { userId }) => inviteAgain(state, userId),
  withdrawPressed: (state, { invitationId, userId }) =>
    propose(state, { kind: 'withdraw', invitationId, userId }),
  copyLinkPressed: (state) => {
    const { step: now } = state.access
    return now.kind === 'link' ? step(state, { type: 'copyLink', url: now.url }) : step(state)
  },
  shareLinkPressed: (state, { text }) => {
    const shown = state.access.step.kind === 'link' && doorHere(state) !== null
    return shown ? step(state, { type: 'shareText', text }) : step(state)
  },
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

/** From the list, or from the settings, where the list of people may not have been read. */
function inviteAgain(state: AppState, userId: string | null): Step {
  const person = state.access.reading?.people.find(({ id }) => id === userId)
  const notAfterMs = linkEndMs(state.nowMs, person?.terms.window?.untilMs ?? null)
  const opened = readPeople({ ...state, tab: 'access' })
  const asked = propose(opened.state, { kind: 'inviteAgain', userId, notAfterMs })
  const tab = { type: 'showTab', tab: 'access' } as const
  return step(asked.state, ...opened.effects, ...asked.effects, tab)
}
