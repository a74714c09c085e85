import type { Clock, Timers } from '@mortise/lock'

export interface MovableTime {
  readonly clock: Clock
  readonly timers: Timers
  /** Lets this much time pass at once, for both clocks; what becomes due runs, in order. */
  readonly advance: (durationMs: number) => void
}

interface Entry {
  readonly dueMs: number
  readonly callback: () => void
  cancel: () => void
}

/** The system's time, with a lead over it that only grows: a lock that has lived longer than we. */
export function createMovableTime(system: {
  readonly clock: Clock
  readonly timers: Timers
}): MovableTime {
  let leadMs = 0
  const entries = new Set<Entry>()
  const monotonicMs = (): number => system.clock.monotonicMs() + leadMs

  const run = (entry: Entry): void => {
    entry.cancel()
    entries.delete(entry)
    entry.callback()
  }
  const arm = (entry: Entry): void => {
    entry.cancel()
    entry.cancel = system.timers.set(Math.max(0, entry.dueMs - monotonicMs()), () => run(entry))
  }
  return {
    clock: {
      monotonicMs,
      wallMs() {
        const wallMs = system.clock.wallMs()
        return wallMs === undefined ? undefined : wallMs + leadMs
      },
    },
    timers: {
      set(delayMs, callback) {
        const entry: Entry = { dueMs: monotonicMs() + delayMs, callback, cancel() {} }
        entries.add(entry)
        arm(entry)
        return () => {
          entry.cancel()
          entries.delete(entry)
        }
      },
    },
    advance(durationMs) {
      leadMs += durationMs
      const due = [...entries].filter((entry) => entry.dueMs <= monotonicMs())
      for (const entry of due.toSorted((left, right) => left.dueMs - right.dueMs)) {
        if (entries.has(entry)) run(entry)
      }
      for (const entry of entries) arm(entry)
    },
  }
}
