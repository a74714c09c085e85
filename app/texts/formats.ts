import { wallTimeOf } from '#app/time/wall-time.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Instants and spans as words, in one locale and one named time zone. All arguments are milliseconds. */
export interface Formats {
  readonly timeZone: string
  /** "18:42" */
  readonly time: (atMs: number) => string
  /** "18:42:07" */
  readonly timeToSecond: (atMs: number) => string
  /** "4 s", "3 min", "2 h", "5 days": for "… ago". */
  readonly age: (spanMs: number) => string
  /** "in 4 seconds", spoken: for screen readers. */
  readonly left: (spanMs: number) => string
  /** "Today", "Yesterday", "Monday 3 November", with the year when it is another one. */
  readonly day: (atMs: number, nowMs: number) => string
  /** "today 18:42", "3 Nov 18:42". */
  readonly moment: (atMs: number, nowMs: number) => string
  /** "Today 14:00 – 15:00", "Fri 7 Nov 14:00 – Sun 9 Nov 18:00". */
  readonly span: (fromMs: number, untilMs: number, nowMs: number) => string
  readonly date: (atMs: number) => string
  /** "Mon"; 0 is Sunday. */
  readonly weekday: (day: number) => string
  /** "24–26 Dec 2026", of minutes of a wall clock since 1970, both included; with hours where days are not whole. */
  readonly days: (fromMinute: number, toMinute: number) => string
  /** "08:00", of minutes since midnight, in no time zone. */
  readonly clock: (minute: number) => string
  readonly number: (value: number) => string
  readonly list: (items: readonly string[]) => string
  readonly plural: (count: number, forms: PluralForms) => string
}

/** `other` is always needed; `#` stands for the number. */
export interface PluralForms {
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

/** @param timeZone IANA name; the door's, so that a traveller reads the door's own hours. */
export function createFormats(locale: string, timeZone: string): Formats {
  const parts = createIntl(locale, timeZone)
  const dayKey = (atMs: number): string => dayKeyOf(atMs, timeZone)

  const daysApart = (atMs: number, nowMs: number): number =>
    Math.round((Date.parse(dayKey(atMs)) - Date.parse(dayKey(nowMs))) / dayMs)

  const dayName = (atMs: number, nowMs: number, long: boolean): string => {
    const apart = daysApart(atMs, nowMs)
    if (Math.abs(apart) <= 1) return parts.relativeDay.format(apart, 'day')
    const sameYear = dayKey(atMs).slice(0, 4) === dayKey(nowMs).slice(0, 4)
    if (!sameYear) return parts.dayWithYear.format(atMs)
    return (long ? parts.dayLong : parts.dayShort).format(atMs)
  }

  const time = (atMs: number): string => parts.time.format(atMs)
  const moment = (atMs: number, nowMs: number): string =>
    `${dayName(atMs, nowMs, false)} ${time(atMs)}`

  return {
    timeZone,
    time,
    timeToSecond: (atMs) => parts.timeToSecond.format(atMs),
    age: (spanMs) => spanWords(parts.unit, spanMs, 'short'),
    left: (spanMs) => spanWords(parts.unit, spanMs, 'long'),
    day: (atMs, nowMs) => capitalised(dayName(atMs, nowMs, true), locale),
    moment,
    span: (fromMs, untilMs, nowMs) => {
      const from = capitalised(moment(fromMs, nowMs), locale)
      // A window ends before `untilMs`, so one until midnight still ends on the day before.
      const sameDay = dayKey(fromMs) === dayKey(untilMs)
      return `${from} – ${sameDay ? time(untilMs) : moment(untilMs, nowMs)}`
    },
    date: (atMs) => parts.date.format(atMs),
    // The first day of 2023 was a Sunday.
    weekday: (day) => parts.weekday.format(Date.UTC(2023, 0, 1 + day)),
    days: (fromMinute, toMinute) => {
      const [from, until] = [fromMinute * minuteMs, (toMinute + 1) * minuteMs]
      return from % dayMs === 0 && until % dayMs === 0
        ? parts.days.formatRange(from, until - dayMs)
        : parts.hours.formatRange(from, until)
    },
    clock: (minute) => parts.clock.format(minute * minuteMs),
    number: (value) => parts.number.format(value),
    list: (items) => parts.list.format(items),
    plural: (count, forms) =>
      (forms[pluralKey(parts.plural.select(count))] ?? forms.other).replaceAll(
        '#',
        parts.number.format(count),
      ),
  }
}

type UnitFormat = (value: number, unit: string, width: 'short' | 'long') => string

function createIntl(locale: string, timeZone: string) {
  const dateTime = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone })
  const wallTime = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
  const unit: UnitFormat = (value, name, unitDisplay) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay }).format(value)
  return {
    time: dateTime({ hour: '2-digit', minute: '2-digit' }),
    timeToSecond: dateTime({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    dayLong: dateTime({ weekday: 'long', day: 'numeric', month: 'long' }),
    dayShort: dateTime({ weekday: 'short', day: 'numeric', month: 'short' }),
    dayWithYear: dateTime({ day: 'numeric', month: 'short', year: 'numeric' }),
    date: dateTime({ day: 'numeric', month: 'long', year: 'numeric' }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }),
    days: wallTime({ day: 'numeric', month: 'short', year: 'numeric' }),
    hours: wallTime({
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    }),
    clock: new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'UTC',
    }),
    relativeDay: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    number: new Intl.NumberFormat(locale),
    list: new Intl.ListFormat(locale, { type: 'conjunction' }),
    plural: new Intl.PluralRules(locale),
    unit,
  }
}

/** The largest unit that is full, rounded down: an age is never said to be older than it is. */
function spanWords(unit: UnitFormat, spanMs: number, width: 'short' | 'long'): string {
  const span = Math.max(0, spanMs)
  if (span < minuteMs) return unit(Math.floor(span / secondMs), 'second', width)
  if (span < hourMs) return unit(Math.floor(span / minuteMs), 'minute', width)
  if (span < 2 * dayMs) return unit(Math.floor(span / hourMs), 'hour', width)
  return unit(Math.floor(span / dayMs), 'day', width)
}

/** The day that an instant falls on in a time zone, as `2026-10-25`. */
export function dayKeyOf(atMs: number, timeZone: string): string {
  return wallTimeOf(atMs, timeZone).slice(0, 10)
}

function capitalised(text: string, locale: string): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1)
}

/** Intl may name `zero`, which no language of ours needs apart from `other`. */
function pluralKey(rule: Intl.LDMLPluralRule): keyof PluralForms {
  return rule === 'zero' ? 'other' : rule
}
