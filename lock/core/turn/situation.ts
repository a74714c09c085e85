import { plainSituation, temporalWallClock } from '@mortise/access'
import type { Situation } from '@mortise/access'
import { momentNow } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** What a decision of this moment depends on besides the policy. */
export function situationNow(turn: Turn): Situation {
  const timeZone = turn.state.policy?.view.policy.timeZone ?? 'UTC'
  return plainSituation(momentNow(turn), temporalWallClock(timeZone))
}
