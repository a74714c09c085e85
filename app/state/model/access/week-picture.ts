import { daysOfWeek, minutesPerDay } from '@mortise/access'
import type { WeekDaySchedule } from '@mortise/protocol/words'

/** A stretch of one day, in minutes since its midnight; the end is not included. */
export interface DaySpan {
  readonly from: number
  readonly to: number
}

/** One day of a drawn week. */
export interface WeekDay {
  /** 0 is Sunday. */
  readonly day: number
  readonly spans: readonly DaySpan[]
}

/** The week that schedules make, day by day: what runs past midnight is drawn on both days. */
export function pictureOf(schedules: readonly WeekDaySchedule[]): readonly WeekDay[] {
  return daysOfWeek.map((day) => {
    const yesterday = (day + 6) % 7
    const spans = schedules.flatMap(({ daysMask, startMinute, endMinute }): readonly DaySpan[] => {
      const overnight = endMinute < startMinute
      const begins = (daysMask & (1 << day)) !== 0
      const lastsOver = overnight && (daysMask & (1 << yesterday)) !== 0
      return [
        ...(lastsOver ? [{ from: 0, to: endMinute + 1 }] : []),
        ...(begins ? [{ from: startMinute, to: overnight ? minutesPerDay : endMinute + 1 }] : []),
      ]
    })
    return { day, spans: joined(spans) }
  })
}

/** In their order, those that touch as one. */
export function joined(spans: readonly DaySpan[]): readonly DaySpan[] {
  const all: DaySpan[] = []
  for (const span of spans.toSorted((left, right) => left.from - right.from)) {
    const last = all.at(-1)
    if (last !== undefined && span.from <= last.to) {
      all[all.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    } else {
      all.push(span)
    }
  }
  return all
}
