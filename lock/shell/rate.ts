import { limits } from '@mortise/protocol/limits'

/** What strangers may cost. */
export interface RequestLimits {
  /** Opening one costs a fifth of a millisecond, so this keeps most of a small core free. */
  readonly perSecondMax: number
  /** Requests whose answer the door or a slow hash still owes. */
  readonly inFlightMax: number
}

export const REQUEST_LIMITS: RequestLimits = { perSecondMax: 200, inFlightMax: 32 }

/** A command of one gesture, with its proof and padding, is below a kilobyte. */
const SMALL_REQUEST_BYTES = 4_096
/**
 * Taking four hostile megabytes apart blocks a small core for two seconds, so large requests are
 * few: the largest there can be at once, then this much per second.
 */
const LARGE_BYTES_PER_SECOND = 524_288

/** @returns whether one more request of this size is within what strangers may cost */
export function createRequestRate(
  perSecondMax: number,
): (monotonicMs: number, bytes: number) => boolean {
  const withinCount = createRate(perSecondMax)
  const withinBytes = createRate(LARGE_BYTES_PER_SECOND, limits.messageBytesMax)
  return (monotonicMs, bytes) =>
    withinCount(monotonicMs) && (bytes <= SMALL_REQUEST_BYTES || withinBytes(monotonicMs, bytes))
}

/**
 * A bucket that fills evenly.
 * @param burstMax what it holds; one second's worth unless told
 * @returns whether so much more is within the rate
 */
export function createRate(
  perSecondMax: number,
  burstMax: number = perSecondMax,
): (monotonicMs: number, amount?: number) => boolean {
  let tokens = burstMax
  let filledAtMs: number | undefined
  return (monotonicMs, amount = 1) => {
    const passedMs = Math.max(0, monotonicMs - (filledAtMs ?? monotonicMs))
    tokens = Math.min(burstMax, tokens + (passedMs * perSecondMax) / 1_000)
    filledAtMs = monotonicMs
    if (tokens < amount) return false
    tokens -= amount
    return true
  }
}
