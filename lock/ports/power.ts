import type { Listener, Unsubscribe } from './listeners.ts'

export interface PowerReading {
  /** Undefined when the hardware cannot tell. */
  readonly mainsPresent: boolean | undefined
  /** 0 to 100, whole; undefined when there is no battery or no gauge. */
  readonly batteryPercent: number | undefined
  /** Measured at the battery, whole; undefined when there is no battery or no gauge. */
  readonly batteryMillivolts: number | undefined
}

/**
 * Mains and battery.
 *
 * - `reading()` is the latest measurement and never older than a minute.
 * - `onChange` is called when a field differs from the last told reading; inside it `reading()`
 *   equals what is told. An adapter may leave out changes of less than one percent or 20 mV.
 */
export interface Power {
  readonly reading: () => PowerReading
  readonly onChange: (listener: Listener<PowerReading>) => Unsubscribe
}
