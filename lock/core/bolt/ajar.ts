import { beginAlarm, endAlarm } from '#core/alarm/alarms.ts'
import { cancelTimer, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * At the end of every turn: an open door is watched for as long as the owners allow. A contact that
 * falls silent says nothing of how long; the alarm ends with a door that is seen closed.
 */
export function tendAjar(turn: Turn): void {
  const { leaf, ajarAtMonotonicMs, policy } = turn.state
  const seconds = policy?.view.policy.settings.doorAjarSeconds ?? 0
  if (leaf === 'closed') endAlarm(turn, 'doorAjar')
  if (seconds === 0) endAlarm(turn, 'doorAjar')
  const isWatched = leaf === 'open' && seconds > 0 && !turn.state.alarms.includes('doorAjar')
  if (!isWatched) {
    if (ajarAtMonotonicMs === undefined) return
    update(turn, { ajarAtMonotonicMs: undefined })
    cancelTimer(turn, 'doorAjar')
  } else if (ajarAtMonotonicMs === undefined) {
    const dueMonotonicMs = turn.now.monotonicMs + seconds * 1000
    update(turn, { ajarAtMonotonicMs: dueMonotonicMs })
    setTimer(turn, 'doorAjar', dueMonotonicMs)
  }
}

/** The door may have been open for too long. */
export function ajarDue(turn: Turn): void {
  const { ajarAtMonotonicMs } = turn.state
  if (ajarAtMonotonicMs === undefined) return
  if (turn.now.monotonicMs < ajarAtMonotonicMs) setTimer(turn, 'doorAjar', ajarAtMonotonicMs)
  else beginAlarm(turn, 'doorAjar')
}
