/** Keeps the callback from running if it has not run yet; otherwise, and again, does nothing. */
export type CancelTimer = () => void

/**
 * One-shot timers on the monotonic clock.
 *
 * - The callback runs once, not before `delayMs` have passed, and never inside `set`.
 * - Of two timers with delays above zero, the one that is due earlier by a millisecond or more runs
 *   first; with the same delay, the one that was set first. A delay of zero runs on the next turn
 *   of the event loop, in the order of setting, and may overtake a timer that is overdue.
 * - Timers are gone when the process ends; nothing is run late at the next start.
 */
export interface Timers {
  /** @param delayMs finite, zero or more */
  readonly set: (delayMs: number, callback: () => void) => CancelTimer
}
