import type { Policy, OwnAccess, Reason, User } from '@mortise/protocol/words'
import { credentialHolder, invitationHolder } from '#core/access/challenges.ts'
import type { ChallengeHolder } from '#core/access/challenges.ts'
import { holderOf } from '@mortise/access'
import type { Input } from '#core/inputs.ts'
import { openInvitation } from '#core/requests/invitation.ts'
import { challengeFor } from '#core/turn/reply.ts'
import type { Turn } from '#core/turn/turn.ts'

type Ask = Extract<Input, { type: 'ask' }>

/** Answers a question with the state, and with a challenge for whoever could use one. */
export function answerAsk(turn: Turn, ask: Ask): void {
  const asked = askerOf(turn, ask)
  const { requestId, replyTo, nonce } = ask
  const extra =
    asked === undefined
      ? {}
      : asked.holder === undefined
        ? { reason: asked.reason }
        : { challenge: challengeFor(turn, asked.holder), access: asked.access }
  turn.replies.push({ requestId, replyTo, reply: { type: 'answer', nonce, ...extra } })
}

type Asked =
  | { readonly holder: ChallengeHolder; readonly access: OwnAccess }
  | { readonly holder: undefined; readonly reason: Reason }

/** Undefined when no challenge was asked for. */
function askerOf(turn: Turn, { credentialId, invitationId }: Ask): Asked | undefined {
  if (credentialId !== undefined) return memberAsking(turn, credentialId)
  return invitationId === undefined ? undefined : guestAsking(turn, invitationId)
}

function memberAsking({ state }: Turn, credentialId: Uint8Array): Asked {
  const view = state.policy?.view
  if (view === undefined) return { holder: undefined, reason: 'notClaimed' }
  const user = holderOf(view, credentialId)?.user
  return user === undefined
    ? { holder: undefined, reason: 'unknownCredential' }
    : { holder: credentialHolder(credentialId), access: ownAccess(view.policy, user) }
}

function guestAsking(turn: Turn, invitationId: Uint8Array): Asked {
  const view = turn.state.policy?.view
  if (view === undefined) return { holder: undefined, reason: 'notClaimed' }
  const open = openInvitation(turn.state, invitationId)
  if (open === undefined) return { holder: undefined, reason: 'unknownInvitation' }
  const { notAfterMs: invitationNotAfterMs } = open.invitation
  const access = { ...ownAccess(view.policy, open.user), invitationNotAfterMs }
  return { holder: invitationHolder(invitationId), access }
}

function ownAccess({ doorName, timeZone }: Policy, user: User): OwnAccess {
  const { id: userId, name: userName, role, verbs, validity } = user
  const access = { userId, userName, doorName, timeZone, role, verbs }
  return validity === undefined ? access : { ...access, validity }
}
