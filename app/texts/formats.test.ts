import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFormats } from '#app/texts/formats.ts'
import { nowMs } from '#app/testing/samples.ts'

const berlin = createFormats('en-GB', 'Europe/Berlin')
const at = (iso: string): number => Date.parse(iso)

test('ages are rounded down and never negative', () => {
  const cases = [
    [-5_000, '0 secs'],
    [4_999, '4 secs'],
    [59_999, '59 secs'],
    [60_000, '1 min'],
    [3_599_999, '59 mins'],
    [3_600_000, '1 hr'],
    [47 * 3_600_000, '47 hrs'],
    [48 * 3_600_000, '2 days'],
  ] as const
  for (const [spanMs, expected] of cases) assert.equal(berlin.age(spanMs), expected)
})

test('days are days of the door, also on the day that has 25 hours', () => {
  const cases = [
    [at('2025-11-06T22:59:00Z'), nowMs, 'Today'],
    [at('2025-11-06T23:00:00Z'), nowMs, 'Tomorrow'],
    [at('2025-11-05T23:00:00Z'), nowMs, 'Today'],
    [at('2025-11-05T22:59:00Z'), nowMs, 'Yesterday'],
    [at('2025-11-03T12:00:00Z'), nowMs, 'Monday 3 November'],
    [at('2024-11-03T12:00:00Z'), nowMs, '3 Nov 2024'],
    // Half past midnight and half past eleven of Sunday 26 October are one day, 24 hours apart.
    [at('2025-10-25T22:30:00Z'), at('2025-10-26T22:30:00Z'), 'Today'],
    [at('2025-10-25T21:30:00Z'), at('2025-10-26T22:30:00Z'), 'Yesterday'],
  ] as const
  for (const [atMs, now, expected] of cases) {
    assert.equal(berlin.day(atMs, now), expected, new Date(atMs).toISOString())
  }
})

test('both halves of the repeated hour show the wall’s time', () => {
  assert.equal(berlin.time(at('2025-10-26T00:30:00Z')), '02:30')
  assert.equal(berlin.time(at('2025-10-26T01:30:00Z')), '02:30')
  assert.equal(berlin.time(at('2025-10-26T02:30:00Z')), '03:30')
})

test('spans name the day once when they end on it', () => {
  const hour = berlin.span(nowMs, nowMs + 3_600_000, nowMs)
  assert.equal(hour, 'Today 18:42 – 19:42')
  const weekend = berlin.span(at('2025-11-07T23:00:00Z'), at('2025-11-09T23:00:00Z'), nowMs)
  assert.equal(weekend, 'Sat 8 Nov 00:00 – Mon 10 Nov 00:00')
})

test('the same instant in two doors’ zones', () => {
  assert.equal(createFormats('en-GB', 'Asia/Kathmandu').time(nowMs), '23:27')
  assert.equal(createFormats('en-US', 'America/New_York').time(nowMs), '12:42 PM')
})

test('plurals follow the language, and numbers its grouping', () => {
  const forms = { one: '# entry', other: '# entries' }
  assert.equal(berlin.plural(1, forms), '1 entry')
  assert.equal(berlin.plural(1_200, forms), '1,200 entries')
  assert.equal(berlin.plural(0, forms), '0 entries')
  const polish = createFormats('pl', 'Europe/Warsaw')
  const wpis = { one: '# wpis', few: '# wpisy', many: '# wpisów', other: '# wpisu' }
  const spoken = [1, 3, 5, 22, 25].map((count) => polish.plural(count, wpis))
  assert.deepEqual(spoken, ['1 wpis', '3 wpisy', '5 wpisów', '22 wpisy', '25 wpisów'])
})
