import { effectiveMode, inAnyWeekDaySchedule } from '@mortise/access'
import { situationNow } from '#core/visits/situation.ts'
import { cancelTimer, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Schedules are kept to the minute, so that is how often their end is looked for. */
const lookAgainMs = 60_000

/**
 * Whether a door that somebody has unlocked may stay so: in passage mode, and in the hours that the
 * owners have set, but for a lockdown. It never draws the bolt.
 */
export function holdsOpen(turn: Turn): boolean {
  const policy = turn.state.policy?.view.policy
  if (policy === undefined) return false
  const situation = situationNow(turn)
  const mode = effectiveMode(policy, situation)
  if (mode === 'passage' || mode === 'lockdown') return mode === 'passage'
  const { time, wallClock } = situation
  return time.certain && inAnyWeekDaySchedule(policy.passageSchedules, wallClock(time.ms))
}

/** At the end of every turn: looks again every minute while the door is held open by hours. */
export function tendPassage(turn: Turn): void {
  const holds = turn.state.bolt.position === 'retracted' && holdsOpen(turn)
  if (holds === turn.state.passageLookAwaited) return
  update(turn, { passageLookAwaited: holds })
  if (holds) setTimer(turn, 'passage', turn.now.monotonicMs + lookAgainMs)
  else cancelTimer(turn, 'passage')
}
