/**
 * What a clock on the door's wall shows at an instant, as whole minutes since 1970-01-01T00:00 of
 * the calendar there. Schedules are kept in this time, so that nine o'clock stays nine o'clock when
 * daylight saving begins. One hour of each year has two instants for each of its minutes, and one
 * has none.
 * @param instantMs milliseconds since 1970 in universal time
 */
export type WallClock = (instantMs: number) => number

export const minutesPerDay = 24 * 60
const minuteMs = 60_000
const nanosecondsPerMs = 1_000_000

/** The wall clock of a named time zone, by the time-zone data of `Temporal`. */
export function temporalWallClock(timeZone: string): WallClock {
  return (instantMs) => {
    const there = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone)
    return Math.floor((instantMs + there.offsetNanoseconds / nanosecondsPerMs) / minuteMs)
  }
}

/** Days since 1970 on the wall. */
export function localDayOf(localMinute: number): number {
  return Math.floor(localMinute / minutesPerDay)
}

/** 0 is Sunday, as in Matter's DaysMaskMap. 1970 began with a Thursday. */
export function weekDayOf(localDay: number): number {
  return (((localDay + 4) % 7) + 7) % 7
}
