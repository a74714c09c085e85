import type { Outcome, Reason } from '@mortise/protocol/words'
import { giveChallenge } from '#core/access/challenges.ts'
import type { ChallengeHolder } from '#core/access/challenges.ts'
import type { CommandAnswer } from '#core/turn/state.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

export interface ReceiptFields {
  readonly outcome: Outcome
  readonly reason: Reason
  /** Of the entry that tells of it; 0 when the refusal was only counted. */
  readonly sequence: number
}

/**
 * Sends the receipt of a command.
 * @param holder who proved to have sent it, and gets the next challenge; absent for nobody
 */
export function sendReceipt(
  turn: Turn,
  { requestId, replyTo, commandHash }: CommandAnswer,
  fields: ReceiptFields,
  holder?: ChallengeHolder,
): void {
  const next = holder === undefined ? {} : { nextChallenge: challengeFor(turn, holder) }
  turn.replies.push({
    requestId,
    replyTo,
    reply: { type: 'receipt', commandHash, ...fields, ...next },
  })
}

/** A fresh challenge for a holder. */
export function challengeFor(turn: Turn, holder: ChallengeHolder): Uint8Array {
  const { context, state, now } = turn
  const given = giveChallenge(context, state.challenges, holder, now.monotonicMs)
  update(turn, { challenges: given.challenges })
  return given.challenge
}
