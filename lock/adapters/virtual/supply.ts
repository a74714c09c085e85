import type { BatteryChemistry, PowerReading } from '#lock/ports/index.ts'
import { fittedBattery, loadMillivolts, restMillivolts } from './battery.ts'
import type { DoorRecord } from './physics.ts'

export interface PowerChange {
  readonly mainsPresent?: boolean
  /** Whole, 0 to 100; the voltage follows unless it is given too. */
  readonly batteryPercent?: number
  /** At rest. */
  readonly batteryMillivolts?: number
  /** Other cells; without a percentage they are as full as the ones before. */
  readonly chemistry?: BatteryChemistry
  /** How warm it is at the battery. */
  readonly celsius?: number
}

/** The door after somebody changed its supply, or the weather did. */
export function withPower(record: DoorRecord, change: PowerChange): DoorRecord {
  const chemistry = change.chemistry ?? record.chemistry
  const batteryPercent = change.batteryPercent ?? record.batteryPercent
  const isOther = change.batteryPercent !== undefined || chemistry !== record.chemistry
  const followed = isOther ? restMillivolts(chemistry, batteryPercent) : record.batteryMillivolts
  return {
    ...record,
    mainsPresent: change.mainsPresent ?? record.mainsPresent,
    chemistry,
    celsius: change.celsius ?? record.celsius,
    batteryPercent,
    movementsOnPercent: isOther ? 0 : record.movementsOnPercent,
    batteryMillivolts: change.batteryMillivolts ?? followed,
  }
}

/** What the lock can measure. */
export function powerOf(record: DoorRecord): PowerReading {
  const { mainsPresent, batteryPercent, batteryMillivolts, chemistry, celsius } = record
  return {
    mainsPresent,
    batteryPercent,
    batteryMillivolts,
    loadMillivolts: loadMillivolts(record),
    temperatureCelsius: celsius,
    battery: fittedBattery(chemistry),
  }
}

export function samePower(left: PowerReading, right: PowerReading): boolean {
  return (
    left.mainsPresent === right.mainsPresent &&
    left.batteryPercent === right.batteryPercent &&
    left.batteryMillivolts === right.batteryMillivolts &&
    left.temperatureCelsius === right.temperatureCelsius &&
    left.battery?.chemistry === right.battery?.chemistry
  )
}
