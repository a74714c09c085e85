import { beginAlarm, endAlarm } from '#core/alarm/alarms.ts'
import { actorFields } from '#core/journal/record.ts'
import { forgetEverything } from '#core/reset/forget.ts'
import { waitMs } from '#core/reset/times.ts'
import type { Actor } from '#core/turn/state.ts'
import { act, cancelTimer, lockTimeAt, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * Somebody inside has asked. The wait lives in memory alone: a restart ends it, so that no power cut
 * can make it shorter.
 */
export function beginWait(turn: Turn): void {
  const untilMonotonicMs = turn.now.monotonicMs + (turn.context.factoryResetWaitMs ?? waitMs)
  update(turn, { factoryReset: { stage: 'waiting', untilMonotonicMs } })
  const untilMs = lockTimeAt(turn, untilMonotonicMs)
  beginAlarm(turn, 'lockFactoryReset', { source: 'button', untilMs })
  setTimer(turn, 'factoryReset', untilMonotonicMs)
  act(turn, { type: 'showFactoryReset', stage: 'waiting', untilMonotonicMs })
}

/** Nothing is reset. */
export function stopWait(turn: Turn, by: Actor): void {
  endAlarm(turn, 'lockFactoryReset', actorFields(by))
  leaveStage(turn)
}

/** Neither offered nor waiting. */
export function leaveStage(turn: Turn): void {
  update(turn, { factoryReset: undefined })
  cancelTimer(turn, 'factoryReset')
  act(turn, { type: 'hideFactoryReset' })
}

/** An offer that nobody took ends; a wait is looked at in every turn. */
export function factoryResetDue(turn: Turn): void {
  const { factoryReset } = turn.state
  if (factoryReset === undefined || factoryReset.stage === 'done') return
  if (turn.now.monotonicMs < factoryReset.untilMonotonicMs) {
    setTimer(turn, 'factoryReset', factoryReset.untilMonotonicMs)
  } else if (factoryReset.stage === 'offered') leaveStage(turn)
}

/** In every turn: the wait may be over. A bolt that is on its way arrives before. */
export function tendFactoryReset(turn: Turn): void {
  const { factoryReset, bolt } = turn.state
  if (factoryReset?.stage !== 'waiting' || bolt.drive !== undefined) return
  if (turn.now.monotonicMs >= factoryReset.untilMonotonicMs)
    forgetEverything(turn, { source: 'button' })
}
