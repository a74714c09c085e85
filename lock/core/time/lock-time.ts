import { assertInvariant } from '@mortise/protocol/errors'
import type { Moment } from '@mortise/access'
import type { Now } from '#core/inputs.ts'

/**
 * The lock's time: the wall clock, held between a floor that survives power cuts and a ceiling
 * that the monotonic clock sets. It never goes back, and it follows no jump that nothing explains.
 */
export interface LockTime {
  /** Milliseconds since 1970 at `monotonicMs`, with fractions. */
  readonly lockMs: number
  readonly monotonicMs: number
  /** Where the ceiling is counted from, so that many small steps are no way around it. */
  readonly anchor: { readonly lockMs: number; readonly monotonicMs: number }
  readonly certain: boolean
}

const minuteMs = 60_000
/** Network time corrects a clock by less; a person or an attacker who sets it moves it by more. */
export const jumpMsMax = 2 * minuteMs
/** Ten times worse than the quartz of a cheap board (100 parts per million). */
const driftRateMax = 0.001
/**
 * The monotonic clock says nothing about the time without power. A month covers a winter holiday
 * with the mains off; a clock that lost its memory is mostly years away.
 */
export const powerOffMsMax = 31 * 24 * 60 * minuteMs
/** The end of the year 9999, where the protocol's instants end. */
export const instantMsMax = 253_402_300_799_999

/** The time at the start of a boot. `floorMs` is 0 on a lock that never ran. */
export function startTime(floorMs: number, now: Now): LockTime {
  const wallMs = usableWallMs(now)
  const certain =
    wallMs !== undefined &&
    wallMs >= floorMs - jumpMsMax &&
    (floorMs === 0 || wallMs <= floorMs + powerOffMsMax)
  const lockMs = certain ? Math.max(floorMs, wallMs) : floorMs
  return anchored(lockMs, now.monotonicMs, certain)
}

/**
 * The time at a later moment of the same boot. Uncertainty stays until `confirmTime`: a clock that
 * jumped and came back has shown that somebody can move it.
 */
export function observeTime(time: LockTime, now: Now): LockTime {
  const carriedMs = carry(time, now)
  const { monotonicMs } = now
  const wallMs = usableWallMs(now)
  if (!time.certain || wallMs === undefined || wallMs > ceilingMs(time, now)) {
    return { ...time, lockMs: carriedMs, monotonicMs, certain: false }
  }
  return { ...time, lockMs: Math.max(carriedMs, wallMs), monotonicMs }
}

/**
 * An owner acted: the wall clock that the lock has at that moment is taken as right, unless it is
 * missing or behind the lock's time, which shows that it lost its memory.
 */
export function confirmTime(time: LockTime, now: Now): LockTime {
  const carriedMs = carry(time, now)
  const wallMs = usableWallMs(now)
  if (time.certain || wallMs === undefined || wallMs < carriedMs - jumpMsMax) return time
  return anchored(Math.max(carriedMs, wallMs), now.monotonicMs, true)
}

/** The moment that decisions and journal entries carry. */
export function momentOf(time: LockTime): Moment {
  return { ms: Math.floor(time.lockMs), certain: time.certain }
}

function anchored(lockMs: number, monotonicMs: number, certain: boolean): LockTime {
  return { lockMs, monotonicMs, anchor: { lockMs, monotonicMs }, certain }
}

function carry(time: LockTime, now: Now): number {
  const elapsedMs = now.monotonicMs - time.monotonicMs
  assertInvariant(elapsedMs >= 0, 'the monotonic clock never goes back')
  return Math.min(time.lockMs + elapsedMs, instantMsMax)
}

function ceilingMs({ anchor }: LockTime, now: Now): number {
  const elapsedMs = now.monotonicMs - anchor.monotonicMs
  return anchor.lockMs + elapsedMs * (1 + driftRateMax) + jumpMsMax
}

function usableWallMs({ wallMs }: Now): number | undefined {
  return wallMs !== undefined && wallMs >= 0 && wallMs <= instantMsMax ? wallMs : undefined
}
