import { daysOfWeek, minutesPerDay } from '@mortise/access'
import type { WeekDaySchedule } from '@mortise/protocol/words'

/** A row of the form: some days, and from when until when on each of them. */
export interface WeekRow {
  /** 0 is Sunday, as in Matter's DaysMaskMap. */
  readonly days: readonly number[]
  /** As the browser's time fields write it: `08:00`. */
  readonly from: string
  /** The end itself is not included; before the start it means the next day. */
  readonly until: string
}

/** More rows than a person can read at once; the lock takes more (`limits.schedulesPerUserMax`). */
export const weekRowsMax = 7

export const usualRow: WeekRow = { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' }

export type WeekProblem = 'daysMissing' | 'hoursMissing' | 'hoursSame' | 'hoursTwice'

/** What the rows mean, or the first thing that is wrong with them. */
export function judgeWeek(rows: readonly WeekRow[]): readonly WeekDaySchedule[] | WeekProblem {
  const schedules: WeekDaySchedule[] = []
  for (const row of rows) {
    const schedule = judgeRow(row)
    if (typeof schedule === 'string') return schedule
    if (schedules.some((one) => isSame(one, schedule))) return 'hoursTwice'
    schedules.push(schedule)
  }
  return schedules.length === 0 ? 'daysMissing' : schedules
}

function judgeRow({ days, from, until }: WeekRow): WeekDaySchedule | WeekProblem {
  if (days.length === 0) return 'daysMissing'
  const [start, end] = [minuteOf(from), minuteOf(until)]
  if (start === null || end === null) return 'hoursMissing'
  // From midnight to midnight is the whole day; any other hour to itself is nothing.
  if (start === end && start !== 0) return 'hoursSame'
  const daysMask = days.reduce((mask, day) => mask | (1 << day), 0)
  return { daysMask, startMinute: start, endMinute: (end + minutesPerDay - 1) % minutesPerDay }
}

function isSame(one: WeekDaySchedule, other: WeekDaySchedule): boolean {
  return (
    one.daysMask === other.daysMask &&
    one.startMinute === other.startMinute &&
    one.endMinute === other.endMinute
  )
}

function minuteOf(time: string): number | null {
  const [, hours = '', minutes = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? []
  return hours === '' ? null : Number(hours) * 60 + Number(minutes)
}

/** Schedules as rows of the form. */
export function rowsOf(schedules: readonly WeekDaySchedule[]): readonly WeekRow[] {
  return schedules.map(({ daysMask, startMinute, endMinute }) => ({
    days: daysOfWeek.filter((day) => (daysMask & (1 << day)) !== 0),
    from: timeOf(startMinute),
    until: timeOf((endMinute + 1) % minutesPerDay),
  }))
}

function timeOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}
