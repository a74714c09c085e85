import type {
  AccessRequest,
  AccessSpan,
  Explanation,
  PersonTimetable,
  PolicyView,
  Situation,
  WallClock,
} from '@mortise/access'
import {
  explain,
  plainSituation,
  temporalWallClock,
  timetablePeopleMax,
  viewPolicy,
  whoCanOpen,
} from '@mortise/access'
import type { State } from '@mortise/protocol/words'
import type { PolicyReading } from './read.ts'

type Known = Pick<PolicyReading, 'policy' | 'bindings'>

type KnownMode = Pick<State, 'operatingMode' | 'operatingModeUntilMs'>

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
  const view = viewPolicy(policy, bindings)
  const time = { ms: atMs ?? state.timeMs, certain: atMs !== undefined || state.timeCertain }
  const operatingMode = modeAt(state, time.ms)
  const wallClock = temporalWallClock(policy.timeZone)
  const situation = plainSituation(time, wallClock, { operatingMode })
  if (atMs !== undefined || state.policyConfirmedAtMs === undefined) {
    return explain(view, request, situation)
  }
  return explain(view, request, {
    ...situation,
    offlineMs: Math.max(0, state.timeMs - state.policyConfirmedAtMs),
  })
}

/**
 * Who could do what between two instants, as far as hours, rights and the mode decide it; a mode
 * with an end is followed to its end. Everybody of the policy, in its order.
 * @param wallClock of the door's time zone; for platforms without `Temporal`
 */
export function accessTimetable(
  { policy, bindings }: Known,
  state: KnownMode,
  span: TimeSpan,
  wallClock: WallClock = temporalWallClock(policy.timeZone),
): readonly PersonTimetable[] {
  const view = viewPolicy(policy, bindings)
  const parts = modeParts(state, span).map(({ mode, ...part }) => {
    const time = { ms: part.fromMs, certain: true }
    const situation = plainSituation(time, wallClock, { operatingMode: mode })
    return everybody(view, situation, part)
  })
  const [first = [], ...later] = parts
  return first.map(({ user, spans }, index) => ({
    user,
    spans: later.reduce((all, part) => joined(all, part[index]?.spans ?? []), spans),
  }))
}

function everybody(view: PolicyView, situation: Situation, span: TimeSpan) {
  const all: PersonTimetable[] = []
  for (let offset = 0; offset < view.users.size; offset += timetablePeopleMax) {
    all.push(...whoCanOpen(view, situation, span, { offset, limit: timetablePeopleMax }))
  }
  return all
}

function modeAt({ operatingMode = 'normal', operatingModeUntilMs }: KnownMode, atMs: number) {
  return atMs < (operatingModeUntilMs ?? Infinity) ? operatingMode : 'normal'
}

function modeParts(state: KnownMode, { fromMs, toMs }: TimeSpan) {
  const endMs = state.operatingModeUntilMs ?? Infinity
  if (endMs <= fromMs || endMs >= toMs) return [{ mode: modeAt(state, fromMs), fromMs, toMs }]
  return [
    { mode: modeAt(state, fromMs), fromMs, toMs: endMs },
    { mode: modeAt(state, endMs), fromMs: endMs, toMs },
  ]
}

/** Two rows of spans as one, without a seam where nothing changes. */
function joined(
  before: readonly AccessSpan[],
  after: readonly AccessSpan[],
): readonly AccessSpan[] {
  const [last, next] = [before.at(-1), after[0]]
  if (last === undefined || next === undefined) return [...before, ...after]
  const rights = ({ verbs, withAnother }: AccessSpan): string =>
    `${verbs.join()} ${withAnother.join()}`
  const isSeamless = last.toMs === next.fromMs && rights(last) === rights(next)
  if (!isSeamless) return [...before, ...after]
  return [...before.slice(0, -1), { ...last, toMs: next.toMs }, ...after.slice(1)]
}
