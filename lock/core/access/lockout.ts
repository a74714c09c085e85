import type { PolicySettings } from '@mortise/protocol/words'

/** An hour: long enough to make guessing hopeless, short enough for a family that mistyped. */
export const lockoutSecondsMax = 3600

/**
 * How long the keypad stays locked.
 * @param lockouts lockouts in a row, this one included: from 1
 * @returns milliseconds; doubles with each lockout up to an hour
 */
export function lockoutMs(settings: PolicySettings, lockouts: number): number {
  const seconds = settings.userCodeTemporaryDisableTime * 2 ** (lockouts - 1)
  return Math.min(seconds, lockoutSecondsMax) * 1000
}
