import type {
  Actuator,
  Biometric,
  BoltPosition,
  Clock,
  DoorContact,
  DoorPosition,
  DriveDirection,
  EscutcheonState,
  Indicator,
  InsideButton,
  Keypad,
  Latch,
  KeypadKey,
  Power,
  PowerReading,
  Tamper,
  Timers,
  Unsubscribe,
} from '#lock/ports/index.ts'
import { createListeners } from '#lock/ports/index.ts'
import { createBolt } from './bolt.ts'
import type { FaceView } from './face.ts'
import { createFace } from './face.ts'
import { createLatch } from './latch.ts'
import type {
  BoltEnd,
  BoltPlace,
  DoorCounts,
  DoorFaults,
  DoorRecord,
  HandRefusal,
  LeafPlace,
} from './physics.ts'
import {
  boltMovementsOf,
  boltSensorOf,
  closeLeaf,
  doorSensorOf,
  isPowered,
  NEW_DOOR,
  openLeaf,
  otherEnd,
} from './physics.ts'
import { createReader } from './reader.ts'
import type { ReaderView, ShownPart } from './reader.ts'
import type { RecordStore } from './record.ts'
import { powerOf, samePower, withPower } from './supply.ts'
import type { PowerChange } from './supply.ts'

/** The ports that a lock plugs in. */
export interface DoorPorts {
  readonly actuator: Actuator
  readonly latch: Latch
  readonly keypad: Keypad
  readonly biometric: Biometric
  readonly doorContact: DoorContact
  readonly insideButton: InsideButton
  readonly tamper: Tamper
  readonly power: Power
  readonly indicator: Indicator
}

export type HandOutcome =
  | { readonly done: true }
  | { readonly done: false; readonly refusal: HandRefusal | 'noPower' }

/** What people, thieves and weather do to the door. Each call has happened when it returns. */
export interface Hands {
  readonly pressKey: (key: KeypadKey) => HandOutcome
  readonly pressInsideButton: () => HandOutcome
  /** Presses the button and keeps it down, or lets it go. */
  readonly holdInsideButton: (held: boolean) => HandOutcome
  /** To the reader. */
  readonly showBiometric: (shown: ShownPart) => HandOutcome
  /** By thumbturn or key; without an end, the other way round. */
  readonly turnBolt: (to?: BoltEnd) => HandOutcome
  readonly moveLeaf: (move: { readonly open: boolean; readonly force?: boolean }) => HandOutcome
  readonly setEscutcheon: (state: DoorRecord['escutcheon']) => HandOutcome
  readonly setPower: (change: PowerChange) => HandOutcome
  readonly setFaults: (faults: Partial<DoorFaults>) => HandOutcome
}

/** Everything about the door at one moment, what is true beside what the sensors say. */
export interface DoorSnapshot extends FaceView {
  readonly simulation: true
  readonly bolt: BoltPlace
  readonly boltSensor: BoltPosition
  /** The direction in which the motor is moving the bolt. */
  readonly moving: DriveDirection | null
  /** The latch is held back: the door opens with a push. */
  readonly latchPulled: boolean
  readonly leaf: LeafPlace
  readonly doorSensor: DoorPosition
  readonly forced: boolean
  /** By motor and by hand; a movement counts from its start. */
  readonly boltMovements: number
  readonly counts: DoorCounts
  readonly escutcheon: Exclude<EscutcheonState, 'unknown'>
  readonly power: PowerReading
  readonly powered: boolean
  /** Since the process started; which keys is not kept. */
  readonly keyPresses: number
  readonly insideButtonPresses: number
  readonly faults: DoorFaults
  readonly reader: ReaderView
  /** False when the file of the door could not be written at the last change. */
  readonly saved: boolean
}

export interface VirtualDoor {
  readonly ports: DoorPorts
  readonly hands: Hands
  readonly snapshot: () => DoorSnapshot
  /** Told after each change of the snapshot other than time going by. */
  readonly onChange: (listener: () => void) => Unsubscribe
  /** Everything goes dark and the motor stops, as at the end of the process. */
  readonly close: () => void
}

export interface VirtualDoorOptions {
  readonly clock: Clock
  readonly timers: Timers
  readonly store: RecordStore
  /** How long the bolt takes from end to end. */
  readonly travelMs?: number
}

/** A small motor deadbolt takes most of a second; shorter would hide what a person sees. */
export const TRAVEL_MS = 650

const DONE: HandOutcome = { done: true }

/**
 * The simulated door: deterministic, all time from the given clock and timers, no globals.
 * Opening it reads the physical state and moves nothing.
 * @throws MortiseError `doorStateUnreadable` (world) from the store.
 */
export function createVirtualDoor(options: VirtualDoorOptions): VirtualDoor {
  const { clock, timers, store, travelMs = TRAVEL_MS } = options
  const changes = createListeners<void>()
  const world = createWorld(store, changes.tell)
  const sensors = createSensors(world.read)
  const bolt = createBolt({
    read: world.read,
    write(record) {
      world.write(record)
      // A movement may have taken the battery's last percent; nobody hears of it inside a `drive`.
      if (sensors.isPowerNews()) timers.set(0, () => sensors.tell())
    },
    timers,
    travelMs,
    changed: changes.tell,
  })
  const latch = createLatch(timers, changes.tell)
  const face = createFace({ clock, timers, changed: changes.tell })
  const touch = createTouch(world, changes.tell)

  const put = (record: DoorRecord): HandOutcome => {
    world.write(record)
    bolt.tellSensor()
    sensors.tell()
    if (!isPowered(record)) {
      bolt.losePower()
      latch.losePower()
    }
    return DONE
  }
  const hands: Hands = {
    ...touch.hands,
    turnBolt(to) {
      bolt.turnByHand(to ?? otherEnd(world.read().bolt))
      return DONE
    },
    moveLeaf({ open, force = false }) {
      const { record, refusal } = open ? openLeaf(world.read(), force) : closeLeaf(world.read())
      return refusal === undefined ? put(record) : { done: false, refusal }
    },
    setEscutcheon: (escutcheon) => put({ ...world.read(), escutcheon }),
    setPower: (change) => put(withPower(world.read(), change)),
    setFaults: (faults) => put({ ...world.read(), faults: { ...world.read().faults, ...faults } }),
  }
  return {
    ports: {
      actuator: bolt.actuator,
      latch: latch.latch,
      ...sensors.ports,
      ...touch.ports,
      indicator: face.indicator,
    },
    hands,
    snapshot: () => ({
      ...snapshotOf(world.read()),
      ...face.view(),
      ...touch.view(),
      moving: bolt.moving(),
      latchPulled: latch.latch.isPulled(),
      saved: world.saved(),
    }),
    onChange: changes.add,
    close() {
      bolt.close()
      latch.close()
      face.close()
    },
  }
}

/** The record, written before anybody hears of it. */
function createWorld(store: RecordStore, changed: () => void) {
  let record = store.load() ?? NEW_DOOR
  let saved = true
  const write = (next: DoorRecord): void => {
    if (next === record) return
    record = next
    try {
      store.save(record)
      saved = true
    } catch {
      // Steel does not wait for a disk: the door goes on, and its snapshot says so.
      saved = false
    }
    changed()
  }
  return { read: () => record, saved: () => saved, write }
}

/** The module's memory is part of the physical world: it survives what kills the lock. */
function readerIn(world: ReturnType<typeof createWorld>, changed: () => void) {
  return createReader({
    read: () => world.read().templates,
    write(templates) {
      world.write({ ...world.read(), templates })
      return world.saved()
    },
    changed,
  })
}

function createSensors(read: () => DoorRecord) {
  const leaf = createListeners<DoorPosition>()
  const escutcheon = createListeners<EscutcheonState>()
  const power = createListeners<PowerReading>()
  let told = read()
  const doorContact = { position: () => doorSensorOf(read()), onChange: leaf.add }
  const tamper = { state: () => read().escutcheon, onChange: escutcheon.add }
  const supply = { reading: () => powerOf(read()), onChange: power.add }
  return {
    ports: { doorContact, tamper, power: supply },
    isPowerNews: () => !samePower(powerOf(told), powerOf(read())),
    tell() {
      const before = told
      told = read()
      if (doorSensorOf(before) !== doorSensorOf(told)) leaf.tell(doorSensorOf(told))
      if (before.escutcheon !== told.escutcheon) escutcheon.tell(told.escutcheon)
      if (!samePower(powerOf(before), powerOf(told))) power.tell(powerOf(told))
    },
  }
}

/** Keypad, reader and inside button: without power a touch reaches nobody. */
function createTouch(world: ReturnType<typeof createWorld>, changed: () => void) {
  const reader = readerIn(world, changed)
  const keys = createListeners<KeypadKey>()
  const presses = createListeners<void>()
  const releases = createListeners<void>()
  let isHeld = false
  const counts = { keyPresses: 0, insideButtonPresses: 0 }
  const touch = (tell: () => void): HandOutcome => {
    if (!isPowered(world.read())) return { done: false, refusal: 'noPower' }
    tell()
    return DONE
  }
  const press = (counter: keyof typeof counts, tell: () => void): HandOutcome =>
    touch(() => {
      counts[counter] += 1
      changed()
      tell()
    })
  const letGo = (): HandOutcome => {
    const wasHeld = isHeld
    isHeld = false
    return wasHeld ? touch(() => releases.tell()) : DONE
  }
  const hold = (): HandOutcome => {
    letGo()
    isHeld = true
    return press('insideButtonPresses', () => presses.tell())
  }
  return {
    ports: {
      keypad: { onKey: keys.add },
      biometric: reader.biometric,
      insideButton: { onPress: presses.add, onRelease: releases.add },
    },
    hands: {
      pressKey: (key: KeypadKey) => press('keyPresses', () => keys.tell(key)),
      pressInsideButton() {
        const outcome = hold()
        letGo()
        return outcome
      },
      holdInsideButton: (held: boolean) => (held ? hold() : letGo()),
      showBiometric: (shown: ShownPart) => touch(() => reader.show(shown)),
    },
    view: () => ({ ...counts, reader: reader.view() }),
  }
}

function snapshotOf(record: DoorRecord) {
  const { bolt, leaf, forced, counts, escutcheon, faults } = record
  return {
    simulation: true as const,
    bolt,
    boltSensor: boltSensorOf(record),
    leaf,
    doorSensor: doorSensorOf(record),
    forced,
    boltMovements: boltMovementsOf(record),
    counts,
    escutcheon,
    power: powerOf(record),
    powered: isPowered(record),
    faults,
  }
}
