import type { Reason, User } from '@mortise/protocol/words'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * A new code is refused when somebody has it already, so making codes is a way to search for
 * those of others that no lockout of the keypad sees. At this pace it takes months, and each step
 * is a change in the journal. Owners rule the codes anyway.
 */
export const codesPerHourMax = 60
const hourMs = 3_600_000

/** Counts the codes of a change by somebody who is no owner; a reason when they are too many. */
export function newCodesFault(turn: Turn, signer: User, codes: number): Reason | undefined {
  return signer.role === 'owner' ? undefined : countNewCodes(turn, codes)
}

/** Counts codes that somebody wants to set who is no owner; a reason when they are too many. */
export function countNewCodes(turn: Turn, codes: number): Reason | undefined {
  const { monotonicMs } = turn.now
  const before = turn.state.newCodes
  const goesOn = before !== undefined && monotonicMs < before.untilMonotonicMs
  const count = (goesOn ? before.count : 0) + codes
  if (count > codesPerHourMax) return 'busy'
  const untilMonotonicMs = goesOn ? before.untilMonotonicMs : monotonicMs + hourMs
  update(turn, { newCodes: { untilMonotonicMs, count } })
  return undefined
}
