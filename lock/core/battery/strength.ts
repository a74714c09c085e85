import type { Verb } from '@mortise/protocol/words'
import type { PowerReading } from '#core/inputs.ts'

/** What the motor can still do: open and lock again, only lock, or neither. */
export type Strength = 'enough' | 'lockOnly' | 'none'

/**
 * Above the least voltage at which the motor finishes a movement, in percent: an opening uses up one
 * movement, and the one that locks again has to follow at a voltage that is lower by then.
 */
export const openingReservePercent = 5

/** Judged by the voltage under load alone: a tired cell looks rested until it has to work. */
export function strengthOf(reading: PowerReading): Strength {
  const { mainsPresent, loadMillivolts, battery } = reading
  if (mainsPresent === true || loadMillivolts === undefined || battery === undefined)
    return 'enough'
  const least = battery.motorMillivoltsMin
  if (loadMillivolts < least) return 'none'
  return loadMillivolts * 100 < least * (100 + openingReservePercent) ? 'lockOnly' : 'enough'
}

/**
 * Whether a movement may begin. Nothing opens that could not be locked again, and nothing moves that
 * would stop half way; key and thumbturn always do.
 */
export function canMove(reading: PowerReading, verb: Verb): boolean {
  const strength = strengthOf(reading)
  return strength === 'enough' || (strength === 'lockOnly' && verb === 'lock')
}
