import type { Outcome, Reason } from '@mortise/protocol/words'
import { issueChallenge } from '#core/access/challenges.ts'
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
  { requestId, replyTo, commandHash, random }: CommandAnswer,
  fields: ReceiptFields,
  holder?: ChallengeHolder,
): void {
  const next = holder === undefined ? {} : { nextChallenge: random }
  if (holder !== undefined) giveChallenge(turn, holder, random)
  turn.replies.push({
    requestId,
    replyTo,
    reply: { type: 'receipt', commandHash, ...fields, ...next },
  })
}

/** Opens a challenge for a holder. */
export function giveChallenge(turn: Turn, holder: ChallengeHolder, challenge: Uint8Array): void {
  const { challenges } = turn.state
  update(turn, {
    challenges: issueChallenge(challenges, holder, challenge, turn.now.monotonicMs),
  })
}
