import type { Reason, Verb } from '@mortise/protocol/words'
import { canMove } from '#core/battery/strength.ts'
import type { BoltPosition } from '#core/inputs.ts'
import { drivesPerRequestMax } from '#core/turn/promises.ts'
import type { CoreState, Drive } from '#core/turn/state.ts'

/**
 * The life of a request to the bolt, from beginning to end:
 *
 *     request ── objectionTo ──▶ refused: busy, door open, power too low, not fitted
 *        │
 *        ▼
 *     driving ── afterEvent ──▶ done: the sensor says so
 *        ▲   │                ▶ failed: jammed, sensor silent, power gone, time over
 *        └───┘ again: once, with an intent of its own
 *
 * Pure; `operate.ts` carries out what is said here.
 */

/** Longer than any motor takes: the actuator reports its own stall before. */
export const driveMsMax = 10_000

/** Where the bolt is when a verb is done. */
export function targetOf(verb: Verb): BoltPosition {
  return verb === 'lock' ? 'extended' : 'retracted'
}

type DoorFacts = Pick<CoreState, 'bolt' | 'leaf' | 'latchPulled' | 'power'>

/** What the door itself has against a request, whoever asks. */
export function objectionTo(verb: Verb, door: DoorFacts): Reason | undefined {
  if (door.bolt.drive !== undefined) return 'busy'
  if (verb === 'unlatch' && door.latchPulled === undefined) return 'notFitted'
  if (door.bolt.position === targetOf(verb)) return undefined
  return objectionToDrive(verb, door)
}

/**
 * What stands against turning the motor now. A bolt that is thrown into the air keeps the door from
 * closing and locks nothing.
 */
function objectionToDrive(verb: Verb, { leaf, power }: DoorFacts): Reason | undefined {
  if (verb === 'lock' && leaf === 'open') return 'doorOpen'
  return canMove(power, verb) ? undefined : 'powerTooLow'
}

/** What ends a drive, or does not. */
export type DriveEvent =
  /** The sensor has said something. */
  | 'sensed'
  /** The motor met resistance. */
  | 'blocked'
  /** The motor ran its full time, and the sensor did not agree. */
  | 'noConfirmation'
  | 'noPower'
  /** Neither sensor nor actuator has said a word. */
  | 'timeOver'

/** What the lock is left with; only evidence takes it away. */
export type BoltTrouble = 'jammed' | 'sensor'

export type Conclusion =
  | { readonly next: 'done' }
  | {
      readonly next: 'again' | 'failed'
      readonly reason: Reason
      /** Of a failure that nothing follows. Absent: it says nothing about bolt and sensor. */
      readonly trouble?: BoltTrouble
    }

/** What an event means for the drive that is under way; undefined: it goes on. */
export function afterEvent(
  drive: Drive,
  event: DriveEvent,
  door: DoorFacts,
): Conclusion | undefined {
  const { position } = door.bolt
  switch (event) {
    case 'sensed':
      return position === targetOf(drive.verb) ? { next: 'done' } : undefined
    case 'noPower':
      return { next: 'failed', reason: 'powerTooLow' }
    case 'timeOver':
      return { next: 'failed', reason: 'boltNotConfirmed', trouble: 'jammed' }
    case 'blocked':
      return { next: nextTry(drive, door), reason: 'jammed', trouble: 'jammed' }
    case 'noConfirmation':
      return {
        next: nextTry(drive, door),
        reason: 'boltNotConfirmed',
        trouble: troubleAt(position),
      }
  }
}

/** Half way: the sensor is sound, and the bolt stuck. Where the motor met nothing and the sensor saw nothing, it is not believed. */
function troubleAt(position: BoltPosition): BoltTrouble {
  return position === 'between' ? 'jammed' : 'sensor'
}

/** Only where the sensor could confirm it, and nothing has come up against it since. */
function nextTry(drive: Drive, door: DoorFacts): 'again' | 'failed' {
  const mayFollow =
    drive.attempt < drivesPerRequestMax &&
    door.bolt.position !== 'unknown' &&
    objectionToDrive(drive.verb, door) === undefined
  return mayFollow ? 'again' : 'failed'
}
