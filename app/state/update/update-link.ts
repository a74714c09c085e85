import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { linkEndMs } from '#app/state/model/access/link-end.ts'
import { propose, readPeople } from '#app/state/update/update-access.ts'

type LinkActions = 'inviteAgainPressed' | 'withdrawPressed' | 'copyLinkPressed' | 'shareLinkPressed'

/** Links for people who are in the list, and what becomes of one. */
export const linkHandlers: Handlers<LinkActions> = {
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

/** From the list, or from the settings, where the list of people may not have been read. */
function inviteAgain(state: AppState, userId: string | null): Step {
  const person = state.access.reading?.people.find(({ id }) => id === userId)
  const notAfterMs = linkEndMs(state.nowMs, person?.terms.window?.untilMs ?? null)
  const opened = readPeople({ ...state, tab: 'access' })
  const asked = propose(opened.state, { kind: 'inviteAgain', userId, notAfterMs })
  const tab = { type: 'showTab', tab: 'access' } as const
  return step(asked.state, ...opened.effects, ...asked.effects, tab)
}
