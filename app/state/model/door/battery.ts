import type { BatteryConfidence, State } from '@mortise/protocol/words'

/** What the lock says of its battery. The days are worth what it says that they are worth. */
export interface BatteryView {
  readonly percent: number | null
  readonly daysLeft: number | null
  readonly confidence: BatteryConfidence
}

/** `null` when the lock tells of none: it has none, or cannot measure it. */
export function batteryOf(state: State): BatteryView | null {
  const { batteryPercent, batteryDaysLeft, batteryConfidence = 'low' } = state
  if (batteryPercent === undefined && batteryDaysLeft === undefined) return null
  return {
    percent: batteryPercent ?? null,
    daysLeft: batteryDaysLeft ?? null,
    confidence: batteryConfidence,
  }
}
