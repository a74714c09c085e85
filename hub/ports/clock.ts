/** Time as the hub needs it. Tests hand in one that they turn themselves. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number
  /**
   * Calls back once after so many milliseconds, and does not keep the process alive for it.
   * @returns a function that cancels it; cancelling late or twice does nothing.
   */
  after(delayMs: number, callback: () => void): () => void
}
