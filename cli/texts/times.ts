import { CliError } from '#cli/errors.ts'

/** An instant in the door's own time zone, with the offset that was in force: `2026-10-25 02:30 +01:00`. */
export function formatInstant(instantMs: number, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone)
  return `${zoned.toPlainDate().toString()} ${zoned.toPlainTime().toString({ smallestUnit: 'second' })} ${zoned.offset}`
}

/** The same for programs: RFC 3339 in UTC. */
export function isoInstant(instantMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instantMs).toString()
}

/**
 * Reads a time that somebody typed: a wall time at the door (`2026-10-25T14:00`, `2026-10-25 14:00`,
 * or a date for its midnight), or an instant with an offset (`2026-10-25T14:00Z`).
 * Where clocks jump, an hour that does not exist moves on, and of an hour that comes twice the first
 * is meant, as RFC 5545 section 3.3.5 has it.
 * @throws CliError `badTime`
 */
export function parseInstant(text: string, timeZone: string): number {
  const written = text.trim().replace(' ', 'T')
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/i.test(written))
      return Temporal.Instant.from(written).epochMilliseconds
    const wall = Temporal.PlainDateTime.from(written)
    return wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds
  } catch (cause) {
    throw new CliError(
      'badTime',
      `"${text}" is no time`,
      'Write it as at the door: 2026-10-25T14:00',
      cause,
    )
  }
}

const unitsMs: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/**
 * Reads a duration such as `30s`, `90m`, `2h`, `3d` or `1w`. A day is 24 hours.
 * @throws CliError `badTime`
 */
export function parseDurationMs(text: string): number {
  const [, amount, unit] = /^([1-9][0-9]{0,4})([smhdw])$/.exec(text.trim()) ?? []
  const unitMs = unit === undefined ? undefined : unitsMs[unit]
  if (amount === undefined || unitMs === undefined) {
    throw new CliError('badTime', `"${text}" is no duration`, 'Write it as 30s, 90m, 2h, 3d or 1w.')
  }
  return Number(amount) * unitMs
}

/** How long ago, in the largest unit that fits: `3 s`, `12 min`, `5 h`, `9 days`. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000))
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`
  if (seconds < 172_800) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}
