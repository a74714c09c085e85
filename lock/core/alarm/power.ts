import { alarmEdges } from '#core/alarm/edges.ts'
import { chargeOf, isAnother } from '#core/battery/charge.ts'
import type { Charge } from '#core/battery/charge.ts'
import { dueWarning, forecast } from '#core/battery/days-left.ts'
import { decodeMemory, encodeMemory, remember } from '#core/battery/memory.ts'
import { strengthOf } from '#core/battery/strength.ts'
import type { PowerReading } from '#core/inputs.ts'
import { record } from '#core/journal/record.ts'
import { momentOf, observeTime } from '#core/time/lock-time.ts'
import type { CoreState } from '#core/turn/state.ts'
import { alarmsOf } from '#core/turn/truth.ts'
import { update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** A power measurement. */
export function powerMeasured(turn: Turn, reading: PowerReading): void {
  const mainsBefore = turn.state.power.mainsPresent
  const charge = chargeOf(turn.state.power)
  update(turn, { power: plausibleReading(reading) })
  judgePower(turn)
  endLackOfPower(turn, charge)
  if (turn.state.power.mainsPresent !== mainsBefore) recordPower(turn)
}

/** What shows that the motor has power again: the mains, its own voltage, or another battery. */
function endLackOfPower(turn: Turn, before: Charge | undefined): void {
  const { power } = turn.state
  const now = chargeOf(power)
  const isMeasured = power.loadMillivolts !== undefined && strengthOf(power) === 'enough'
  const isOther = before !== undefined && now !== undefined && isAnother(before.percent, now)
  if (power.mainsPresent !== true && !isMeasured && !isOther) return
  update(turn, { motorLackedPower: false })
}

/**
 * At boot, where a change of the mains was missed and is no news, and with time: in days that pass the
 * battery lasts less long, even where nothing is measured anew.
 */
export function tendPower(turn: Turn): void {
  judgePower(turn)
}

/** Reads the measurement that the state holds, and remembers what it says about the use. */
function judgePower(turn: Turn): void {
  const { power, battery: before } = turn.state
  const charge = steady(before.percent, chargeOf(power), power.batteryPercent !== undefined)
  const { ms, certain } = momentOf(observeTime(turn.state.time, turn.now))
  if (charge === undefined) return update(turn, { battery: {} })
  const memory = decodeMemory(turn.state.registers.battery)
  const celsius = power.temperatureCelsius
  const mains = power.mainsPresent === true
  // A wrong clock would make years of days.
  const next = certain ? remember(memory, ms, charge, { celsius, mains }) : memory
  const { percent } = charge
  if (mains || !certain) update(turn, { battery: { percent } })
  else {
    const chemistry = power.battery?.chemistry
    update(turn, { battery: { percent, ...forecast(next, ms, charge, { chemistry, celsius }) } })
  }
  const warned = warn(turn, next.warnedDays)
  const kept = warned === undefined ? next : { ...next, warnedDays: warned }
  if (kept !== memory) updateRegisters(turn, { battery: encodeMemory(kept) })
}

/** A voltage wavers and a battery only empties, so that an estimate falls until it is another battery. */
function steady(
  before: number | undefined,
  charge: Charge | undefined,
  isGauge: boolean,
): Charge | undefined {
  if (charge === undefined || before === undefined || isGauge) return charge
  return isAnother(before, charge)
    ? charge
    : { ...charge, percent: Math.min(before, charge.percent) }
}

function warn(turn: Turn, warnedDays: number | undefined): number | undefined {
  const { daysLeft, confidence } = turn.state.battery
  if (daysLeft === undefined || confidence === 'low') return undefined
  const due = dueWarning(warnedDays, daysLeft)
  if (due !== undefined) recordPower(turn)
  return due
}

function recordPower(turn: Turn): void {
  const { power, battery } = turn.state
  const { mainsPresent, batteryMillivolts } = power
  record(turn, {
    type: 'powerChanged',
    ...(mainsPresent === undefined ? {} : { mainsPresent }),
    ...(battery.percent === undefined ? {} : { batteryPercent: battery.percent }),
    ...(batteryMillivolts === undefined ? {} : { batteryMillivolts }),
    ...(battery.daysLeft === undefined ? {} : { batteryDaysLeft: battery.daysLeft }),
  })
}

/** Whether percent or days are so few that the alarm stands. */
export function isBatteryPast(state: CoreState, alarm: 'batteryLow' | 'batteryCritical'): boolean {
  const { percent, daysLeft, confidence } = state.battery
  const stands = alarmsOf(state).includes(alarm)
  const [percentEdge, daysEdge] = [alarmEdges[alarm].percent, alarmEdges[alarm].days]
  const isEmpty =
    percent !== undefined && (percent <= percentEdge[0] || (stands && percent < percentEdge[1]))
  if (daysLeft === undefined || confidence === 'low') return isEmpty
  return isEmpty || daysLeft <= daysEdge[0] || (stands && daysLeft < daysEdge[1])
}

/** What can be written down of a measurement: a gauge gone mad must not stop the lock. */
export function plausibleReading(reading: PowerReading): PowerReading {
  const { mainsPresent, battery } = reading
  const percent = within(reading.batteryPercent, 0, 100)
  const rest = within(reading.batteryMillivolts, 0, 100_000)
  const load = within(reading.loadMillivolts, 0, 100_000)
  const celsius = within(reading.temperatureCelsius, -60, 90)
  return {
    ...(mainsPresent === undefined ? {} : { mainsPresent }),
    ...(percent === undefined ? {} : { batteryPercent: percent }),
    ...(rest === undefined ? {} : { batteryMillivolts: rest }),
    ...(load === undefined ? {} : { loadMillivolts: load }),
    ...(celsius === undefined ? {} : { temperatureCelsius: celsius }),
    ...(battery === undefined || battery.cells < 1 ? {} : { battery }),
  }
}

function within(value: number | undefined, least: number, most: number): number | undefined {
  if (value === undefined || !Number.isFinite(value)) return undefined
  return Math.round(Math.min(most, Math.max(least, value)))
}
