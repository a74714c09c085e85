import type { Auditor } from './auditor/auditor.ts'
import type { Household } from './household.ts'
import { settled } from './network.ts'
import type { Network } from './network.ts'
import type { Happening } from './plan.ts'
import type { Site } from './site.ts'

export interface World {
  readonly site: Site
  readonly network: Network
  readonly auditor: Auditor
  /** Who lives there now. */
  people: Household
  /** Who lived there before a factory reset, with all that they had. */
  former: Household | undefined
  readonly timeZone: string
}

export type Act = (world: World, chance: () => number, happening: Happening) => Promise<void>

export const secondMs = 1_000
export const minuteMs = 60_000
export const hourMs = 3_600_000
export const dayMs = 86_400_000

/** As long as a keypad takes to answer. */
export const answerMs = 3_000

export async function rest({ site }: World, durationMs: number): Promise<void> {
  await settled(site, Promise.resolve())
  site.time.advance(durationMs)
}

export function nothing(): Promise<void> {
  return Promise.resolve()
}

/** Nothing is wrong with the door, nothing is under way, and this way in has not locked itself. */
export function isSound({ site, auditor }: World, by: 'keypad' | 'reader'): boolean {
  const { faults, powered, moving, power } = site.door().snapshot()
  const isHonest = Object.values(faults).every((fault) => soundFaults.has(fault))
  const { claimed, keypadLockedUntilMs, timeCertain, alarms, enrolment } = site.lock().state()
  const isLocked = by === 'keypad' ? keypadLockedUntilMs !== undefined : auditor.isReaderLocked()
  // While it learns, a reader takes whatever it is shown for what it is to learn.
  const isLearning = by === 'reader' && enrolment !== undefined
  const isOpen = claimed && !isLocked && !isLearning && timeCertain
  const isStrong = (power.batteryPercent ?? 100) > 20 && !alarms.includes('batteryCritical')
  const isIdle = powered && moving === null
  return isHonest && isIdle && isStrong && isOpen && auditor.isClockRight()
}
const soundFaults: ReadonlySet<string> = new Set(['none', 'working', 'honest'])
