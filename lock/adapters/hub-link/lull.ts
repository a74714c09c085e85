import type { CancelTimer, Timers } from '#lock/ports/index.ts'

/** How long something that keeps coming is held back. */
export interface LullTimes {
  /** Without anything new for this long, it is time. */
  readonly quietMs: number
  /** After the first, it is time in any case. */
  readonly longestMs: number
}

/** Waits for a moment in which nothing happens, but not for ever. */
export interface Lull {
  /** Something happened. */
  readonly noted: () => void
  /** No waiting for what was noted so far; on the next turn of the event loop. */
  readonly hurry: () => void
}

/** @param reached called once for everything that was noted before */
export function createLull(
  timers: Timers,
  { quietMs, longestMs }: LullTimes,
  reached: () => void,
): Lull {
  let cancelLongest: CancelTimer | undefined
  let cancelQuiet: CancelTimer = () => {}
  let isHurried = false
  const fire = (): void => {
    cancelQuiet()
    cancelLongest?.()
    cancelLongest = undefined
    isHurried = false
    reached()
  }
  const fireAfter = (delayMs: number): void => {
    cancelQuiet()
    cancelLongest ??= timers.set(longestMs, fire)
    cancelQuiet = timers.set(delayMs, fire)
  }
  return {
    noted() {
      if (!isHurried) fireAfter(quietMs)
    },
    hurry() {
      if (!isHurried) fireAfter(0)
      isHurried = true
    },
  }
}
