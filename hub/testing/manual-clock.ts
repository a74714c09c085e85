import type { Clock } from '#hub/ports/clock.ts'

/** A clock that moves only when a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on, calling back what falls due on the way, in order. */
  readonly advance: (ms: number) => void
  /** Moves without calling back, also backwards. */
  readonly set: (nowMs: number) => void
}

export function createManualClock(startMs = 1_800_000_000_000): ManualClock {
  let nowMs = startMs
  const due = new Set<{ readonly atMs: number; readonly callback: () => void }>()
  return {
    nowMs: () => nowMs,
    after: (delayMs, callback) => {
      const entry = { atMs: nowMs + delayMs, callback }
      due.add(entry)
      return () => void due.delete(entry)
    },
    advance: (ms) => {
      const untilMs = nowMs + ms
      for (;;) {
        const next = [...due]
          .filter(({ atMs }) => atMs <= untilMs)
          .toSorted((left, right) => left.atMs - right.atMs)[0]
        if (next === undefined) break
        due.delete(next)
        nowMs = Math.max(nowMs, next.atMs)
        next.callback()
      }
      nowMs = untilMs
    },
    set: (toMs) => {
      nowMs = toMs
    },
  }
}
