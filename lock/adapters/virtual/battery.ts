import type { BatteryChemistry, FittedBattery } from '#lock/ports/index.ts'

/** What a thermometer at a front door can show. */
export const COLDEST = -30
export const HOTTEST = 60

export function isWeather(celsius: number): boolean {
  return celsius >= COLDEST && celsius <= HOTTEST
}

/** A set of four good cells moves a bolt some thousands of times. */
export const MOVEMENTS_PER_PERCENT = 40

interface Pack {
  readonly cells: number
  /** One cell at rest: empty, at a tenth, at nine tenths, full. */
  readonly millivolts: readonly [number, number, number, number]
  /** Of one full cell at room temperature. */
  readonly milliohms: number
  /** How much the resistance grows per degree below room temperature, in percent. */
  readonly coldPercent: number
}

/**
 * A simpler battery than the lock's own model, on purpose: a lock that is tried out against its own
 * tables would always be right.
 */
const PACKS: Readonly<Record<BatteryChemistry, Pack>> = {
  alkaline: { cells: 4, millivolts: [1050, 1130, 1480, 1580], milliohms: 150, coldPercent: 5 },
  lithium: { cells: 4, millivolts: [1300, 1620, 1730, 1800], milliohms: 120, coldPercent: 1 },
  nimh: { cells: 4, millivolts: [1000, 1200, 1300, 1410], milliohms: 40, coldPercent: 3 },
  liIon: { cells: 2, millivolts: [2500, 3150, 3950, 4030], milliohms: 60, coldPercent: 3 },
}

/** While it turns the bolt. */
const MOTOR_MILLIAMPERES = 500
const MOTOR_MILLIVOLTS_MIN = 3_300
const ROOM_CELSIUS = 20

/** What feeds the lock, and what the weather does to it. */
export interface Supply {
  readonly mainsPresent: boolean
  /** Whole, 0 to 100. */
  readonly batteryPercent: number
  /** At rest. */
  readonly batteryMillivolts: number
  readonly chemistry: BatteryChemistry
  /** At the battery, whole degrees. */
  readonly celsius: number
  /** Movements since the battery lost its last whole percent. */
  readonly movementsOnPercent: number
}

export function fittedBattery(chemistry: BatteryChemistry): FittedBattery {
  const { cells } = PACKS[chemistry]
  return { chemistry, cells, motorMillivoltsMin: MOTOR_MILLIVOLTS_MIN }
}

/** The whole pack at rest. */
export function restMillivolts(chemistry: BatteryChemistry, percent: number): number {
  const { cells, millivolts } = PACKS[chemistry]
  const [empty, tenth, nineTenths, full] = millivolts
  if (percent <= 10) return Math.round(cells * (empty + ((tenth - empty) * percent) / 10))
  if (percent >= 90)
    return Math.round(cells * (nineTenths + ((full - nineTenths) * (percent - 90)) / 10))
  return Math.round(cells * (tenth + ((nineTenths - tenth) * (percent - 10)) / 80))
}

/** The whole pack while the motor turns: cold and empty cells give way. */
export function loadMillivolts(supply: Supply): number {
  const { chemistry, celsius, batteryPercent, batteryMillivolts } = supply
  const { cells, milliohms, coldPercent } = PACKS[chemistry]
  const cold = 1 + (Math.max(0, ROOM_CELSIUS - celsius) * coldPercent) / 100
  const tired = 1 + (100 - batteryPercent) / 50
  const drop = (MOTOR_MILLIAMPERES * cells * milliohms * cold * tired) / 1000
  return Math.max(0, Math.round(batteryMillivolts - drop))
}

export function turnsMotor(supply: Supply): boolean {
  return supply.mainsPresent || loadMillivolts(supply) >= MOTOR_MILLIVOLTS_MIN
}

/** What a movement takes out of the battery, unless it is plugged in. */
export function useForMovement(supply: Supply): Partial<Supply> {
  if (supply.mainsPresent) return {}
  const movementsOnPercent = supply.movementsOnPercent + 1
  if (movementsOnPercent < MOVEMENTS_PER_PERCENT) return { movementsOnPercent }
  const batteryPercent = Math.max(0, supply.batteryPercent - 1)
  return {
    movementsOnPercent: 0,
    batteryPercent,
    batteryMillivolts: restMillivolts(supply.chemistry, batteryPercent),
  }
}
