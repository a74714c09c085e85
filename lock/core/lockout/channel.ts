import { lockoutMs } from '#core/access/lockout.ts'
import { record } from '#core/journal/record.ts'
import { forgivenessMs } from '#core/lockout/forgiveness.ts'
import type { ChannelLockout, Registers } from '#core/outputs.ts'
import type { ChannelLocks, LockoutChannel } from '#core/turn/state.ts'
import { lockTimeAt, update, updateRegisters } from '#core/turn/turn.ts'
import type { Turn } from '#core/turn/turn.ts'

/**
 * PINs through Matter, and the readers for fingers and faces, have a counter and a lockout of their
 * own each: who guesses from afar, or whose finger is wet, closes no keypad; and who guesses at the
 * keypad closes no reader. A right one forgives no guesses elsewhere.
 */
const fresh: ChannelLockout = { wrongCodes: 0, lockouts: 0, lockedUntilMs: 0 }

/** A try is made. Where it waits for a hash, it is counted and durable before that begins. */
export function countChannelTry(turn: Turn, channel: LockoutChannel): void {
  const { monotonicMs } = turn.now
  const { triedMonotonicMs = monotonicMs } = turn.state.channelLocks[channel] ?? {}
  const isForgiven = monotonicMs - triedMonotonicMs >= forgivenessMs
  const before = (isForgiven ? undefined : lockoutOf(turn, channel)) ?? fresh
  const wrongCodes = before.wrongCodes + 1
  const settings = turn.state.policy?.view.policy.settings
  if (settings === undefined || wrongCodes < settings.wrongCodeEntryLimit) {
    setLock(turn, channel, { triedMonotonicMs: monotonicMs })
    setLockout(turn, channel, { ...before, wrongCodes, lockedUntilMs: 0 })
    return
  }
  // The try that reaches the limit is still looked at; the next one finds the channel locked.
  const lockouts = before.lockouts + 1
  const until = monotonicMs + lockoutMs(settings, lockouts)
  const untilMs = lockTimeAt(turn, until)
  // The quiet hour begins when the lockout ends.
  setLock(turn, channel, { triedMonotonicMs: until, untilMonotonicMs: until })
  setLockout(turn, channel, { wrongCodes: 0, lockouts, lockedUntilMs: untilMs })
  record(turn, { type: 'keypadLockedOut', source: channel, count: wrongCodes, untilMs })
}

/** It was a right one: no guess, and the end of a row of them. */
export function channelTryWasRight(turn: Turn, channel: LockoutChannel): void {
  if (lockoutOf(turn, channel) === undefined) return
  setLock(turn, channel, undefined)
  setLockout(turn, channel, fresh)
}

/** By the monotonic clock, whatever the wall clock says. */
export function isChannelLockedOut(turn: Turn, channel: LockoutChannel): boolean {
  return turn.now.monotonicMs < (turn.state.channelLocks[channel]?.untilMonotonicMs ?? 0)
}

/** In every turn: a lockout that is over must not begin again with a restart. */
export function tendChannelLockouts(turn: Turn): void {
  for (const channel of lockoutChannels) {
    const lockout = lockoutOf(turn, channel)
    if (lockout === undefined || lockout.lockedUntilMs === 0) continue
    if (!isChannelLockedOut(turn, channel))
      setLockout(turn, channel, { ...lockout, lockedUntilMs: 0 })
  }
}

/** At boot: a lockout that was running starts again in full, so that no power cut shortens it. */
export function resumeChannelLockouts(turn: Turn): void {
  const { policy } = turn.state
  if (policy === undefined) return
  for (const channel of lockoutChannels) {
    const lockout = lockoutOf(turn, channel)
    if (lockout === undefined) continue
    const { lockedUntilMs, lockouts } = lockout
    const remainingMs =
      lockedUntilMs === 0 ? 0 : lockoutMs(policy.view.policy.settings, Math.max(1, lockouts))
    const untilMonotonicMs = turn.now.monotonicMs + remainingMs
    setLock(turn, channel, { triedMonotonicMs: untilMonotonicMs, untilMonotonicMs })
  }
}

const lockoutChannels = ['matter', 'biometric'] as const satisfies readonly LockoutChannel[]

function lockoutOf({ state: { registers } }: Turn, channel: LockoutChannel) {
  return channel === 'matter' ? registers.matterLockout : registers.readerLockout
}

function setLockout(turn: Turn, channel: LockoutChannel, lockout: ChannelLockout): void {
  const fields: Partial<Registers> =
    channel === 'matter' ? { matterLockout: lockout } : { readerLockout: lockout }
  updateRegisters(turn, fields)
}

function setLock(turn: Turn, channel: LockoutChannel, lock: ChannelLocks[LockoutChannel]): void {
  update(turn, { channelLocks: { ...turn.state.channelLocks, [channel]: lock } })
}
