import type {
  BoltPosition,
  DoorPosition,
  DriveDirection,
  EscutcheonState,
} from '#lock/ports/index.ts'
import { restMillivolts, useForMovement, turnsMotor } from './battery.ts'
import type { Supply } from './battery.ts'
import type { Template } from './reader.ts'

/** Where the bolt really is, whatever a sensor says. */
export type BoltPlace = Exclude<BoltPosition, 'unknown'>
export type BoltEnd = Exclude<BoltPlace, 'between'>
export type LeafPlace = Exclude<DoorPosition, 'unknown'>

/** What can be made wrong with the door on purpose. */
export interface DoorFaults {
  /** In which direction the motor meets resistance. A hand is stronger and gets through. */
  readonly jam: 'none' | DriveDirection | 'both'
  /** `dead`: the motor draws current and turns nothing. */
  readonly motor: 'working' | 'dead'
  /** Anything but `honest` is what the sensor says whatever is true. */
  readonly boltSensor: 'honest' | BoltPosition
  readonly doorSensor: 'honest' | DoorPosition
}

/** Every count goes up only, and is written before anybody hears of the movement. */
export interface DoorCounts {
  /** How often the motor was switched on, moved or not. */
  readonly motorDrives: number
  readonly motorExtensions: number
  readonly motorRetractions: number
  readonly handExtensions: number
  readonly handRetractions: number
  readonly forcedOpenings: number
}

/** The physical world: everything that a killed process leaves as it was. */
export interface DoorRecord extends Supply {
  readonly bolt: BoltPlace
  readonly leaf: LeafPlace
  /** The leaf was opened against the bolt and has not been closed since. */
  readonly forced: boolean
  readonly escutcheon: Exclude<EscutcheonState, 'unknown'>
  readonly counts: DoorCounts
  readonly faults: DoorFaults
  /** The memory of the reader's module. */
  readonly templates: readonly Template[]
}

export const NO_FAULTS: DoorFaults = {
  jam: 'none',
  motor: 'working',
  boltSensor: 'honest',
  doorSensor: 'honest',
}

/** A new door: shut, bolt drawn back, fresh batteries, plugged in. */
export const NEW_DOOR: DoorRecord = {
  bolt: 'retracted',
  leaf: 'closed',
  forced: false,
  escutcheon: 'inPlace',
  mainsPresent: true,
  batteryPercent: 100,
  batteryMillivolts: restMillivolts('alkaline', 100),
  chemistry: 'alkaline',
  celsius: 20,
  movementsOnPercent: 0,
  counts: {
    motorDrives: 0,
    motorExtensions: 0,
    motorRetractions: 0,
    handExtensions: 0,
    handRetractions: 0,
    forcedOpenings: 0,
  },
  faults: NO_FAULTS,
  templates: [],
}

/** Why hands did not get what they wanted. */
export type HandRefusal = 'bolted' | 'boltInTheWay'

export interface HandResult {
  readonly record: DoorRecord
  readonly refusal?: HandRefusal
}

export function endOf(direction: DriveDirection): BoltEnd {
  return direction === 'extend' ? 'extended' : 'retracted'
}

export function isPowered(record: DoorRecord): boolean {
  return record.mainsPresent || record.batteryPercent > 0
}

export function boltSensorOf(record: DoorRecord): BoltPosition {
  return record.faults.boltSensor === 'honest' ? record.bolt : record.faults.boltSensor
}

export function doorSensorOf(record: DoorRecord): DoorPosition {
  return record.faults.doorSensor === 'honest' ? record.leaf : record.faults.doorSensor
}

export function boltMovementsOf({ counts }: DoorRecord): number {
  return (
    counts.motorExtensions +
    counts.motorRetractions +
    counts.handExtensions +
    counts.handRetractions
  )
}

/** What the motor does after it was switched on. */
export type DriveStart = 'moves' | 'meetsResistance' | 'standsThere' | 'turnsNothing' | 'noPower'

/**
 * The motor is switched on.
 * @param underWay the direction in which the bolt is being driven already, if any: going on in the
 * same direction is one movement, turning round is another
 */
export function startDrive(
  record: DoorRecord,
  direction: DriveDirection,
  underWay: DriveDirection | undefined,
): { readonly record: DoorRecord; readonly start: DriveStart } {
  if (!isPowered(record) || !turnsMotor(record)) return { record, start: 'noPower' }
  const driven = count({ ...record, ...useForMovement(record) }, 'motorDrives')
  if (record.bolt === endOf(direction)) return { record: driven, start: 'standsThere' }
  if (record.faults.motor === 'dead') return { record: driven, start: 'turnsNothing' }
  const counter = direction === 'extend' ? 'motorExtensions' : 'motorRetractions'
  const moving = underWay === direction ? driven : count(driven, counter)
  const resisted = record.faults.jam === direction || record.faults.jam === 'both'
  return {
    record: { ...moving, bolt: 'between' },
    start: resisted ? 'meetsResistance' : 'moves',
  }
}

/** The driven bolt reaches its end. Extending with the leaf open works: the bolt sticks out. */
export function arriveAt(record: DoorRecord, direction: DriveDirection): DoorRecord {
  return { ...record, bolt: endOf(direction) }
}

/** Thumbturn or key: no electronics, no jam that holds a hand. */
export function turnByHand(record: DoorRecord, to: BoltEnd): DoorRecord {
  if (record.bolt === to) return record
  const counter = to === 'extended' ? 'handExtensions' : 'handRetractions'
  return { ...count(record, counter), bolt: to }
}

/** Where a hand turns the bolt that just turns it: out of the way unless it is there already. */
export function otherEnd(bolt: BoltPlace): BoltEnd {
  return bolt === 'retracted' ? 'extended' : 'retracted'
}

/** Somebody pulls the leaf open, `forcing` it when the bolt holds it. */
export function openLeaf(record: DoorRecord, forcing: boolean): HandResult {
  if (record.leaf === 'open') return { record }
  if (record.bolt === 'retracted') return { record: { ...record, leaf: 'open' } }
  if (!forcing) return { record, refusal: 'bolted' }
  return { record: { ...count(record, 'forcedOpenings'), leaf: 'open', forced: true } }
}

/** Somebody pushes the leaf shut; a bolt that sticks out hits the frame. */
export function closeLeaf(record: DoorRecord): HandResult {
  if (record.leaf === 'closed') return { record }
  if (record.bolt !== 'retracted') return { record, refusal: 'boltInTheWay' }
  return { record: { ...record, leaf: 'closed', forced: false } }
}

function count(record: DoorRecord, counter: keyof DoorCounts): DoorRecord {
  return { ...record, counts: { ...record.counts, [counter]: record.counts[counter] + 1 } }
}
