import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Policy, User } from '@mortise/protocol/words'
import { noUsage } from '#access/situation.ts'
import type { Usage } from '#access/situation.ts'
import { clockChanges, instantsOf, turningPoints } from '#access/calendar.ts'
import { localDayOf, minutesPerDay, temporalWallClock } from '#access/wall-clock.ts'
import { person, policyOf } from '#access/testing/index.ts'

const hourMs = 3_600_000
const berlin = temporalWallClock('Europe/Berlin')
/** Monday 2026-06-01 00:00 in Berlin. */
const monday = Date.UTC(2026, 4, 31, 22)
const mondayMinute = localDayOf(berlin(monday)) * minutesPerDay
const settings = policyOf([]).settings
/** From nine until five. */
const office = { daysMask: 0b000_0010, startMinute: 540, endMinute: 1019 }
const dated = { startLocalMinute: mondayMinute + 540, endLocalMinute: mondayMinute + 1019 }

/** The hours of that Monday at which something may change. */
function hoursOf(
  fields: Partial<Policy>,
  userFields: Partial<User>,
  untilMs?: number,
  usage: Usage = noUsage,
) {
  const { user } = person(2, 'guest', userFields)
  const until = untilMs === undefined ? {} : { operatingModeUntilMs: untilMs }
  const situation = { wallClock: berlin, usageOf: () => usage, ...until }
  const policy = policyOf([user], fields)
  return turningPoints(policy, user, situation, monday, monday + 24 * hourMs).map(
    (ms) => (ms - monday) / hourMs,
  )
}

const rows: readonly (readonly [
  what: string,
  policy: Partial<Policy>,
  user: Partial<User>,
  hours: readonly number[],
  untilHour?: number,
])[] = [
  ['nights, in which no face opens alone', {}, {}, [0, 6, 22]],
  ['hours of a person', {}, { weekDaySchedules: [office] }, [0, 6, 9, 17, 22]],
  ['hours that hold the door open', { passageSchedules: [office] }, {}, [0, 6, 9, 17, 22]],
  [
    'quiet hours',
    { settings: { ...settings, quietHours: { roles: ['guest'], schedules: [office] } } },
    {},
    [0, 6, 9, 17, 22],
  ],
  ['a stretch of a person', {}, { yearDaySchedules: [dated] }, [0, 6, 9, 17, 22]],
  ['a holiday', { holidaySchedules: [{ name: 'x', ...dated }] }, {}, [0, 6, 9, 17, 22]],
  [
    'a stay',
    {},
    { validity: { notBeforeMs: monday + hourMs, notAfterMs: monday + 2 * hourMs } },
    [0, 1, 2, 6, 22],
  ],
  ['the end of a mode', {}, {}, [0, 6, 7, 22], 7],
  ['a mode that ends when the span begins', {}, {}, [0, 6, 22], 0],
  ['a mode that ends with the span', {}, {}, [0, 6, 22], 24],
]

describe('what may change on a Monday:', () => {
  for (const [what, policy, user, hours, untilHour] of rows) {
    test(what, () => {
      const untilMs = untilHour === undefined ? undefined : monday + untilHour * hourMs
      assert.deepEqual(hoursOf(policy, user, untilMs), hours)
    })
  }

  test('the end of the time from the first use', () => {
    const piet = { userType: 'expiringUser', expiringUserTimeout: 120 } as const
    const usage = { uses: 1, firstUseMs: monday + hourMs }
    assert.deepEqual(hoursOf({}, piet, undefined, usage), [0, 3, 6, 22])
    assert.deepEqual(hoursOf({}, piet), [0, 6, 22])
  })

  test('midnight between two days, and the hour that is set back', () => {
    const { user } = person(2, 'guest')
    const fromMs = Date.UTC(2026, 9, 24, 21)
    const points = turningPoints(
      policyOf([user]),
      user,
      { wallClock: berlin, usageOf: () => noUsage },
      fromMs,
      fromMs + 6 * hourMs,
    )
    assert.deepEqual(
      points.map((ms) => (ms - fromMs) / hourMs),
      [0, 1, 4],
    )
  })
})

test('midnight counts each time that the wall shows it, also where the clock is set back over it', () => {
  const wallClock = temporalWallClock('America/St_Johns')
  const { user } = person(2, 'guest')
  const situation = { wallClock, usageOf: () => noUsage }
  // At 00:01 the clocks of Newfoundland were set back to 23:01.
  const fromMs = Date.UTC(2010, 10, 7, 2, 0)
  const toMs = Date.UTC(2010, 10, 7, 2, 40)
  const points = turningPoints(policyOf([user]), user, situation, fromMs, toMs)
  assert.deepEqual(
    points.map((ms) => (ms - fromMs) / 60_000),
    [0, 30, 31],
  )
})

const local = (
  ...[year, month, day, hour, minute]: readonly [number, number, number, number, number]
) => Date.UTC(year, month - 1, day, hour, minute) / 60_000
const shown: readonly (readonly [
  what: string,
  zone: string,
  localMinute: number,
  ...utc: readonly string[],
])[] = [
  ['once', 'Europe/Berlin', local(2026, 6, 1, 0, 0), '2026-05-31T22:00'],
  [
    'twice east of Greenwich',
    'Europe/Berlin',
    local(2026, 10, 25, 2, 30),
    '2026-10-25T00:30',
    '2026-10-25T01:30',
  ],
  [
    'twice west of it',
    'America/New_York',
    local(2026, 11, 1, 1, 30),
    '2026-11-01T05:30',
    '2026-11-01T06:30',
  ],
  ['never', 'Europe/Berlin', local(2026, 3, 29, 2, 30)],
  [
    'once after a day that a country skipped',
    'Pacific/Apia',
    local(2011, 12, 31, 0, 30),
    '2011-12-30T10:30',
  ],
]

for (const [what, zone, localMinute, ...utc] of shown) {
  test(`a minute that the wall shows ${what}`, () => {
    const instants = instantsOf(temporalWallClock(zone), localMinute)
    assert.deepEqual(
      instants.map((ms) => new Date(ms).toISOString().slice(0, 16)),
      utc,
    )
  })
}

describe('the clock on the wall is set', () => {
  const back = Date.UTC(2026, 9, 25, 1)
  const spans: readonly (readonly [what: string, from: number, to: number, ...at: number[]])[] = [
    ['twice a year', Date.UTC(2026, 0, 1), Date.UTC(2026, 11, 31), Date.UTC(2026, 2, 29, 1), back],
    ['half a minute after the span begins', back - 30_000, back + hourMs, back],
    ['half a minute before it ends', back - hourMs, back + 30_000, back],
    ['when it ends', back - hourMs, back, back],
    ['half a minute after it ends', back - hourMs, back - 30_000],
    ['never in it', back, back + 24 * hourMs],
  ]
  for (const [what, from, to, ...at] of spans) {
    test(what, () => assert.deepEqual(clockChanges(berlin, from, to), at))
  }
})
