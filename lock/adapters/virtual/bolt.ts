import type {
  Actuator,
  BoltPosition,
  DriveDirection,
  Stall,
  StallReason,
  Timers,
} from '#lock/ports/index.ts'
import { createListeners } from '#lock/ports/index.ts'
import type { BoltEnd, DoorRecord, DriveStart } from './physics.ts'
import { arriveAt, boltSensorOf, endOf, startDrive, turnByHand } from './physics.ts'

export interface Bolt {
  readonly actuator: Actuator
  readonly moving: () => DriveDirection | null
  readonly turnByHand: (to: BoltEnd) => void
  /** The power has gone: a running motor stops where it is. */
  readonly losePower: () => void
  /** Tells the lock when the sensor says something else than it was last told. */
  readonly tellSensor: () => void
  /** Switches the motor off without a word, as the end of the process does. */
  readonly close: () => void
}

interface Parts {
  readonly timers: Timers
  readonly travelMs: number
  readonly read: () => DoorRecord
  /** Keeps the record; on return it is written. */
  readonly write: (record: DoorRecord) => void
  /** Called when `moving` has changed. */
  readonly changed: () => void
}

interface Drive {
  readonly direction: DriveDirection
  readonly start: DriveStart
  readonly cancel: () => void
}

/** Motor, bolt and bolt sensor: `physics.ts` with time in it. */
export function createBolt({ timers, travelMs, read, write, changed }: Parts): Bolt {
  const positions = createListeners<BoltPosition>()
  const stalls = createListeners<Stall>()
  let drive: Drive | undefined
  let lastTold = boltSensorOf(read())
  let cancelTelling = () => {}

  const position = () => boltSensorOf(read())
  const tellPosition = () => {
    lastTold = position()
    positions.tell(lastTold)
  }
  const tellSensor = () => {
    if (position() !== lastTold) tellPosition()
  }
  const stopMotor = () => {
    drive?.cancel()
    drive = undefined
    cancelTelling()
    cancelTelling = () => {}
  }
  const stall = (direction: DriveDirection, reason: StallReason) => {
    stopMotor()
    changed()
    tellSensor()
    stalls.tell({ direction, reason, position: position() })
  }
  /** The sensor has the last word: without its yes there is no arrival. */
  const concludeAtEnd = (direction: DriveDirection) => {
    if (position() !== endOf(direction)) return stall(direction, 'noConfirmation')
    stopMotor()
    changed()
    tellPosition()
  }
  const finish = (direction: DriveDirection, start: DriveStart) => {
    if (start === 'moves') write(arriveAt(read(), direction))
    if (start === 'noPower') stall(direction, 'noPower')
    else if (start === 'meetsResistance') stall(direction, 'blocked')
    else concludeAtEnd(direction)
  }
  const startMotor = (direction: DriveDirection) => {
    const underWay = isMoving(drive) ? drive.direction : undefined
    stopMotor()
    const { record, start } = startDrive(read(), direction, underWay)
    const durationMs = durationOf(start, travelMs)
    cancelTelling = timers.set(0, tellSensor)
    const cancel = timers.set(durationMs, () => finish(direction, start))
    drive = { direction, start, cancel }
    write(record)
  }
  return {
    actuator: { position, drive: startMotor, onPosition: positions.add, onStall: stalls.add },
    moving: () => (isMoving(drive) ? drive.direction : null),
    turnByHand(to) {
      const interrupted = drive
      stopMotor()
      write(turnByHand(read(), to))
      if (interrupted === undefined) tellSensor()
      else if (to === endOf(interrupted.direction)) concludeAtEnd(interrupted.direction)
      else stall(interrupted.direction, 'blocked')
    },
    losePower() {
      if (drive !== undefined) stall(drive.direction, 'noPower')
    },
    tellSensor,
    close: stopMotor,
  }
}

function isMoving(drive: Drive | undefined): drive is Drive {
  return drive !== undefined && (drive.start === 'moves' || drive.start === 'meetsResistance')
}

function durationOf(start: DriveStart, travelMs: number): number {
  if (start === 'moves' || start === 'turnsNothing') return travelMs
  return start === 'meetsResistance' ? Math.ceil(travelMs / 2) : 0
}
