import type { Identity } from '#lock/ports/identity.ts'
import type {
  Actuator,
  Biometric,
  Clock,
  DoorContact,
  Indicator,
  InsideButton,
  Keypad,
  Latch,
  Power,
  Random,
  Tamper,
  Timers,
} from '#lock/ports/index.ts'
import type { Log } from '#lock/ports/log.ts'
import type { PinHasher } from '#lock/ports/pin-hasher.ts'
import type { Store } from '#lock/ports/store.ts'

/** The door's hardware. */
export interface DoorPorts {
  readonly actuator: Actuator
  /** Absent: no motor can pull the latch. */
  readonly latch?: Latch
  readonly keypad: Keypad
  /** Absent: no reader for fingers or faces is fitted. */
  readonly biometric?: Biometric
  readonly doorContact: DoorContact
  readonly insideButton: InsideButton
  readonly tamper: Tamper
  readonly power: Power
  readonly indicator: Indicator
}

/** Everything that a lock is plugged into, but its links. */
export interface LockPorts extends DoorPorts {
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly store: Store
  readonly identity: Identity
  readonly pinHasher: PinHasher
  readonly log: Log
}
