import { MortiseError } from '@mortise/protocol/errors'
import type { Clock, Timers } from '#lock/ports/index.ts'

export interface ManualTime {
  readonly clock: Clock
  readonly timers: Timers
  /** Lets this much time pass and runs what becomes due, in order, each at its own time. */
  readonly advance: (durationMs: number) => void
  /** Lets time pass until no timer is set. */
  readonly settle: () => void
  /** Sets the wall clock alone; undefined: it has lost its power. */
  readonly setWall: (wallMs: number | undefined) => void
}

interface Entry {
  readonly dueMs: number
  readonly callback: () => void
}

/** A timer that sets itself again would let `settle` run for ever. */
const SETTLE_TIMERS_MAX = 100_000

/**
 * Time for tests and the simulator: it stands still until it is told to pass, so that the same
 * calls always give the same order.
 */
export function createManualTime(start: { readonly wallMs?: number } = {}): ManualTime {
  let nowMs = 0
  let wallOffsetMs = start.wallMs
  const entries = new Set<Entry>()

  const nextDue = (): Entry | undefined => {
    let next: Entry | undefined
    // A Set keeps the order of insertion: of two with the same due time, the first set comes first.
    for (const entry of entries) if (next === undefined || entry.dueMs < next.dueMs) next = entry
    return next
  }
  const run = (entry: Entry) => {
    entries.delete(entry)
    nowMs = Math.max(nowMs, entry.dueMs)
    entry.callback()
  }
  return {
    clock: {
      wallMs: () => (wallOffsetMs === undefined ? undefined : Math.floor(wallOffsetMs + nowMs)),
      monotonicMs: () => nowMs,
    },
    timers: {
      set(delayMs, callback) {
        const entry = { dueMs: nowMs + delayMs, callback }
        entries.add(entry)
        return () => {
          entries.delete(entry)
        }
      },
    },
    advance(durationMs) {
      const untilMs = nowMs + durationMs
      for (let next = nextDue(); next !== undefined && next.dueMs <= untilMs; next = nextDue()) {
        run(next)
      }
      nowMs = untilMs
    },
    settle() {
      let ran = 0
      for (let next = nextDue(); next !== undefined; next = nextDue()) {
        ran += 1
        if (ran > SETTLE_TIMERS_MAX) throw new MortiseError('bug', 'neverSettles', 'timers go on')
        run(next)
      }
    },
    setWall(wallMs) {
      wallOffsetMs = wallMs === undefined ? undefined : wallMs - nowMs
    },
  }
}
