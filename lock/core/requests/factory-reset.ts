import type { Reason } from '@mortise/protocol/words'
import { credentialHolder } from '#core/access/challenges.ts'
import { hearSignedTime } from '#core/clock/owners-time.ts'
import { isSomebodyInside } from '#core/inside/button.ts'
import { forgetEverything } from '#core/reset/forget.ts'
import { stopWait } from '#core/reset/wait.ts'
import { decideRemotely } from '#core/requests/permission.ts'
import { refuseSomebody } from '#core/requests/refuse.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Signatory } from '#core/turn/state.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * An owner hands the lock over. Nobody has to be warned first: it is their word, and the inside button
 * shows that whoever talked them into one gesture is at least not far away (decision 0008).
 */
export function orderFactoryReset(turn: Turn, actor: Signatory): void {
  const reason = ownerFault(turn, actor) ?? orderFault(turn)
  if (reason !== undefined) return refuseSomebody(turn, actor, 'factoryReset', reason)
  hearSignedTime(turn, actor)
  const sequence = forgetEverything(turn, actor)
  // There is nobody any more whom the next challenge could be for.
  sendReceipt(turn, actor.answer, { outcome: 'done', reason: 'granted', sequence })
}

/** An owner has seen that somebody inside asked, and wants none of it. */
export function stopFactoryReset(turn: Turn, actor: Signatory): void {
  const isWaiting = turn.state.factoryReset?.stage === 'waiting'
  const reason = ownerFault(turn, actor) ?? (isWaiting ? undefined : 'noFactoryReset')
  if (reason !== undefined) return refuseSomebody(turn, actor, 'stopFactoryReset', reason)
  hearSignedTime(turn, actor)
  stopWait(turn, actor)
  const { sequence } = turn.state.chain
  const holder = credentialHolder(actor.credential.id)
  sendReceipt(turn, actor.answer, { outcome: 'done', reason: 'granted', sequence }, holder)
}

/** Why this person may not decide about everybody's access at once. */
function ownerFault(turn: Turn, actor: Signatory): Reason | undefined {
  const { verdict, reason } = decideRemotely(turn, actor, 'changePolicy')
  if (verdict !== 'allowed') return reason
  return actor.user.role === 'owner' ? undefined : 'notAuthorized'
}

function orderFault(turn: Turn): Reason | undefined {
  if (!isSomebodyInside(turn)) return 'insideButtonNeeded'
  return turn.state.bolt.drive === undefined ? undefined : 'busy'
}
