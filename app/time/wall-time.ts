/**
 * Between instants and what a clock on the wall shows, in a named time zone. Not Temporal, because
 * Safari has none yet and its stand-in weighs more than the rest of the app; the tests hold both equal.
 * A wall time is written as the browser's date fields write it: `2026-10-25T02:30`.
 */

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(timeZone, formatter)
  return formatter
}

/** @returns the wall time to the minute, `2026-10-25T02:30`. */
export function wallTimeOf(atMs: number, timeZone: string): string {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(atMs)
      .map((part) => [part.type, part.value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '00'
  const year = part('year').padStart(4, '0')
  return `${year}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

const wallTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/

/**
 * The instant of a wall time. Where the clock is set forward and the time does not exist, the time
 * after the jump; where it is set back and the time comes twice, the first (RFC 5545 section 3.3.5).
 * @returns milliseconds since 1970, or `null` for a text that is no wall time.
 */
export function instantOf(wallTime: string, timeZone: string): number | null {
  if (!wallTimePattern.test(wallTime)) return null
  const asUtcMs = Date.parse(`${wallTime}:00Z`)
  if (Number.isNaN(asUtcMs)) return null
  const offsetsMs = [-86_400_000, 0, 86_400_000].map((step) => offsetAt(asUtcMs + step, timeZone))
  const matches = offsetsMs
    .map((offsetMs) => asUtcMs - offsetMs)
    .filter((candidateMs) => wallTimeOf(candidateMs, timeZone) === wallTime)
  if (matches.length > 0) return Math.min(...matches)
  // In the hole of a forward jump the offset from before it carries the clock past the hole.
  return asUtcMs - Math.min(...offsetsMs)
}

/** How far the zone's clocks are ahead of UTC, in milliseconds, at an instant. */
function offsetAt(atMs: number, timeZone: string): number {
  const minuteMs = 60_000
  const wallMs = Date.parse(`${wallTimeOf(atMs, timeZone)}:00Z`)
  return wallMs - Math.floor(atMs / minuteMs) * minuteMs
}

/** The same wall time on another day: `days` may be negative. Date arithmetic only, no zone. */
export function addDays(wallTime: string, days: number): string {
  const movedMs = Date.parse(`${wallTime}:00Z`) + days * 86_400_000
  return new Date(movedMs).toISOString().slice(0, 16)
}

/** 0 is Sunday. */
export function weekdayOf(wallTime: string): number {
  return new Date(`${wallTime}:00Z`).getUTCDay()
}

/** Whole minutes since 1970-01-01T00:00 on the wall, as schedules are kept. */
export function wallMinuteOf(atMs: number, timeZone: string): number {
  return Math.floor(Date.parse(`${wallTimeOf(atMs, timeZone)}:00Z`) / 60_000)
}
