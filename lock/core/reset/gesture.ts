import { holdMs, offerMs } from '#core/reset/times.ts'
import { beginWait, leaveStage, stopWait } from '#core/reset/wait.ts'
import { act, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** The button of a lock with owners is down: held for long it offers a reset, pressed then it asks for one. */
export function pressTowardsReset(turn: Turn): void {
  const { factoryReset } = turn.state
  const { monotonicMs } = turn.now
  if (factoryReset?.stage === 'offered' && monotonicMs < factoryReset.untilMonotonicMs) {
    beginWait(turn)
    return
  }
  const insideHeldMonotonicMs = monotonicMs + holdMs
  update(turn, { insideHeldMonotonicMs })
  setTimer(turn, 'insideHold', insideHeldMonotonicMs)
}

/** The button was let go. The timer may come: it finds nothing to do. */
export function insideButtonReleased(turn: Turn): void {
  update(turn, { insideHeldMonotonicMs: undefined })
}

/** The button may have been held for long enough: to offer a reset, or to stop one that waits. */
export function insideHoldDue(turn: Turn): void {
  const { insideHeldMonotonicMs, factoryReset } = turn.state
  if (insideHeldMonotonicMs === undefined) return
  if (turn.now.monotonicMs < insideHeldMonotonicMs) {
    setTimer(turn, 'insideHold', insideHeldMonotonicMs)
    return
  }
  update(turn, { insideHeldMonotonicMs: undefined })
  if (factoryReset?.stage === 'waiting') stopWait(turn, { source: 'button' })
  else offer(turn)
}

function offer(turn: Turn): void {
  if (turn.state.factoryReset !== undefined) leaveStage(turn)
  const untilMonotonicMs = turn.now.monotonicMs + offerMs
  update(turn, { factoryReset: { stage: 'offered', untilMonotonicMs } })
  setTimer(turn, 'factoryReset', untilMonotonicMs)
  act(turn, { type: 'showFactoryReset', stage: 'offered', untilMonotonicMs })
}
