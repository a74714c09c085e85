import type { Listener, Unsubscribe } from './listeners.ts'

/**
 * What the bolt sensor says: never what the motor was asked to do.
 * `between`: neither end is reached. `unknown`: the sensor cannot be read.
 */
export type BoltPosition = 'extended' | 'retracted' | 'between' | 'unknown'

export type DriveDirection = 'extend' | 'retract'

/**
 * Why a drive ended without its target.
 * `blocked`: the motor met resistance (Matter `lockJammed`).
 * `noConfirmation`: the motor ran its full time and the sensor never agreed.
 * `noPower`: there was not, or no longer, enough power to turn the motor.
 */
export type StallReason = 'blocked' | 'noConfirmation' | 'noPower'

export interface Stall {
  readonly direction: DriveDirection
  readonly reason: StallReason
  /** What the sensor said at that moment. */
  readonly position: BoltPosition
}

/**
 * The bolt and its sensor.
 *
 * - **Never by itself.** The motor turns only inside a `drive`. Opening the adapter, a restart, a
 *   power cut and its end, an error: none of them moves the bolt. A movement that was cut in the
 *   middle (the process was killed) leaves the bolt where it was; the next start reads `between`
 *   and neither finishes nor undoes it.
 * - **One conclusion.** Each drive ends in exactly one of: an `onPosition` report of its target
 *   (also when the bolt stood there already), or one `onStall`. A later drive takes the place of
 *   one that is under way, which then has no conclusion of its own.
 * - **After the call.** `drive` returns at once; no listener is called before it has returned.
 * - **True.** Inside a listener `position()` equals what the listener was told. Reports come in
 *   the order in which things happened; a report may repeat the position before it.
 * - **Hands.** A thumbturn or a key may move the bolt at any time. It is reported the same way,
 *   with no drive; if a drive was under way, it is concluded by where the hand left the bolt.
 * - **Stopped.** After its conclusion the motor is off; after a stall it does not try again.
 */
export interface Actuator {
  readonly position: () => BoltPosition
  readonly drive: (direction: DriveDirection) => void
  readonly onPosition: (listener: Listener<BoltPosition>) => Unsubscribe
  readonly onStall: (listener: Listener<Stall>) => Unsubscribe
}
