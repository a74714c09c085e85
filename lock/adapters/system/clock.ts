import type { Clock } from '#lock/ports/clock.ts'

/**
 * The operating system's clocks. A machine without a battery-backed clock starts in the past; that
 * is for the core to find out, so the reading is given as it is.
 */
export function createSystemClock(): Clock {
  return { wallMs: () => Date.now(), monotonicMs: () => performance.now() }
}
