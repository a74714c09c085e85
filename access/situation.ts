import type { OperatingMode } from '@mortise/protocol/words'
import type { WallClock } from '#access/wall-clock.ts'

/** A moment as decisions see it. */
export interface Moment {
  /** Whole milliseconds since 1970. */
  readonly ms: number
  /** False: nobody vouches for it, so timed access is refused. */
  readonly certain: boolean
}

/** What the lock remembers of how often a person has opened. Durable, and gone with the person. */
export interface Usage {
  readonly uses: number
  /** Lock time of the first. */
  readonly firstUseMs?: number
}

export const noUsage: Usage = { uses: 0 }

/** What a decision depends on besides the policy: the moment, and what the lock remembers. */
export interface Situation {
  readonly time: Moment
  /** Of the door's time zone. */
  readonly wallClock: WallClock
  /** As somebody has set it; a holiday's own mode stands in for `normal`. */
  readonly operatingMode: OperatingMode
  /** When that ends by itself. A lock leaves it out: it ends its modes by its own timer, and says so. */
  readonly operatingModeUntilMs?: number
  readonly usageOf: (userId: Uint8Array) => Usage
  /** Lock time at which an owner, manager or resident last opened. */
  readonly householdOpenedMs?: number
  /**
   * How long ago the policy was put in force, or the hub last vouched that it is the newest.
   * Milliseconds; absent when nobody can tell.
   */
  readonly offlineMs?: number
  /** Credentials that were proved within the last minute and not used up by an opening yet. */
  readonly presented: readonly Uint8Array[]
}

/** A quiet day: nobody came yet, nobody has set a mode, and the hub has just vouched. For tests and forecasts. */
export function plainSituation(
  time: Moment,
  wallClock: WallClock,
  fields: Partial<Situation> = {},
): Situation {
  return {
    time,
    wallClock,
    operatingMode: 'normal',
    usageOf: () => noUsage,
    offlineMs: 0,
    presented: [],
    ...fields,
  }
}
