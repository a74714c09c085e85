import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysAhead } from '#app/state/model/access/week-ahead.ts'
import { judgeWeek, rowsOf } from '#app/state/model/access/week.ts'
import { pictureOf } from '#app/state/model/access/week-picture.ts'

const berlin = 'Europe/Berlin'

test('rows become schedules, and schedules rows again', () => {
  const rows = [
    { days: [1, 2, 3, 4, 5], from: '08:00', until: '18:00' },
    { days: [6], from: '22:00', until: '02:00' },
    { days: [0], from: '00:00', until: '00:00' },
  ]
  const schedules = judgeWeek(rows)
  assert.deepEqual(schedules, [
    { daysMask: 0b011_1110, startMinute: 480, endMinute: 1079 },
    { daysMask: 0b100_0000, startMinute: 1320, endMinute: 119 },
    { daysMask: 0b000_0001, startMinute: 0, endMinute: 1439 },
  ])
  assert.ok(typeof schedules !== 'string')
  assert.deepEqual(rowsOf(schedules), rows)
})

test('a night is drawn on both of its days, and hours that touch are one bar', () => {
  const days = pictureOf([
    { daysMask: 0b100_0000, startMinute: 1320, endMinute: 119 },
    { daysMask: 0b000_0001, startMinute: 120, endMinute: 179 },
  ])
  assert.deepEqual(
    days.map(({ day }) => day),
    [1, 2, 3, 4, 5, 6, 0],
  )
  assert.deepEqual(days[5]?.spans, [{ from: 1320, to: 1440 }])
  assert.deepEqual(days[6]?.spans, [{ from: 0, to: 180 }])
})

test('the coming week begins today, and shows the wall’s hours on a night of 25 hours', () => {
  // Thursday 2026-10-22 in Berlin; the clocks go back on Sunday.
  const thursday = Date.parse('2026-10-22T10:00:00Z')
  const spans = [
    { fromMs: Date.parse('2026-10-24T20:00:00Z'), toMs: Date.parse('2026-10-25T05:00:00Z') },
  ]
  const days = daysAhead(thursday, berlin, () => spans)
  assert.deepEqual(
    days.map(({ day }) => day),
    [4, 5, 6, 0, 1, 2, 3],
  )
  assert.deepEqual(days[2]?.spans, [{ from: 1320, to: 1440 }])
  assert.deepEqual(days[3]?.spans, [{ from: 0, to: 360 }])
})
