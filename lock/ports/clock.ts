/**
 * What the hardware knows about time. It decides nothing: the lock's time (never back, uncertain
 * after a jump) is made from these two by the core.
 */
export interface Clock {
  /**
   * Milliseconds since 1970-01-01T00:00Z by the real-time clock, whole. Undefined when there is
   * none or it has lost its power. It may jump in both directions between two calls.
   */
  readonly wallMs: () => number | undefined
  /**
   * Milliseconds since an arbitrary start, with fractions. Never goes back within a process, is
   * not moved by setting the wall clock, and says nothing across a restart.
   */
  readonly monotonicMs: () => number
}
