import type { AlarmCode, DoorState, LockState, LockoutSource } from '@mortise/protocol/words'
import type { CoreState } from '#core/turn/state.ts'

/**
 * What the sensors say about the bolt, and nothing else: never what was asked for, never what was
 * last known.
 */
export function lockStateOf(
  state: Pick<CoreState, 'bolt' | 'leaf' | 'leafWasSeen' | 'latchPulled'>,
): LockState {
  switch (state.bolt.position) {
    case 'extended':
      // A bolt in the air of an open door locks nothing.
      if (state.leaf === 'open') return 'notFullyLocked'
      return mayStandClosed(state) ? 'locked' : 'unknown'
    case 'retracted':
      return state.latchPulled === true ? 'unlatched' : 'unlocked'
    case 'between':
      return 'notFullyLocked'
    case 'unknown':
      return 'unknown'
  }
}

/**
 * Whether a door that is not seen open counts as closed: the contact says so, or none is fitted.
 * One that fell silent has taken its word back.
 */
export function mayStandClosed({
  leaf,
  leafWasSeen,
}: Pick<CoreState, 'leaf' | 'leafWasSeen'>): boolean {
  return leaf === 'closed' || (leaf === 'unknown' && !leafWasSeen)
}

/**
 * Alarms that stand, in the order in which they began. They live in the registers alone, so that a
 * restart neither forgets one nor begins it twice.
 */
export function alarmsOf({ registers }: Pick<CoreState, 'registers'>): readonly AlarmCode[] {
  return registers.standingAlarms ?? noAlarms
}

const noAlarms: readonly AlarmCode[] = []

export function doorStateOf(state: Pick<CoreState, 'leaf' | 'registers'>): DoorState {
  const alarms = alarmsOf(state)
  switch (state.leaf) {
    case 'open':
      if (alarms.includes('doorForcedOpen')) return 'doorForcedOpen'
      return alarms.includes('doorAjar') ? 'doorAjar' : 'doorOpen'
    case 'closed':
      return 'doorClosed'
    case 'unknown':
      return 'unknown'
  }
}

/** Until when a way in is locked, by the monotonic clock; undefined when it is not. */
export function lockedUntil(
  { tryClocks }: Pick<CoreState, 'tryClocks'>,
  source: LockoutSource,
): number | undefined {
  return tryClocks[source]?.lockedUntilMonotonicMs
}
