import { along, restingCurves, usableInCold } from '#core/battery/curves.ts'
import type { Chemistry, PowerReading } from '#core/inputs.ts'

export interface Charge {
  /** 0 to 100, whole. */
  readonly percent: number
  /** How far off it may be, in percent points. */
  readonly blur: number
}

/** What a lock's own converter and a cell that was just used are off by, per cell. */
export const restingErrorMillivolts = 10

/** A gauge counts what flows and is right to a few points. */
export const gaugeBlur = 3

/** How full the battery is: by its gauge where there is one, by its voltage at rest otherwise. */
export function chargeOf(reading: PowerReading): Charge | undefined {
  const { batteryPercent, batteryMillivolts, battery } = reading
  if (batteryPercent !== undefined) return { percent: batteryPercent, blur: gaugeBlur }
  if (batteryMillivolts === undefined || battery === undefined) return undefined
  const curve = restingCurves[battery.chemistry]
  const cell = batteryMillivolts / battery.cells
  const least = along(curve, cell - restingErrorMillivolts)
  const most = along(curve, cell + restingErrorMillivolts)
  return { percent: Math.round(along(curve, cell)), blur: Math.ceil(most - least) }
}

/** What of the charge can be drawn at this temperature; an unknown chemistry has no cold. */
export function usablePercent(
  percent: number,
  chemistry: Chemistry | undefined,
  celsius: number | undefined,
): number {
  if (chemistry === undefined || celsius === undefined) return percent
  return Math.max(0, percent - (100 - along(usableInCold[chemistry], celsius)))
}

/** A battery only empties: a rise that no measuring error explains is another one, or a charger. */
export function isAnother(before: number, now: Charge): boolean {
  return now.percent - before >= Math.max(10, now.blur)
}
