import type { KnownLock, KnownMode } from '@mortise/keyholder'
import { ownForecast } from '@mortise/keyholder'
import type { OwnHours } from '#app/state/model/door/own-hours.ts'
import { isLimited } from '#app/state/model/door/own-hours.ts'
import { wallMinuteOf } from '#app/time/wall-time.ts'

/** What the lock told of this person's hours; `null` where there is nothing to tell. */
export function ownHoursOf(known: KnownLock, state: KnownMode, nowMs: number): OwnHours | null {
  const { access, credential } = known
  if (access === undefined || credential === undefined || !isLimited(access)) return null
  const wallClock = (atMs: number): number => wallMinuteOf(atMs, access.timeZone)
  return { access, forecast: ownForecast({ access, credential }, state, nowMs, wallClock) }
}
