import { toHex } from '@mortise/protocol/wire'
import type { Reason } from '@mortise/protocol/words'
import { credentialHolder, invitationHolder } from '#core/access/challenges.ts'
import type { ChallengeHolder } from '#core/access/challenges.ts'
import { holderOf } from '@mortise/access'
import type { Input } from '#core/inputs.ts'
import { openInvitation } from '#core/requests/invitation.ts'
import { giveChallenge } from '#core/turn/reply.ts'
import type { Turn } from '#core/turn/turn.ts'

type Ask = Extract<Input, { type: 'ask' }>

/** Answers a question with the state, and with a challenge for whoever could use one. */
export function answerAsk(turn: Turn, ask: Ask): void {
  const asked = holderOfAsk(turn, ask)
  const { requestId, replyTo, nonce, random } = ask
  if (asked?.holder !== undefined) giveChallenge(turn, asked.holder, random)
  const extra =
    asked === undefined
      ? {}
      : asked.holder === undefined
        ? { reason: asked.reason }
        : { challenge: random }
  turn.replies.push({ requestId, replyTo, reply: { type: 'answer', nonce, ...extra } })
}

type Asked =
  | { readonly holder: ChallengeHolder }
  | { readonly holder: undefined; readonly reason: Reason }

/** Undefined when no challenge was asked for. */
function holderOfAsk(turn: Turn, { credentialId, invitationId }: Ask): Asked | undefined {
  const view = turn.state.policy?.view
  if (credentialId === undefined && invitationId === undefined) return undefined
  if (view === undefined) return { holder: undefined, reason: 'notClaimed' }
  if (credentialId !== undefined) {
    return holderOf(view, credentialId) === undefined
      ? { holder: undefined, reason: 'unknownCredential' }
      : { holder: credentialHolder(credentialId) }
  }
  if (invitationId === undefined || openInvitation(turn, toHex(invitationId)) === undefined) {
    return { holder: undefined, reason: 'unknownInvitation' }
  }
  return { holder: invitationHolder(invitationId) }
}
