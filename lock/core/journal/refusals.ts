import type { Reason } from '@mortise/protocol/words'
import { record } from '#core/journal/record.ts'
import { setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** The first of a flood is seen at once; the rest makes one entry per window. */
export const refusalWindowMs = 60_000

/** Counts a message that was refused before it could be attributed to anybody. */
export function countRefusal(turn: Turn, reason: Reason): void {
  const window = turn.state.refusals
  if (window === undefined) {
    writeCount(turn, 1, reason)
    openWindow(turn)
    return
  }
  const shared = window.count === 0 || window.reason === reason ? reason : undefined
  update(turn, { refusals: { ...window, count: window.count + 1, reason: shared } })
}

/** The window is over. */
export function refusalsDue(turn: Turn): void {
  const window = turn.state.refusals
  if (window === undefined) return
  if (turn.now.monotonicMs < window.untilMonotonicMs) {
    setTimer(turn, 'messagesRefused', window.untilMonotonicMs)
    return
  }
  update(turn, { refusals: undefined })
  if (window.count === 0) return
  writeCount(turn, window.count, window.reason)
  openWindow(turn)
}

function writeCount(turn: Turn, count: number, reason: Reason | undefined): void {
  record(turn, {
    type: 'messagesRefused',
    attempt: 'message',
    outcome: 'refused',
    count,
    ...(reason === undefined ? {} : { reason }),
  })
}

function openWindow(turn: Turn): void {
  const untilMonotonicMs = turn.now.monotonicMs + refusalWindowMs
  update(turn, { refusals: { untilMonotonicMs, count: 0, reason: undefined } })
  setTimer(turn, 'messagesRefused', untilMonotonicMs)
}
