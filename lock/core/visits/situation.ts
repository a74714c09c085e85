import { temporalWallClock } from '@mortise/access'
import type { Situation } from '@mortise/access'
import { assertInvariant } from '@mortise/protocol/errors'
import { momentNow } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'
import { offlineMsOf } from '#core/visits/lease.ts'
import { presentedNow } from '#core/visits/presented.ts'
import { usageOf } from '#core/visits/usage.ts'

/** What a decision of this moment depends on besides the policy. */
export function situationNow(turn: Turn): Situation {
  const { state, now } = turn
  assertInvariant(state.policy !== undefined, 'without a policy nothing is to be decided')
  const { householdOpenedMs, operatingMode } = state.registers
  const time = momentNow(turn)
  const offlineMs = offlineMsOf(state, now.monotonicMs, time)
  return {
    time,
    wallClock: temporalWallClock(state.policy.view.policy.timeZone),
    operatingMode: operatingMode?.mode ?? 'normal',
    usageOf: (userId) => usageOf(state, userId),
    presented: presentedNow(state, now.monotonicMs),
    ...(householdOpenedMs === undefined ? {} : { householdOpenedMs }),
    ...(offlineMs === undefined ? {} : { offlineMs }),
  }
}
