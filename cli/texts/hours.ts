import { dayRunsOf, minutesPerDay } from '@mortise/access'
import type { WeekDaySchedule } from '@mortise/protocol/words'
import { CliError } from '#cli/errors.ts'

/** In the order of Matter's DaysMaskMap: bit 0 is Sunday. */
const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const everyDay = 0b111_1111

/**
 * Reads hours of the week at the door: `mon-fri 08:00-18:00, sat 22:00-06:00`. The end is not
 * included; hours that end before they start run past midnight.
 * @throws CliError `badTime`
 */
export function parseWeekHours(text: string): readonly WeekDaySchedule[] {
  const parts = text.toLowerCase().split(',')
  return parts.map((part) => {
    const [, dayText = '', startText = '', endText = ''] =
      /^\s*([a-z-]+)\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s*$/.exec(part) ?? []
    const [daysMask, start, end] = [parseDays(dayText), minuteOf(startText), minuteOf(endText)]
    if (daysMask === undefined || start === undefined || end === undefined) throw unreadable(part)
    // 24:00 is the end of a day, never its start, and nothing lasts from an hour to the same hour.
    if (start === minutesPerDay || start === end) throw unreadable(part)
    return { daysMask, startMinute: start, endMinute: (end + minutesPerDay - 1) % minutesPerDay }
  })
}

function unreadable(part: string): CliError {
  const nextStep = 'Write them as: mon-fri 08:00-18:00, sat 22:00-06:00'
  return new CliError('badTime', `"${part.trim()}" are no hours of a week`, nextStep)
}

/** `daily`, `mon`, or `fri-mon` from the first through the last, around the end of the week. */
function parseDays(text: string): number | undefined {
  if (text === 'daily') return everyDay
  const [first, last, ...more] = text
    .split('-')
    .map((name) => days.findIndex((day) => day === name))
  if (first === undefined || first < 0 || last === -1 || more.length > 0) return undefined
  const length = last === undefined ? 1 : ((last - first + 7) % 7) + 1
  const covered = Array.from({ length }, (_, step) => 1 << ((first + step) % 7))
  return covered.reduce((mask, bit) => mask | bit, 0)
}

function minuteOf(text: string): number | undefined {
  const [hours = Number.NaN, minutes = Number.NaN] = text.split(':').map(Number)
  const minute = hours * 60 + minutes
  return minutes < 60 && minute <= minutesPerDay ? minute : undefined
}

/** The same hours as they are read; days that follow each other are one range. */
export function formatWeekHours(schedules: readonly WeekDaySchedule[]): string {
  return schedules
    .flatMap((schedule) =>
      dayRanges(schedule.daysMask).map((range) => `${range} ${span(schedule)}`),
    )
    .join(', ')
}

function span({ startMinute, endMinute }: WeekDaySchedule): string {
  return `${clock(startMinute)}-${clock(endMinute + 1)}`
}

function clock(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

function dayRanges(daysMask: number): readonly string[] {
  if (daysMask === everyDay) return ['daily']
  return dayRunsOf(daysMask).map(({ first, last }) =>
    first === last ? nameOf(first) : `${nameOf(first)}-${nameOf(last)}`,
  )
}

function nameOf(day: number): string {
  return days[day] ?? ''
}
