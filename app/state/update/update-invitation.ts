import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import type { InvitationState } from '#app/state/model/invitation/invitation-state.ts'
import { newInvitation } from '#app/state/model/invitation/invitation-state.ts'

type InvitationActions =
  | 'invitationLookedAt'
  | 'invitationLookPressed'
  | 'invitationAcceptPressed'
  | 'invitationProven'
  | 'invitationAccepted'
  | 'invitationFailed'
  | 'invitationEnterPressed'
  | 'invitationEntered'
  | 'invitationLeft'

export const invitationHandlers: Handlers<InvitationActions> = {
  invitationLookedAt: (state, { inviterName, look }) =>
    step(
      look.kind === 'offer'
        ? changed(state, { inviterName, offer: look.offer, phase: 'ready', trouble: null })
        : changed(state, { inviterName, already: look, phase: 'already', trouble: null }),
    ),
  invitationLookPressed: (state) =>
    state.invitation === null ? step(state) : lookAtInvitation(state, state.invitation.text),
  invitationAcceptPressed: (state, { freshPasskey }) => {
    const { invitation } = state
    const waits = invitation?.phase === 'ready' || invitation?.phase === 'stopped'
    const offer = invitation?.offer ?? null
    if (invitation === null || offer === null || !waits) return step(state)
    const { text } = invitation
    return step(changed(state, { phase: 'proving', trouble: null }), {
      type: 'acceptInvitation',
      request: { text, personName: offer.personName, freshPasskey },
    })
  },
  invitationProven: (state) => step(changed(state, { phase: 'sending' })),
  invitationAccepted: (state) =>
    step(changed(state, { phase: 'accepted', accepted: true, trouble: null }), {
      type: 'feel',
      what: 'settled',
    }),
  invitationFailed: (state, { trouble }) => {
    const { invitation } = state
    if (invitation === null) return step(state)
    // Somebody who closed the passkey sheet is where they were.
    const back = trouble === 'gestureCancelled' && invitation.offer !== null ? 'ready' : 'stopped'
    const phase = invitation.accepted ? 'accepted' : back
    return step(changed(state, { phase, trouble }), { type: 'feel', what: 'refused' })
  },
  invitationEnterPressed: (state) =>
    step(changed(state, { phase: 'entering', trouble: null }), { type: 'enterInvited' }),
  invitationEntered: (state) => step(left(state), { type: 'forgetLink' }),
  invitationLeft: (state) => step(left(state), { type: 'forgetLink' }, { type: 'readSession' }),
}

/** Opens the link of an invitation: the lock is asked what it gives. */
export function lookAtInvitation(state: AppState, text: string): Step {
  const after: AppState = { ...state, stage: 'invitation', invitation: newInvitation(text) }
  return step(after, { type: 'lookAtInvitation', text })
}

function left(state: AppState): AppState {
  const { invitation } = state
  const here = invitation?.offer?.lockId ?? invitation?.already?.lockId ?? state.here
  return { ...state, stage: 'starting', invitation: null, here, tab: 'door' }
}

function changed(state: AppState, change: Partial<InvitationState>): AppState {
  if (state.invitation === null) return state
  return { ...state, invitation: { ...state.invitation, ...change } }
}
