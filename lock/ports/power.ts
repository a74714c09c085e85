import type { Listener, Unsubscribe } from './listeners.ts'

/** `lithium`: Li/FeS2 cells of 1.5 V; `liIon`: a rechargeable pack. */
export const BATTERY_CHEMISTRIES = ['alkaline', 'lithium', 'nimh', 'liIon'] as const
export type BatteryChemistry = (typeof BATTERY_CHEMISTRIES)[number]

/** What the lock runs on, as its builder or its owner says. */
export interface FittedBattery {
  readonly chemistry: BatteryChemistry
  /** In series. */
  readonly cells: number
  /** The least under load at which the motor still finishes a movement. */
  readonly motorMillivoltsMin: number
}

export interface PowerReading {
  /** Undefined when the hardware cannot tell. */
  readonly mainsPresent: boolean | undefined
  /** 0 to 100, whole; undefined when there is no battery or no gauge. */
  readonly batteryPercent: number | undefined
  /** Measured at the battery, whole; undefined when there is no battery or no gauge. */
  readonly batteryMillivolts: number | undefined
  /**
   * The least at the battery while the motor, or a test of the same current, draws on it; whole;
   * undefined when it is not measured, and from a change of the battery to the next measurement.
   */
  readonly loadMillivolts?: number | undefined
  /** At the battery, whole degrees; undefined when nothing measures it. */
  readonly temperatureCelsius?: number | undefined
  /** Undefined when the adapter does not know what is fitted: then no days are foretold without a gauge. */
  readonly battery?: FittedBattery | undefined
}

/**
 * Mains and battery.
 *
 * - `reading()` is the latest measurement and never older than a minute.
 * - `batteryMillivolts` is measured at rest, at least a minute after the motor stood still: a cell
 *   recovers, and a voltage while it does says less than none.
 * - `loadMillivolts` is measured at every movement and at least once an hour, so that a cold night
 *   does not forbid a movement on a warm day.
 * - `onChange` is called when a field differs from the last told reading; inside it `reading()`
 *   equals what is told. An adapter may leave out changes of less than one percent or 20 mV.
 */
export interface Power {
  readonly reading: () => PowerReading
  readonly onChange: (listener: Listener<PowerReading>) => Unsubscribe
}
