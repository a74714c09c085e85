import type { Attempt, Reason } from '@mortise/protocol/words'
import { credentialHolder } from '#core/access/challenges.ts'
import { countRefusal, recordRefusal } from '#core/journal/refusals.ts'
import { sendReceipt } from '#core/turn/reply.ts'
import type { Asker, CommandAnswer } from '#core/turn/state.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Refuses a message that proved nothing: counted, because anybody can send any number of them. */
export function refuseNobody(turn: Turn, answer: CommandAnswer, reason: Reason): void {
  countRefusal(turn, reason)
  sendReceipt(turn, answer, { outcome: 'refused', reason, sequence: 0 })
}

/** Refuses somebody who proved who they are: written down with their name, as long as they are few. */
export function refuseSomebody(turn: Turn, actor: Asker, attempt: Attempt, reason: Reason): void {
  const sequence = recordRefusal(turn, actor, { attempt, reason })
  const holder = actor.credential === undefined ? undefined : credentialHolder(actor.credential.id)
  sendReceipt(turn, actor.answer, { outcome: 'refused', reason, sequence }, holder)
}
