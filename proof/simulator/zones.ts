/** Where the doors of the worlds stand: north, south, half hours, and none that changes its clock. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Europe/London',
  'America/Santiago',
  'UTC',
] as const

export function zoneOf(seed: number): string {
  return zones[seed % zones.length] ?? 'UTC'
}

/** The instants at which the clock on the wall is set forward or back. */
export function clockChanges(timeZone: string, fromMs: number, toMs: number): readonly number[] {
  const changes: number[] = []
  let from = Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone)
  for (;;) {
    const next = from.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= toMs) return changes
    changes.push(next.epochMilliseconds)
    from = next
  }
}
