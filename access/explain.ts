import type { Reason, User } from '@mortise/protocol/words'
import { turningPoints } from '#access/calendar.ts'
import { decide, everyObjection } from '#access/decide.ts'
import type { AccessRequest, Decision } from '#access/decide.ts'
import { holderOf } from '#access/policy-view.ts'
import type { PolicyView } from '#access/policy-view.ts'
import type { Situation } from '#access/situation.ts'

export interface Explanation {
  readonly decision: Decision
  /** All that speaks against it, the first being the reason of the decision. */
  readonly objections: readonly Reason[]
  /**
   * When the verdict will be another, if time alone makes it so: the end of what is allowed, or the
   * next beginning. Milliseconds since 1970; absent when it is not within the horizon.
   */
  readonly changesAtMs?: number
}

/** How far ahead an explanation looks. Fourteen days hold every weekly pattern twice. */
const horizonMs = 14 * 86_400_000

/** Says what the lock would decide, why, and until when or from when. */
export function explain(
  view: PolicyView,
  request: AccessRequest,
  situation: Situation,
): Explanation {
  const decision = decide(view, request, situation)
  const holder = holderOf(view, request.credentialId)
  if (holder === undefined) return { decision, objections: [decision.reason] }
  const objections = everyObjection(view, holder, request, situation)
  const changesAtMs = nextChange(view, holder.user, request, situation)
  return { decision, objections, ...(changesAtMs === undefined ? {} : { changesAtMs }) }
}

/** What the lock remembers is taken to stay as it is. An uncertain time changes nothing by itself. */
function nextChange(
  view: PolicyView,
  user: User,
  request: AccessRequest,
  situation: Situation,
): number | undefined {
  const { ms, certain } = situation.time
  if (!certain) return undefined
  const { verdict } = decide(view, request, situation)
  return turningPoints(view.policy, user, situation, ms, ms + horizonMs).find(
    (point) => decide(view, request, at(situation, point)).verdict !== verdict,
  )
}

/** The same situation at another moment. */
export function at(situation: Situation, ms: number): Situation {
  return { ...situation, time: { ms, certain: true } }
}
