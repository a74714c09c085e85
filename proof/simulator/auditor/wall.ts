import type { WeekDaySchedule, YearDaySchedule } from '@mortise/protocol/words'

const readers = new Map<string, Intl.DateTimeFormat>()

/** Minutes since 1970 on the wall behind the door, by `Intl`; the lock asks `Temporal`. */
export function wallMinute(timeZone: string, timeMs: number): number {
  const reader = readers.get(timeZone) ?? newReader(timeZone)
  readers.set(timeZone, reader)
  const shown = new Map(reader.formatToParts(timeMs).map(({ type, value }) => [type, value]))
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(shown.get(type))
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) / 60_000
}

function newReader(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit'
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
  })
}

export const minutesADay = 1440

export function isInWeek(schedules: readonly WeekDaySchedule[] | undefined, wall: number): boolean {
  const day = Math.floor(wall / minutesADay)
  const minute = wall % minutesADay
  // 1 January 1970 was a Thursday.
  const isOn = (mask: number, which: number): boolean => (mask & (1 << ((which + 4) % 7))) !== 0
  return (schedules ?? []).some(({ daysMask, startMinute, endMinute }) => {
    if (startMinute <= endMinute) {
      return isOn(daysMask, day) && minute >= startMinute && minute <= endMinute
    }
    const isEvening = isOn(daysMask, day) && minute >= startMinute
    return isEvening || (isOn(daysMask, day - 1) && minute <= endMinute)
  })
}

export function isInYear(schedules: readonly YearDaySchedule[] | undefined, wall: number): boolean {
  return (schedules ?? []).some(
    ({ startLocalMinute, endLocalMinute }) => wall >= startLocalMinute && wall <= endLocalMinute,
  )
}
