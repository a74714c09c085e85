import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { WeekDaySchedule } from '@mortise/protocol/words'
import { clockChanges, instantsOf } from '#access/calendar.ts'
import { inWeekDaySchedule, inYearDaySchedule } from '#access/schedule.ts'
import { temporalWallClock } from '#access/wall-clock.ts'

const minuteMs = 60_000
const firstYear = Date.UTC(2020, 0, 1)
const lastYear = Date.UTC(2041, 0, 1)

/** Every instant of these years at which the clocks of a zone are set, as the time-zone data has it. */
function transitionsOf(zone: string): readonly number[] {
  const transitions: number[] = []
  let there = Temporal.Instant.fromEpochMilliseconds(firstYear).toZonedDateTimeISO(zone)
  for (;;) {
    const next = there.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= lastYear) return transitions
    transitions.push(next.epochMilliseconds)
    there = next
  }
}

/** The same question asked of Temporal in words: which day, which time of day. */
function isOpenByTemporal(schedule: WeekDaySchedule, zone: string, ms: number): boolean {
  const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
  const minute = there.hour * 60 + there.minute
  const isOn = (day: number): boolean => ((schedule.daysMask >> (day % 7)) & 1) === 1
  const { startMinute, endMinute } = schedule
  if (startMinute <= endMinute) {
    return isOn(there.dayOfWeek) && startMinute <= minute && minute <= endMinute
  }
  return (
    (isOn(there.dayOfWeek) && minute >= startMinute) ||
    (isOn(there.dayOfWeek + 6) && minute <= endMinute)
  )
}

const zones = Intl.supportedValuesOf('timeZone')
/** Around each change: the hour before and after it, to the minute where it matters. */
const asides = [-181, -121, -61, -60, -31, -1, 0, 1, 29, 30, 59, 60, 61, 119, 120, 180]
const schedules: readonly WeekDaySchedule[] = [
  { daysMask: 0b000_0001, startMinute: 0, endMinute: 1439 },
  { daysMask: 0b111_1111, startMinute: 90, endMinute: 179 },
  { daysMask: 0b100_0001, startMinute: 1380, endMinute: 149 },
  { daysMask: 0b011_1110, startMinute: 120, endMinute: 120 },
]

describe('every daylight-saving change of every zone, 2020 to 2040', () => {
  test('week-day schedules follow the clock on the wall', (t) => {
    let changes = 0
    for (const zone of zones) {
      const wallClock = temporalWallClock(zone)
      for (const transition of transitionsOf(zone)) {
        changes += 1
        for (const aside of asides) {
          const ms = transition + aside * minuteMs
          for (const schedule of schedules) {
            const open = inWeekDaySchedule(schedule, wallClock(ms))
            if (open !== isOpenByTemporal(schedule, zone, ms)) {
              assert.fail(`${zone} ${new Date(ms).toISOString()} ${JSON.stringify(schedule)}`)
            }
          }
        }
      }
    }
    t.diagnostic(`${changes} changes in ${zones.length} zones`)
    assert.ok(changes > 4000)
  })

  test('the calendar finds each change, to the minute', () => {
    for (const zone of zones) {
      const wallClock = temporalWallClock(zone)
      for (const transition of transitionsOf(zone)) {
        const from = transition - 40_000_000
        const found = clockChanges(wallClock, from, transition + 40_000_000)
        const offset = (ms: number): number => wallClock(ms) - Math.floor(ms / minuteMs)
        // Some entries of the data change a name and no clock.
        if (offset(transition) === offset(transition - 1)) continue
        assert.ok(found.includes(transition), `${zone} ${new Date(transition).toISOString()}`)
      }
    }
  })
})

describe('one night in Berlin', () => {
  const wallClock = temporalWallClock('Europe/Berlin')
  const spring = Date.UTC(2026, 2, 29, 1)
  const autumn = Date.UTC(2026, 9, 25, 1)
  const localMinute = (text: string): number => Date.parse(`${text}Z`) / minuteMs

  test('a minute that is skipped has no instant, one that comes twice has two', () => {
    assert.deepEqual(instantsOf(wallClock, localMinute('2026-03-29T02:30')), [])
    assert.deepEqual(instantsOf(wallClock, localMinute('2026-10-25T02:30')), [
      autumn - 30 * minuteMs,
      autumn + 30 * minuteMs,
    ])
    assert.deepEqual(instantsOf(wallClock, localMinute('2026-03-29T03:00')), [spring])
  })

  test('a window of an hour is two hours long when the clock is set back over it', () => {
    const window = { daysMask: 1, startMinute: 120, endMinute: 179 }
    const minutes = Array.from({ length: 300 }, (_, index) => autumn + (index - 150) * minuteMs)
    const open = minutes.filter((ms) => inWeekDaySchedule(window, wallClock(ms)))
    assert.equal(open.length, 120)
  })

  test('and none when it is skipped', () => {
    const window = { daysMask: 1, startMinute: 120, endMinute: 179 }
    const minutes = Array.from({ length: 300 }, (_, index) => spring + (index - 150) * minuteMs)
    assert.ok(!minutes.some((ms) => inWeekDaySchedule(window, wallClock(ms))))
  })

  test('the last minute counts to its end', () => {
    const june = {
      startLocalMinute: localMinute('2026-06-01T09:00'),
      endLocalMinute: localMinute('2026-06-01T16:59'),
    }
    const at = (text: string): boolean => inYearDaySchedule(june, wallClock(Date.parse(text)))
    assert.deepEqual(
      ['06:59:59.999', '07:00:00', '14:59:59.999', '15:00:00'].map((time) =>
        at(`2026-06-01T${time}Z`),
      ),
      [false, true, true, false],
    )
  })

  test('a leap day is a day', () => {
    const saturday = { daysMask: 0b100_0000, startMinute: 0, endMinute: 1439 }
    const leapDay = (year: number) =>
      inWeekDaySchedule(saturday, wallClock(Date.UTC(year, 1, 29, 12)))
    assert.deepEqual([2020, 2024, 2028, 2032].map(leapDay), [true, false, false, false])
  })

  test('a door that moves to another zone keeps its hours by the new wall', () => {
    const morning = { daysMask: 127, startMinute: 540, endMinute: 599 }
    const ms = Date.UTC(2026, 5, 1, 7, 30)
    assert.equal(inWeekDaySchedule(morning, wallClock(ms)), true)
    assert.equal(inWeekDaySchedule(morning, temporalWallClock('Europe/London')(ms)), false)
  })
})
