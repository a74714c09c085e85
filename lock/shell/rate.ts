/** What strangers may cost. */
export interface RequestLimits {
  /** Opening one costs a fifth of a millisecond, so this keeps most of a small core free. */
  readonly perSecondMax: number
  /** Requests whose answer the door or a slow hash still owes. */
  readonly inFlightMax: number
}

export const REQUEST_LIMITS: RequestLimits = { perSecondMax: 200, inFlightMax: 32 }

/**
 * A bucket that holds one second's worth of requests and fills evenly.
 * @returns whether one more is within the rate
 */
export function createRate(perSecondMax: number): (monotonicMs: number) => boolean {
  let tokens = perSecondMax
  let filledAtMs: number | undefined
  return (monotonicMs) => {
    const passedMs = Math.max(0, monotonicMs - (filledAtMs ?? monotonicMs))
    tokens = Math.min(perSecondMax, tokens + (passedMs * perSecondMax) / 1_000)
    filledAtMs = monotonicMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
