import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { seedOf } from '@mortise/access/testing'
import { CliError } from '#cli/errors.ts'
import { formatWeekHours, parseWeekHours } from './hours.ts'

suite('hours of a week', () => {
  const table: readonly (readonly [
    text: string,
    daysMask: number,
    startMinute: number,
    endMinute: number,
    written: string,
  ])[] = [
    ['mon-fri 08:00-18:00', 0b011_1110, 480, 1079, 'mon-fri 08:00-18:00'],
    ['SAT 22:00 - 6:00', 0b100_0000, 1320, 359, 'sat 22:00-06:00'],
    ['daily 00:00-24:00', 0b111_1111, 0, 1439, 'daily 00:00-24:00'],
    ['mon-sun 9:30-10:00', 0b111_1111, 570, 599, 'daily 09:30-10:00'],
    ['sun 23:00-00:00', 0b000_0001, 1380, 1439, 'sun 23:00-24:00'],
    ['sat-mon 10:00-12:00', 0b100_0011, 600, 719, 'mon 10:00-12:00, sat-sun 10:00-12:00'],
  ]
  for (const [text, daysMask, startMinute, endMinute, written] of table) {
    test(`"${text}" is shown as "${written}"`, () => {
      const schedules = parseWeekHours(text)
      assert.deepEqual(schedules, [{ daysMask, startMinute, endMinute }])
      assert.equal(formatWeekHours(schedules), written)
    })
  }

  for (const text of [
    '',
    'mon',
    '08:00-18:00',
    'mon 08:00',
    'mon 08:00-08:00',
    'mon 24:00-06:00',
    'mon 08:60-09:00',
    'mon 08:00-24:01',
    'someday 08:00-09:00',
    'mon-tue-wed 08:00-09:00',
    'mon- 08:00-09:00',
    'mon 08:00-09:00,',
  ]) {
    test(`"${text}" are none`, () => {
      assert.throws(
        () => parseWeekHours(text),
        (error) => error instanceof CliError && error.code === 'badTime',
      )
    })
  }

  test('whatever is shown can be read, and means the same minutes', (context) => {
    const schedule = fc
      .record({
        daysMask: fc.integer({ min: 1, max: 127 }),
        startMinute: fc.integer({ min: 0, max: 1439 }),
        endMinute: fc.integer({ min: 0, max: 1439 }),
      })
      // The whole day from any hour but midnight cannot be written in one part.
      .filter(
        ({ startMinute, endMinute }) => (endMinute + 1) % 1440 !== startMinute || startMinute === 0,
      )
    fc.assert(
      fc.property(fc.array(schedule, { minLength: 1, maxLength: 4 }), (schedules) => {
        const shown = formatWeekHours(schedules)
        const read = parseWeekHours(shown)
        assert.equal(formatWeekHours(read), shown)
        for (const { startMinute, endMinute, daysMask } of schedules) {
          const same = read.filter(
            (one) => one.startMinute === startMinute && one.endMinute === endMinute,
          )
          const covered = same.reduce((mask, one) => mask | one.daysMask, 0)
          assert.equal(covered & daysMask, daysMask, shown)
        }
      }),
      { seed: seedOf(context) },
    )
  })
})
