import type { Entry, OperationSource, State } from '@mortise/protocol/words'
import type { Court } from './court.ts'

/** Follows which ways to try codes, fingers or PINs have locked themselves. */
export interface LockoutJudge {
  readonly lockedOut: (entry: Entry) => void
  readonly refused: (entry: Entry) => void
  readonly booted: () => void
  /** At rest. */
  readonly looks: (state: State) => void
  readonly isLocked: (source: OperationSource) => boolean
}

interface Lockout {
  readonly durationMs: number
  readonly sinceMs: number
}

/** A lockout may end a moment later than anybody can tell. */
const doubtMs = 1_000

export function createLockoutJudge(court: Court): LockoutJudge {
  const lockouts = new Map<OperationSource, Lockout>()
  const isLocked = (source: OperationSource): boolean => {
    const { sinceMs = -Infinity, durationMs = 0 } = lockouts.get(source) ?? {}
    return court.nowMs() <= sinceMs + durationMs + doubtMs
  }
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
      for (const [source, lockout] of lockouts) {
        if (isLocked(source)) lockouts.set(source, { ...lockout, sinceMs: court.nowMs() })
      }
    },
    looks({ keypadLockedUntilMs }) {
      const isApart = keypadLockedUntilMs === undefined || isLocked('keypad')
      court.holds('channelsApart', isApart, () => 'the keypad is locked, and nobody guessed at it')
    },
    isLocked,
  }
}
