import type { BatteryConfidence } from '@mortise/protocol/words'
import { usablePercent } from '#core/battery/charge.ts'
import type { Charge } from '#core/battery/charge.ts'
import type { Chemistry } from '#core/inputs.ts'
import { coldest, drainOf, observed } from '#core/battery/memory.ts'
import type { BatteryMemory } from '#core/battery/memory.ts'

export interface Forecast {
  readonly daysLeft: number
  readonly confidence: BatteryConfidence
}

/** What others see of the battery. */
export interface BatteryFacts extends Partial<Forecast> {
  readonly percent?: number
}

/** Two years: further than anybody plans, and than any estimate is worth. */
export const daysLeftMax = 730

/** Earlier warnings leave time for the shop, later ones are harder to overlook. */
export const warningDays = [30, 14, 7] as const

/** How long the battery will last, at the coldest of the last weeks and at this household's use. */
export function forecast(
  memory: BatteryMemory,
  nowMs: number,
  charge: Charge,
  facts: { readonly chemistry: Chemistry | undefined; readonly celsius: number | undefined },
): Forecast {
  const { chemistry } = facts
  const celsius = coldest(memory, facts.celsius)
  const usable = usablePercent(charge.percent, chemistry, celsius)
  const days = Math.floor((usable * 1000) / drainOf(memory, nowMs, charge.percent))
  return {
    daysLeft: Math.min(daysLeftMax, days),
    confidence: confidenceOf(memory, nowMs, charge, celsius !== undefined),
  }
}

/**
 * `high` takes three weeks, a fall that is more than rounding, a charge that the voltage or gauge
 * really tells, and a thermometer. Less than a week, or a level curve, is a guess.
 */
function confidenceOf(
  memory: BatteryMemory,
  nowMs: number,
  { percent, blur }: Charge,
  hasTemperature: boolean,
): BatteryConfidence {
  const { days, fall } = observed(memory, nowMs, percent)
  if (days < 7 || blur > 25) return 'low'
  return days >= 21 && fall >= 3 && blur <= 10 && hasTemperature ? 'high' : 'medium'
}

/**
 * The warning that is due now, each once per battery: a forecast that gets longer again takes
 * none back and gives none twice.
 */
export function dueWarning(warnedDays: number | undefined, daysLeft: number): number | undefined {
  const reached = warningDays.filter((days) => daysLeft <= days).at(-1)
  return reached === undefined || reached >= (warnedDays ?? Infinity) ? undefined : reached
}
