import type {
  AccessRequest,
  Explanation,
  PersonTimetable,
  Situation,
  WallClock,
} from '@mortise/access'
import { explain, plainSituation, temporalWallClock, viewPolicy, whoCanOpen } from '@mortise/access'
import { bytesEqual } from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import type { PolicyReading } from './read.ts'

type Known = Pick<PolicyReading, 'policy' | 'bindings'>

/** What a signed state says of the lock's mode. */
export type KnownMode = Pick<State, 'operatingMode' | 'operatingModeUntilMs'>

/** Instants in milliseconds since 1970; the end is not included. */
export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Says what the lock would decide at an instant, by the function that the lock decides with. Uses
 * that count are known to the lock alone and are taken as none; for any instant but the state's own
 * the hub is taken to have vouched for the policy.
 * @param state signed by the lock; its mode and time are the ones that count
 * @param atMs absent: the instant of the state
 */
export function explainAccess(
  { policy, bindings }: Known,
  state: State,
  request: AccessRequest,
  atMs?: number,
): Explanation {
  const { timeMs, timeCertain, policyConfirmedAtMs } = state
  const time = { ms: atMs ?? timeMs, certain: atMs !== undefined || timeCertain }
  const silent = atMs === undefined && policyConfirmedAtMs !== undefined
  const situation = plainSituation(time, temporalWallClock(policy.timeZone), {
    ...modeOf(state),
    ...(silent ? { offlineMs: Math.max(0, timeMs - policyConfirmedAtMs) } : {}),
  })
  return explain(viewPolicy(policy, bindings), request, situation)
}

/** Of whom a timetable is wanted, and by which clock. */
export interface TimetableOptions {
  /** One person alone; everybody, in the order of the policy, when left out. */
  readonly userId?: Uint8Array
  /** Of the door's time zone; for platforms without `Temporal`. */
  readonly wallClock?: WallClock
}

/** Who could do what between two instants, as far as hours, rights and the mode decide it. */
export function accessTimetable(
  { policy, bindings }: Known,
  state: KnownMode,
  span: TimeSpan,
  { userId, wallClock = temporalWallClock(policy.timeZone) }: TimetableOptions = {},
): readonly PersonTimetable[] {
  const time = { ms: span.fromMs, certain: true }
  const situation = plainSituation(time, wallClock, modeOf(state))
  const users = policy.users.filter(({ id }) => userId === undefined || bytesEqual(id, userId))
  return whoCanOpen(viewPolicy(policy, bindings), situation, span, users)
}

function modeOf({ operatingMode = 'normal', operatingModeUntilMs }: KnownMode): Partial<Situation> {
  return {
    operatingMode,
    ...(operatingModeUntilMs === undefined ? {} : { operatingModeUntilMs }),
  }
}
