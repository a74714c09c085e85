import { assertInvariant } from '@mortise/protocol/errors'
import type { Moment } from '@mortise/access'
import type { Now } from '#core/inputs.ts'

/**
 * The lock's time: the wall clock, held between a floor that survives power cuts and a ceiling
 * that the monotonic clock sets. It never goes back, and it follows no jump that nothing explains.
 * No single clock is believed for long: what the wall clock alone, or one owner's phone alone, has
 * moved is counted, and only two sources that agree clear the count.
 */
export interface LockTime {
  /** Milliseconds since 1970 at `monotonicMs`, with fractions. */
  readonly lockMs: number
  readonly monotonicMs: number
  /** Where the ceiling is counted from, so that many small steps are no way around it. */
  readonly anchor: { readonly lockMs: number; readonly monotonicMs: number }
  readonly certain: boolean
  /** False: the wall clock is missing or was found wrong, and the monotonic clock goes on alone. */
  readonly followsWall: boolean
  /** The time without power is not known, so the monotonic clock says nothing against a later time. */
  readonly lostTrack: boolean
  /** How far one source alone has moved the time since two agreed. Survives restarts. */
  readonly unexplainedMs: number
}

const minuteMs = 60_000
/** Network time corrects a clock by less; a person or an attacker who sets it moves it by more. */
export const jumpMsMax = 2 * minuteMs
/** Ten times worse than the quartz of a cheap board (100 parts per million). */
const driftRateMax = 0.001
/**
 * The monotonic clock says nothing about the time without power. A month covers a winter holiday
 * with the mains off; a clock that lost its memory is mostly years away. It bounds all power cuts
 * since two sources agreed, so that many short ones add up to no more.
 */
export const powerOffMsMax = 31 * 24 * 60 * minuteMs
/**
 * Clocks that are closer than this agree. Phones keep network time within a second; one that is set
 * by hand is mostly within a few minutes, and a person may look at the screen for half of one.
 */
export const agreementMsMax = 5 * minuteMs
/** The end of the year 9999, where the protocol's instants end. */
export const instantMsMax = 253_402_300_799_999

/**
 * The time at the start of a boot.
 * @param floorMs 0 on a lock that nobody ever owned: nothing depends on its time, and the claim settles it
 * @param unexplainedMs as it was when the power went
 */
export function startTime(floorMs: number, unexplainedMs: number, now: Now): LockTime {
  const wallMs = usableWallMs(now)
  const gapMs = floorMs === 0 || wallMs === undefined ? 0 : Math.max(0, wallMs - floorMs)
  const certain =
    wallMs !== undefined && wallMs >= floorMs - jumpMsMax && unexplainedMs + gapMs <= powerOffMsMax
  const { monotonicMs } = now
  const lockMs = certain ? Math.max(floorMs, wallMs) : floorMs
  return {
    ...anchorAt(lockMs, monotonicMs),
    certain,
    followsWall: true,
    lostTrack: !certain,
    unexplainedMs: certain ? unexplainedMs + gapMs : unexplainedMs,
  }
}

/**
 * The time at a later moment of the same boot. Uncertainty stays until an owner's word ends it: a
 * clock that jumped and came back has shown that somebody can move it.
 */
export function observeTime(time: LockTime, now: Now): LockTime {
  const carriedMs = carry(time, now)
  const { monotonicMs } = now
  if (!time.followsWall) return { ...time, lockMs: carriedMs, monotonicMs }
  const wallMs = usableWallMs(now)
  if (!time.certain || wallMs === undefined || wallMs > ceilingMs(time, now)) {
    return { ...time, lockMs: carriedMs, monotonicMs, certain: false }
  }
  return { ...time, lockMs: Math.max(carriedMs, wallMs), monotonicMs }
}

/** What an owner's accepted command tells of the time. */
export interface OwnersWord {
  /** What their device took the time to be, under their signature. */
  readonly signedMs: number
  /** The inside button was pressed: somebody who could reset the lock stands behind this word. */
  readonly inside: boolean
}

/**
 * Hears the signed time of an owner of this lock. It confirms, it ends uncertainty, and it shows
 * that a lone source was wrong; it never takes time back, and one phone alone moves time no further
 * than a lone wall clock may.
 */
export function hearOwner(time: LockTime, now: Now, word: OwnersWord): LockTime {
  const here = { ...time, lockMs: carry(time, now), monotonicMs: now.monotonicMs }
  const wallMs = usableWallMs(now)
  const agreedMs = wallMs !== undefined && agrees(wallMs, word.signedMs) ? wallMs : undefined
  return here.certain
    ? checkCertain(here, now, word, agreedMs)
    : endUncertainty(here, now, word, agreedMs)
}

/**
 * The time of a lock that is being claimed. Nothing depended on its time before, so this may be
 * earlier than what it showed, and is never earlier than the floor.
 */
export function timeAtClaim(
  floorMs: number,
  time: LockTime,
  now: Now,
  signedMs: number | undefined,
): LockTime {
  const wallMs = usableWallMs(now)
  const settledAt = (ms: number, facts: Pick<LockTime, 'certain' | 'followsWall'>): LockTime => ({
    ...anchorAt(Math.max(floorMs, ms), now.monotonicMs),
    lostTrack: !facts.certain,
    unexplainedMs: 0,
    ...facts,
  })
  if (signedMs === undefined) return settledAt(time.lockMs, { certain: false, followsWall: true })
  if (wallMs === undefined) {
    return settledAt(signedMs, { certain: isNotBehind(signedMs, floorMs), followsWall: false })
  }
  // Of two clocks of which one must be wrong, the earlier can be mended: time goes forward only.
  const certain = agrees(wallMs, signedMs) && isNotBehind(wallMs, floorMs)
  return settledAt(certain ? wallMs : Math.min(wallMs, signedMs), { certain, followsWall: true })
}

/** The moment that decisions and journal entries carry. */
export function momentOf(time: LockTime): Moment {
  return { ms: Math.floor(time.lockMs), certain: time.certain }
}

/** How much further lock time went than the monotonic clock, from one moment to a later one of a boot. */
export function gainedMs(before: LockTime, after: LockTime): number {
  return after.lockMs - before.lockMs - (after.monotonicMs - before.monotonicMs)
}

/** Two sources against one: a phone that disagrees with a time that was confirmed is wrong itself. */
function checkCertain(
  time: LockTime,
  now: Now,
  { signedMs, inside }: OwnersWord,
  agreedMs: number | undefined,
): LockTime {
  if (Math.abs(signedMs - time.lockMs) > toleranceMs(time, now)) {
    if (time.unexplainedMs <= agreementMsMax) return time
    return { ...time, certain: false, lostTrack: true }
  }
  // Without a wall clock the phone corrects the drift, forward only.
  const lockMs = time.followsWall ? time.lockMs : Math.max(time.lockMs, signedMs)
  const isBacked = agreedMs !== undefined || inside
  return {
    ...time,
    ...anchorAt(lockMs, now.monotonicMs),
    followsWall: time.followsWall || agreedMs !== undefined,
    unexplainedMs: isBacked ? 0 : time.unexplainedMs,
  }
}

function endUncertainty(
  time: LockTime,
  now: Now,
  { signedMs, inside }: OwnersWord,
  agreedMs: number | undefined,
): LockTime {
  const certainAt = (ms: number, facts: Pick<LockTime, 'followsWall' | 'unexplainedMs'>) => ({
    ...anchorAt(Math.max(time.lockMs, ms), now.monotonicMs),
    certain: true,
    lostTrack: false,
    ...facts,
  })
  if (agreedMs !== undefined && isNotBehind(agreedMs, time.lockMs)) {
    return certainAt(agreedMs, { followsWall: true, unexplainedMs: 0 })
  }
  if (!isNotBehind(signedMs, time.lockMs)) return time
  if (inside) return certainAt(signedMs, { followsWall: false, unexplainedMs: 0 })
  const unexplainedMs = time.unexplainedMs + Math.max(0, signedMs - time.lockMs)
  const isNear = signedMs <= time.lockMs + toleranceMs(time, now)
  const isWithinPowerCut = time.lostTrack && unexplainedMs <= powerOffMsMax
  return isNear || isWithinPowerCut
    ? certainAt(signedMs, { followsWall: false, unexplainedMs })
    : time
}

function agrees(leftMs: number, rightMs: number): boolean {
  return Math.abs(leftMs - rightMs) <= agreementMsMax
}

function isNotBehind(ms: number, lockMs: number): boolean {
  return ms >= lockMs - agreementMsMax
}

/** How far an owner's clock may be from the lock's, which drifts while it goes on alone. */
function toleranceMs({ anchor }: LockTime, now: Now): number {
  return agreementMsMax + (now.monotonicMs - anchor.monotonicMs) * driftRateMax
}

function anchorAt(
  lockMs: number,
  monotonicMs: number,
): Pick<LockTime, 'lockMs' | 'monotonicMs' | 'anchor'> {
  return { lockMs, monotonicMs, anchor: { lockMs, monotonicMs } }
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
