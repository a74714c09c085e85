import type { OperatingMode } from '@mortise/protocol/words'

/**
 * Why somebody at the door was refused, in the words that the person outside may know.
 * Coarse on purpose: the journal has the exact reason.
 */
export type RefusalShown =
  | 'wrongCode'
  /** A finger or a face. */
  | 'notKnown'
  | 'notYetValid'
  | 'ended'
  | 'notAtThisTime'
  | 'usedUp'
  | 'suspended'
  | 'needsFreshPolicy'
  | 'timeUnknown'
  | 'keypadOff'
  | 'notClaimed'
  | 'doorOpen'
  | 'powerTooLow'
  | 'fault'

/** Stays until another resting signal takes its place. */
export type RestingSignal =
  | { readonly kind: 'off' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'lockedOut'; readonly remainingMs: number }

/**
 * Shown for a moment (`busy`: until the next signal of any kind), after which the resting signal
 * is seen again. `digit`: a key was taken. `cleared`: what was typed before does not count.
 */
export type MomentarySignal =
  | { readonly kind: 'digit' }
  | { readonly kind: 'cleared' }
  | { readonly kind: 'busy' }
  /** Good, and another credential of the same person is awaited. */
  | { readonly kind: 'oneMore' }
  | { readonly kind: 'accepted'; readonly verb: 'lock' | 'unlock' | 'unlatch' }
  | { readonly kind: 'refused'; readonly reason: RefusalShown }
  | { readonly kind: 'jammed' }

export type IndicatorSignal = RestingSignal | MomentarySignal

/**
 * Alarms that may be heard and seen at the door: values of the Matter Door Lock cluster's
 * AlarmCodeEnum (1.4.2), plus those of the battery. `forcedUser` is missing on purpose: a duress code must
 * look like any other.
 */
export type AlarmShown =
  | 'lockFactoryReset'
  | 'lockJammed'
  | 'wrongCodeEntryLimit'
  | 'frontEscutcheonRemoved'
  | 'doorForcedOpen'
  | 'doorAjar'
  | 'batteryLow'
  | 'batteryCritical'

/** On the inside display. */
export interface BatteryShown {
  /** 0 to 100, whole. */
  readonly percent: number
  /** Absent while the lock is plugged in, or cannot tell. */
  readonly daysLeft?: number
  /** False: show the days as a guess. */
  readonly isSure?: boolean
}

export interface FactoryResetShown {
  /**
   * `offered`: one more press of the inside button asks for a reset. `waiting`: everybody's access ends
   * when the time is over; holding the button stops it.
   */
  readonly stage: 'offered' | 'waiting'
  /** From the moment of the call. */
  readonly remainingMs: number
}

export interface SetupCodeShown {
  /** What the QR code and the copyable text say. A secret until it is used. */
  readonly text: string
  /** How long it is still valid, from the moment of the call. */
  readonly remainingMs: number
}

/**
 * Lights and sounder of the keypad outside, and the small display inside.
 *
 * - Every method returns at once, never throws, and is complete in itself: no answer comes back,
 *   and the lock never waits for or depends on what is shown.
 * - Durations, not times of day, because a lock may not know the time: the indicator counts down
 *   by itself.
 * - Starts with `off`, no alarm, no mode, no battery and no setup code. When the process dies, everything goes dark;
 *   the lock shows again what still holds.
 * - The setup code is visible on the inside only, to nobody after its time or after
 *   `hideSetupCode`, and goes to no log and no disk.
 */
export interface Indicator {
  readonly show: (signal: IndicatorSignal) => void
  /** The alarms that sound from this call on; an empty list is silence. */
  readonly showAlarms: (alarms: readonly AlarmShown[]) => void
  /** The mode that the lock is in from this call on: a lamp for each but `normal`, which has none. */
  readonly showMode: (mode: OperatingMode) => void
  /** From this call on; undefined: nothing is known, and nothing is shown. */
  readonly showBattery: (battery: BatteryShown | undefined) => void
  /** Takes the place of a code that is shown already. */
  readonly showSetupCode: (code: SetupCodeShown) => void
  readonly hideSetupCode: () => void
  /** On the inside display, until the next call; undefined: no reset is offered, and none waits. */
  readonly showFactoryReset: (reset: FactoryResetShown | undefined) => void
}
