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
  const { mainsPresent, batteryPercent } = reading
  const mainsBefore = turn.state.power.mainsPresent
  const power = {
    ...(mainsPresent === undefined ? {} : { mainsPresent }),
    ...(batteryPercent === undefined ? {} : { batteryPercent }),
  }
  update(turn, { power })
  if (mainsPresent !== mainsBefore) record(turn, { type: 'powerChanged', ...power })
  judgePower(turn)
}

/** Begins and ends the alarms of the measurement that the state holds. */
export function judgePower(turn: Turn): void {
  const { mainsPresent, batteryPercent } = turn.state.power
  setAlarm(turn, 'mainsLost', mainsPresent === false)
  const isLow = turn.state.alarms.includes('batteryLow')
  const threshold = isLow ? batteryFinePercent - 1 : batteryLowPercent
  setAlarm(turn, 'batteryLow', batteryPercent !== undefined && batteryPercent <= threshold)
}
