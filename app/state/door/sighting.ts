import type { State } from '@mortise/protocol/words'

/** A state that the lock signed, and when this phone last knew it to be true. */
export interface Sighting {
  readonly state: State
  /** By the phone's clock: when the question was sent that this answers. Milliseconds since 1970. */
  readonly confirmedAtMs: number
}

/** How far the app can speak to the lock right now. */
export type Link = 'up' | 'lockAway' | 'hubAway' | 'offline'

export type Knowledge = 'fresh' | 'stale' | 'unknown'

/** The app asks again well before this has passed, so anything older means that answers are missing. */
export const freshForMs = 30_000
/** After this the last answer is no longer evidence of what the door is like. */
export const staleForMs = 120_000
/** How often the app asks while the door is on the screen. */
export const askEveryMs = 20_000

/** What may be said about the door: never the last colour once its age or the link denies it. */
export function knowledgeOf(sighting: Sighting | null, link: Link, nowMs: number): Knowledge {
  if (sighting === null || link !== 'up') return 'unknown'
  const ageMs = ageOf(sighting, nowMs)
  if (ageMs <= freshForMs) return 'fresh'
  return ageMs <= staleForMs ? 'stale' : 'unknown'
}

/** Never negative, also when the phone's clock was set back. */
export function ageOf(sighting: Sighting, nowMs: number): number {
  return Math.max(0, nowMs - sighting.confirmedAtMs)
}

/**
 * The newer of two states of one lock by what the lock counts: its boots, then its publications.
 * Time is not asked, because an honest lock's clock may be corrected.
 */
export function newerState(known: State | null, arrived: State): boolean {
  if (known === null) return true
  if (arrived.boot !== known.boot) return arrived.boot > known.boot
  return arrived.counter >= known.counter
}
