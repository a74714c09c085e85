import { addDays, instantOf, wallTimeOf } from '#app/time/wall-time.ts'

/** For how long a mode is begun. */
export const lastings = ['open', 'twoHours', 'morning', 'week'] as const
export type Lasting = (typeof lastings)[number]

const hourMs = 3_600_000

/**
 * When a mode ends that begins now; `null` is when somebody ends it. Mornings and weeks are those of
 * the door, so that a night in which the clocks change ends at its morning all the same.
 */
export function endOfLasting(lasting: Lasting, nowMs: number, timeZone: string): number | null {
  switch (lasting) {
    case 'open':
      return null
    case 'twoHours':
      return nowMs + 2 * hourMs
    case 'morning':
      return nextMorning(nowMs, timeZone)
    case 'week':
      return instantOf(addDays(wallTimeOf(nowMs, timeZone), 7), timeZone)
  }
}

/** Seven o'clock, today or tomorrow. */
function nextMorning(nowMs: number, timeZone: string): number | null {
  const today = `${wallTimeOf(nowMs, timeZone).slice(0, 10)}T07:00`
  const todayMs = instantOf(today, timeZone)
  return todayMs !== null && todayMs > nowMs ? todayMs : instantOf(addDays(today, 1), timeZone)
}
