import type { DoorState, LockState } from '@mortise/protocol/words'
import type { CoreState } from '#core/turn/state.ts'

/**
 * What the sensors say about the bolt, and nothing else: never what was asked for, never what was
 * last known.
 */
export function lockStateOf({ bolt, leaf }: Pick<CoreState, 'bolt' | 'leaf'>): LockState {
  switch (bolt.position) {
    case 'extended':
      // A bolt in the air of an open door locks nothing.
      return leaf === 'open' ? 'notFullyLocked' : 'locked'
    case 'retracted':
      return 'unlocked'
    case 'between':
      return 'notFullyLocked'
    case 'unknown':
      return 'unknown'
  }
}

export function doorStateOf({ leaf, alarms }: Pick<CoreState, 'leaf' | 'alarms'>): DoorState {
  switch (leaf) {
    case 'open':
      return alarms.includes('doorForcedOpen') ? 'doorForcedOpen' : 'doorOpen'
    case 'closed':
      return 'doorClosed'
    case 'unknown':
      return 'unknown'
  }
}
