import type { OwnAccess, Reason, User } from '@mortise/protocol/words'
import { credentialHolder, invitationHolder } from '#core/access/challenges.ts'
import type { ChallengeHolder } from '#core/access/challenges.ts'
import type { PolicyView } from '@mortise/access'
import { holderOf, ownAccessOf } from '@mortise/access'
import type { Input } from '#core/inputs.ts'
import { openInvitation } from '#core/requests/invitation.ts'
import { challengeFor } from '#core/turn/reply.ts'
import type { Turn } from '#core/turn/turn.ts'
import { usageOf } from '#core/visits/usage.ts'

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

function memberAsking(turn: Turn, credentialId: Uint8Array): Asked {
  const view = turn.state.policy?.view
  if (view === undefined) return { holder: undefined, reason: 'notClaimed' }
  const user = holderOf(view, credentialId)?.user
  return user === undefined
    ? { holder: undefined, reason: 'unknownCredential' }
    : { holder: credentialHolder(credentialId), access: ownAccess(turn, view, user) }
}

function guestAsking(turn: Turn, invitationId: Uint8Array): Asked {
  const view = turn.state.policy?.view
  if (view === undefined) return { holder: undefined, reason: 'notClaimed' }
  const open = openInvitation(view, turn.state.bindings, invitationId)
  if (open === undefined) return { holder: undefined, reason: 'unknownInvitation' }
  const { notAfterMs: invitationNotAfterMs } = open.invitation
  const access = { ...ownAccess(turn, view, open.user), invitationNotAfterMs }
  return { holder: invitationHolder(invitationId), access }
}

function ownAccess({ state }: Turn, { policy }: PolicyView, user: User): OwnAccess {
  return ownAccessOf(policy, user, usageOf(state, user.id))
}
