import { doorAjarSecondsOf } from '@mortise/access'
import { lockoutSources } from '@mortise/protocol/words'
import type { AlarmCode, Entry } from '@mortise/protocol/words'
import { alarmEdges } from '#core/alarm/edges.ts'
import { isBatteryPast } from '#core/alarm/power.ts'
import { isLockedOut } from '#core/lockout/lockout.ts'
import { strengthOf } from '#core/battery/strength.ts'
import type { CoreState } from '#core/turn/state.ts'
import { alarmsOf } from '#core/turn/truth.ts'

/** What an alarm is judged by. */
export interface AlarmFacts {
  readonly state: CoreState
  readonly monotonicMs: number
  /** Whether it stands until now: where it begins is not where it ends. */
  readonly standing: boolean
}

export interface AlarmRow {
  readonly code: AlarmCode
  /** Whether it stands from now on. Never without a cause that the lock can name. */
  readonly stands: (facts: AlarmFacts) => boolean
  /** When time alone may begin or end it; looked at again then. */
  readonly lookAt?: (facts: AlarmFacts) => number | undefined
  /** Whom or what its first entry names. */
  readonly names?: (state: CoreState) => Partial<Entry> | undefined
}

/** Begun where it happens; stands for as long as nothing shows that its cause is gone. */
const untilEvidence = (code: AlarmCode, isOver: (state: CoreState) => boolean): AlarmRow => ({
  code,
  stands: ({ state, standing }) => standing && !isOver(state),
})

/** Something that happened: the journal tells of it, and it does not last. */
const happening = (code: AlarmCode): AlarmRow => ({ code, stands: () => false })

/**
 * All alarms, in the order in which they are judged at the end of every turn. A restart changes
 * nothing about them: what stood goes on standing until its row says otherwise.
 * Severities: `alarmSeverity` of the protocol. For people: docs/alarms.md.
 */
export const alarmTable: readonly AlarmRow[] = [
  happening('forcedUser'),
  // Begun by who asks. A restart ends the wait, and the alarm with it.
  untilEvidence('lockFactoryReset', ({ factoryReset }) => factoryReset?.stage !== 'waiting'),
  // A door that is seen closed is no open one.
  untilEvidence('doorForcedOpen', ({ leaf }) => leaf === 'closed'),
  // Before the escutcheon: it begins when that one ends.
  {
    code: 'tamper',
    stands: ({ state, standing }) =>
      state.policy !== undefined &&
      !state.escutcheonRemoved &&
      (standing || alarmsOf(state).includes('frontEscutcheonRemoved')),
  },
  { code: 'frontEscutcheonRemoved', stands: ({ state }) => state.escutcheonRemoved },
  { code: 'lockJammed', stands: ({ state }) => state.bolt.trouble === 'jammed' },
  {
    code: 'boltSensorFault',
    stands: ({ state: { bolt }, monotonicMs, standing }) =>
      bolt.trouble === 'sensor' ||
      (bolt.silentSinceMonotonicMs !== undefined &&
        (standing || monotonicMs >= bolt.silentSinceMonotonicMs + alarmEdges.boltSensorSilentMs)),
    lookAt: ({ state: { bolt }, standing }) =>
      standing ? undefined : later(bolt.silentSinceMonotonicMs, alarmEdges.boltSensorSilentMs),
  },
  {
    code: 'doorAjar',
    // A contact that falls silent says nothing of how long the door stands open.
    stands: ({ state, monotonicMs, standing }) => {
      const dueMs = ajarDueMs(state)
      if (ajarMs(state) === 0 || state.leaf === 'closed') return false
      return standing || (dueMs !== undefined && monotonicMs >= dueMs)
    },
    lookAt: ({ state, standing }) => (standing ? undefined : ajarDueMs(state)),
  },
  {
    code: 'wrongCodeEntryLimit',
    stands: ({ state }) => lockoutSources.some((source) => isLockedOut(state, source)),
  },
  {
    code: 'credentialRefusals',
    stands: ({ state, monotonicMs, standing }) => {
      const { suspect } = state.credentialRefusals
      // After a restart nobody is known any more, and the quiet hour begins again.
      const lastMs = suspect?.lastMonotonicMs ?? (standing ? 0 : undefined)
      return lastMs !== undefined && monotonicMs < lastMs + alarmEdges.credentialQuietMs
    },
    lookAt: ({ state, standing }) =>
      later(
        state.credentialRefusals.suspect?.lastMonotonicMs ?? (standing ? 0 : undefined),
        alarmEdges.credentialQuietMs,
      ),
    names: ({ credentialRefusals: { suspect } }) => suspect?.names,
  },
  // Before the link that is only lost: of the two, one is told.
  {
    code: 'linkJammed',
    stands: ({ state, monotonicMs, standing }) =>
      isLinkMissed(state, monotonicMs, standing, alarmEdges.linkJammedMs) &&
      (standing || hasSignOfAttack(state)),
    lookAt: (facts) => linkLookAt(facts, alarmEdges.linkJammedMs),
  },
  {
    code: 'linkLost',
    stands: ({ state, monotonicMs, standing }) =>
      !alarmsOf(state).includes('linkJammed') &&
      isLinkMissed(state, monotonicMs, standing, alarmEdges.linkLostMs),
    lookAt: (facts) => linkLookAt(facts, alarmEdges.linkLostMs),
  },
  { code: 'mainsLost', stands: ({ state }) => state.power.mainsPresent === false },
  { code: 'batteryLow', stands: ({ state }) => isBatteryPast(state, 'batteryLow') },
  {
    code: 'batteryCritical',
    stands: ({ state }) =>
      state.motorLackedPower ||
      strengthOf(state.power) !== 'enough' ||
      isBatteryPast(state, 'batteryCritical'),
  },
  // Somebody's access may wait for the time only where there is somebody.
  {
    code: 'clockUncertain',
    stands: ({ state }) => state.policy !== undefined && !state.time.certain,
  },
  { code: 'storageNearlyFull', stands: ({ state }) => state.storageShort },
]

function ajarMs({ policy }: CoreState): number {
  return policy === undefined ? 0 : doorAjarSecondsOf(policy.view.policy) * 1000
}

function ajarDueMs(state: CoreState): number | undefined {
  const ms = ajarMs(state)
  return ms === 0 ? undefined : later(state.leafOpenSinceMonotonicMs, ms)
}

function later(sinceMs: number | undefined, ms: number): number | undefined {
  return sinceMs === undefined ? undefined : sinceMs + ms
}

/** A lock that was never given a link misses none; one that lost it before a restart still does. */
function isLinkMissed(
  { link }: CoreState,
  monotonicMs: number,
  standing: boolean,
  patienceMs: number,
): boolean {
  if (link === undefined) return standing && monotonicMs < patienceMs
  const forMs = monotonicMs - link.sinceMonotonicMs
  return link.up ? standing && forMs < alarmEdges.linkSteadyMs : standing || forMs >= patienceMs
}

function linkLookAt({ state: { link }, standing }: AlarmFacts, ms: number): number | undefined {
  if (link === undefined) return standing ? ms : undefined
  if (link.up) return standing ? link.sinceMonotonicMs + alarmEdges.linkSteadyMs : undefined
  return standing ? undefined : link.sinceMonotonicMs + ms
}

/**
 * Somebody is at work at the door, and the house has its power, so that the hub and the radio should
 * be there. A quiet radio alone is a hub that restarts.
 */
function hasSignOfAttack(state: CoreState): boolean {
  const alarms = alarmsOf(state)
  const signs = [
    'doorForcedOpen',
    'frontEscutcheonRemoved',
    'tamper',
    'wrongCodeEntryLimit',
    'credentialRefusals',
  ] as const
  return state.power.mainsPresent !== false && signs.some((code) => alarms.includes(code))
}
