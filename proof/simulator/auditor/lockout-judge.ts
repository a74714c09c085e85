import type { Entry, OperationSource, State } from '@mortise/protocol/words'
import type { Court } from './court.ts'

/** Follows which ways to try codes, fingers or PINs have locked themselves. */
export interface LockoutJudge {
  readonly lockedOut: (entry: Pick<Entry, 'source' | 'untilMs' | 'timeMs'>) => void
  readonly refused: (entry: Entry) => void
  readonly booted: () => void
  readonly committed: () => void
  /** At rest. */
  readonly looks: (state: Pick<State, 'keypadLockedUntilMs'>) => void
  readonly isLocked: (source: OperationSource) => boolean
}

interface Lockout {
  readonly durationMs: number
  readonly sinceMs: number
}

/** A lockout may end a moment later than anybody can tell. */
const doubtMs = 1_000

export function createLockoutJudge(court: Pick<Court, 'nowMs' | 'holds'>): LockoutJudge {
  const lockouts = new Map<OperationSource, Lockout>()
  let committedMs = -Infinity
  const wasLocked = (source: OperationSource, atMs: number): boolean => {
    const { sinceMs = -Infinity, durationMs = 0 } = lockouts.get(source) ?? {}
    return atMs <= sinceMs + durationMs + doubtMs
  }
  const isLocked = (source: OperationSource): boolean => wasLocked(source, court.nowMs())
  return {
    lockedOut({ source = 'keypad', untilMs = 0, timeMs }) {
      lockouts.set(source, { sinceMs: court.nowMs(), durationMs: untilMs - timeMs })
    },
    refused({ source = 'remote', reason, userName }) {
      const isSaid = reason === 'keypadLockedOut' || reason === 'voiceLockedOut'
      const isOwn = source === (reason === 'voiceLockedOut' ? 'voice' : 'matter')
      const isApart = !isSaid || (isOwn && isLocked(source))
      court.holds('channelsApart', isApart, () => `${userName} ${source}`)
    },
    booted() {
      // Its end is written down: one that ended in the dark is not over for a lock that was off.
      for (const [source, lockout] of lockouts) {
        if (wasLocked(source, committedMs))
          lockouts.set(source, { ...lockout, sinceMs: court.nowMs() })
      }
    },
    committed() {
      committedMs = court.nowMs()
    },
    looks({ keypadLockedUntilMs }) {
      const isApart = keypadLockedUntilMs === undefined || isLocked('keypad')
      court.holds('channelsApart', isApart, () => 'the keypad is locked, and nobody guessed at it')
    },
    isLocked,
  }
}
