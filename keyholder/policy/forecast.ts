import type {
  AccessRequest,
  Explanation,
  PersonTimetable,
  Situation,
  WallClock,
} from '@mortise/access'
import {
  explain,
  openingsOf,
  plainSituation,
  policyOfOwn,
  temporalWallClock,
  usageOfOwn,
  viewPolicy,
  whoCanOpen,
} from '@mortise/access'
import { bytesEqual } from '@mortise/protocol/wire'
import type { OwnAccess, SigningCredential, State } from '@mortise/protocol/words'
import type { OwnForecast } from './own-moment.ts'
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

/** What somebody's device knows of them, when it may not read the policy. */
export interface OwnKnowledge {
  readonly access: OwnAccess
  readonly credential: SigningCredential
}

/** Fourteen days hold every weekly pattern twice. */
const forecastMs = 14 * 86_400_000

/**
 * When somebody can open, from now on, by what the lock told them of themselves: the same hours as
 * `accessTimetable` finds in the whole policy, and true also of uses that count.
 * @param wallClock of the door's time zone; for platforms without `Temporal`
 */
export function ownForecast(
  { access, credential }: OwnKnowledge,
  state: KnownMode,
  nowMs: number,
  wallClock: WallClock = temporalWallClock(access.timeZone),
): OwnForecast {
  const usage = usageOfOwn(access)
  const endMs = nowMs + forecastMs
  const time = { ms: nowMs, certain: true }
  const situation = plainSituation(time, wallClock, { ...modeOf(state), usageOf: () => usage })
  const view = viewPolicy(policyOfOwn(access, credential), [])
  const tables = whoCanOpen(view, situation, { fromMs: nowMs, toMs: endMs })
  return { openings: tables.flatMap(openingsOf), endMs }
}

function modeOf({ operatingMode = 'normal', operatingModeUntilMs }: KnownMode): Partial<Situation> {
  return {
    operatingMode,
    ...(operatingModeUntilMs === undefined ? {} : { operatingModeUntilMs }),
  }
}
