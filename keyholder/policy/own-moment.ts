import type { Opening } from '@mortise/access'

/** When somebody can open, as far as it was looked ahead. */
export interface OwnForecast {
  readonly openings: readonly Opening[]
  /** Nothing is said of what comes at or after this instant. */
  readonly endMs: number
}

/** Whether the door opens for somebody at a moment, and when that changes if it is known. */
export interface OwnMoment {
  readonly opens: boolean
  readonly changesAtMs?: number
}

/** What a forecast says of one moment in it. */
export function momentOf({ openings, endMs }: OwnForecast, nowMs: number): OwnMoment {
  const next = openings.find(({ toMs }) => nowMs < toMs)
  if (next === undefined) return { opens: false }
  const opens = next.fromMs <= nowMs
  const changesAtMs = opens ? next.toMs : next.fromMs
  return changesAtMs < endMs ? { opens, changesAtMs } : { opens }
}
