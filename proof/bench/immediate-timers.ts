import type { Timers } from '@mortise/lock'

/** Runs what is due at once at the end of the current turn; Node's own timers wait a millisecond at least. */
export function immediateTimers(timers: Timers): Timers {
  return {
    set(delayMs, callback) {
      if (delayMs > 0) return timers.set(delayMs, callback)
      const immediate = setImmediate(callback)
      return () => clearImmediate(immediate)
    },
  }
}
