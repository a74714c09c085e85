import { setAlarm } from '#core/alarm/alarms.ts'
import type { PowerReading } from '#core/inputs.ts'
import { record } from '#core/journal/record.ts'
import { update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Two thresholds, so that a battery at the edge does not alarm with every movement of the bolt. */
export const batteryLowPercent = 20
export const batteryFinePercent = 25

/** A power measurement. */
export function powerMeasured(turn: Turn, reading: PowerReading): void {
  const mainsBefore = turn.state.power.mainsPresent
  const power = plausibleReading(reading)
  update(turn, { power })
  if (power.mainsPresent !== mainsBefore) record(turn, { type: 'powerChanged', ...power })
  judgePower(turn)
}

/** What can be written down of a measurement: a gauge gone mad must not stop the lock. */
export function plausibleReading({ mainsPresent, batteryPercent }: PowerReading): PowerReading {
  const known = batteryPercent !== undefined && Number.isFinite(batteryPercent)
  return {
    ...(mainsPresent === undefined ? {} : { mainsPresent }),
    ...(known ? { batteryPercent: Math.round(Math.min(100, Math.max(0, batteryPercent))) } : {}),
  }
}

/** Begins and ends the alarms of the measurement that the state holds. */
export function judgePower(turn: Turn): void {
  const { mainsPresent, batteryPercent } = turn.state.power
  setAlarm(turn, 'mainsLost', mainsPresent === false)
  const isLow = turn.state.alarms.includes('batteryLow')
  const threshold = isLow ? batteryFinePercent - 1 : batteryLowPercent
  setAlarm(turn, 'batteryLow', batteryPercent !== undefined && batteryPercent <= threshold)
}
