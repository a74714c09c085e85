import type { Sighting } from '@mortise/keyholder'

/** How far the app can speak to the lock right now. */
export type Link = 'up' | 'lockAway' | 'hubAway' | 'offline'

/** What may be said about a door. */
export type Knowledge = 'fresh' | 'stale' | 'unknown'

/** The app asks again well before this has passed, so anything older means that answers are missing. */
export const freshForMs = 30_000
/** After this the last answer is no longer evidence of what the door is like. */
export const staleForMs = 120_000
/** How often the app asks while the door is on the screen. */
export const askEveryMs = 15_000
/** The same while somebody stands at the reader and looks at the phone after each touch: for a stream that is late. */
export const askReaderEveryMs = 3_000

/** Never the last colour once its age or the link denies it. */
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
