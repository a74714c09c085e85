import { setupChallenge } from '@mortise/protocol/verify'
import { endAlarm } from '#core/alarm/alarms.ts'
import { record } from '#core/journal/record.ts'
import { pressTowardsReset } from '#core/reset/gesture.ts'
import { act, cancelTimer, lockTimeAt, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Time to fetch a phone and read the display; short enough that a forgotten window closes. */
export const insideWindowMs = 600_000
/** A setup code cannot be guessed; who still tries is not the owner. */
export const wrongSetupCodesMax = 5

/** The button inside was pressed. `random` becomes the setup code of a lock without owner. */
export function insideButtonPressed(turn: Turn, random: Uint8Array): void {
  // Its keys are about to change: a code of this moment would be of a lock that nobody can claim.
  if (turn.state.factoryReset?.stage === 'done') return
  if (turn.state.policy === undefined) return openSetupWindow(turn, random)
  pressTowardsReset(turn)
  beginPresence(turn)
}

function openSetupWindow(turn: Turn, setupCode: Uint8Array): void {
  const untilMonotonicMs = turn.now.monotonicMs + insideWindowMs
  const challenge = setupChallenge(turn.context.crypto, setupCode)
  update(turn, { setup: { challenge, untilMonotonicMs, wrongCodes: 0 } })
  record(turn, {
    type: 'setupWindowOpened',
    source: 'button',
    untilMs: lockTimeAt(turn, untilMonotonicMs),
  })
  setTimer(turn, 'setupWindow', untilMonotonicMs)
  act(turn, { type: 'showSetupCode', setupCode, untilMonotonicMs })
}

/** The code is worth nothing any more: it was used, its time is over, or somebody guesses. */
export function endSetupWindow(turn: Turn): void {
  update(turn, { setup: undefined })
  cancelTimer(turn, 'setupWindow')
  act(turn, { type: 'hideSetupCode' })
}

/** Closes the window without a claim. */
export function closeSetupWindow(turn: Turn): void {
  endSetupWindow(turn)
  record(turn, { type: 'setupWindowClosed' })
}

/** The time of the window may be over. */
export function setupWindowDue(turn: Turn): void {
  const { setup } = turn.state
  if (setup === undefined) return
  if (turn.now.monotonicMs >= setup.untilMonotonicMs) closeSetupWindow(turn)
  else setTimer(turn, 'setupWindow', setup.untilMonotonicMs)
}

function beginPresence(turn: Turn): void {
  // Whoever stands at the lock has seen what was done to it.
  endAlarm(turn, 'tamper')
  const untilMonotonicMs = turn.now.monotonicMs + insideWindowMs
  update(turn, { insidePresenceUntilMonotonicMs: untilMonotonicMs })
  setTimer(turn, 'insidePresence', untilMonotonicMs)
  act(turn, { type: 'showInsidePresence', untilMonotonicMs })
}

/** True for ten minutes after the button was pressed in this boot. */
export function isSomebodyInside(turn: Turn): boolean {
  const until = turn.state.insidePresenceUntilMonotonicMs
  return until !== undefined && turn.now.monotonicMs < until
}

/** The time of the presence may be over. */
export function insidePresenceDue(turn: Turn): void {
  const until = turn.state.insidePresenceUntilMonotonicMs
  if (until === undefined) return
  if (turn.now.monotonicMs < until) {
    setTimer(turn, 'insidePresence', until)
    return
  }
  update(turn, { insidePresenceUntilMonotonicMs: undefined })
  act(turn, { type: 'hideInsidePresence' })
}
