/** Keeps the callback from running if it has not run yet; otherwise, and again, does nothing. */
export type CancelTimer = () => void

/**
 * One-shot timers on the monotonic clock.
 *
 * - The callback runs once, not before `delayMs` have passed, and never inside `set`.
 * - Of two timers that are due, the one that is due earlier runs first; with the same due time,
 *   the one that was set first.
 * - Timers are gone when the process ends; nothing is run late at the next start.
 */
export interface Timers {
  /** @param delayMs finite, zero or more */
  readonly set: (delayMs: number, callback: () => void) => CancelTimer
}
