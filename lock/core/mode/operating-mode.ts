import { restartAutoRelock } from '#core/bolt/auto-relock.ts'
import { actorFields, record } from '#core/journal/record.ts'
import type { Registers, SetMode } from '#core/outputs.ts'
import { gainedMs } from '#core/time/lock-time.ts'
import type { Actor } from '#core/turn/state.ts'
import { cancelTimer, momentNow, setTimer, update } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/** Takes the lock into a mode. Returns the sequence of its entry. */
export function enterMode(turn: Turn, mode: SetMode, actor: Actor): number {
  const { operatingMode: _, ...registers }: Registers = turn.state.registers
  const isNormal = mode.mode === 'normal'
  update(turn, { registers: isNormal ? registers : { ...registers, operatingMode: mode } })
  restartAutoRelock(turn)
  return record(turn, {
    type: 'operatingModeChanged',
    ...actorFields(actor),
    operatingMode: mode.mode,
    ...(mode.untilMs === undefined ? {} : { untilMs: mode.untilMs }),
  })
}

/**
 * At the end of every turn: a mode whose time is over ends, as soon as the time can be told. A
 * clock that nobody vouches for ends nothing.
 */
export function tendOperatingMode(turn: Turn): void {
  const untilMs = turn.state.registers.operatingMode?.untilMs
  if (untilMs !== undefined && isOver(turn, untilMs))
    enterMode(turn, { mode: 'normal' }, { source: 'auto' })
  const before = turn.before.registers.operatingMode?.untilMs
  const after = turn.state.registers.operatingMode?.untilMs
  if (after === undefined) {
    if (before !== undefined) cancelTimer(turn, 'operatingMode')
  } else if (after !== before || hasLeapt(turn)) waitForEnd(turn, after)
}

/** The end of the mode may have come. */
export function operatingModeDue(turn: Turn): void {
  const untilMs = turn.state.registers.operatingMode?.untilMs
  if (untilMs !== undefined && !isOver(turn, untilMs)) waitForEnd(turn, untilMs)
}

/** At boot: a mode outlives a power cut. */
export function resumeOperatingMode(turn: Turn): void {
  const untilMs = turn.state.registers.operatingMode?.untilMs
  if (untilMs !== undefined) waitForEnd(turn, untilMs)
}

/** Timers go by the monotonic clock: where lock time goes ahead of it, an end comes nearer. */
function hasLeapt({ before, state }: Turn): boolean {
  return gainedMs(before.time, state.time) >= 1
}

function isOver(turn: Turn, untilMs: number): boolean {
  const { ms, certain } = momentNow(turn)
  return certain && ms >= untilMs
}

/** A timer cannot wait for longer (HTML Standard, timers: 2^31 − 1 ms); it is set again then. */
const timerMsMax = 86_400_000

/**
 * An end that has come by a time that is in doubt waits for the turn that ends the doubt, which
 * looks at it again: no timer brings it nearer.
 */
function waitForEnd(turn: Turn, untilMs: number): void {
  const remainingMs = untilMs - momentNow(turn).ms
  if (remainingMs <= 0) return
  setTimer(turn, 'operatingMode', turn.now.monotonicMs + Math.min(remainingMs, timerMsMax))
}
