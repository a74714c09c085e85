import type { Clock } from '#hub/ports/clock.ts'

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs)
    timer.unref()
    return () => {
      clearTimeout(timer)
    }
  },
}
