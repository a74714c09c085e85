import { unlatchSecondsOf } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import { act } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Pulls the latch of a drawn bolt, as an entry of this turn tells. It lets go by itself. */
export function pullLatch(turn: Turn, entry: number): void {
  const { policy } = turn.state
  assertInvariant(policy !== undefined, 'whoever may pull the latch stands in a policy')
  act(turn, { type: 'pullLatch', holdMs: unlatchSecondsOf(policy.view.policy) * 1000, entry })
}
