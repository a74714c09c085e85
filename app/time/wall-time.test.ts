import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seedOf } from '#app/testing/seed.ts'
import { addDays, instantOf, wallTimeOf, weekdayOf } from '#app/time/wall-time.ts'

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Pacific/Chatham',
  'UTC',
]

test('wall times across clock changes, hole and repetition included', () => {
  const cases = [
    // Berlin goes back at 03:00 on 26 October 2025: 02:30 comes twice, the first one counts.
    ['2025-10-26T02:30', 'Europe/Berlin', '2025-10-26T00:30:00Z'],
    ['2025-10-26T03:00', 'Europe/Berlin', '2025-10-26T02:00:00Z'],
    // Berlin goes forward at 02:00 on 30 March 2025: 02:30 does not exist.
    ['2025-03-30T02:30', 'Europe/Berlin', '2025-03-30T01:30:00Z'],
    ['2025-03-30T03:00', 'Europe/Berlin', '2025-03-30T01:00:00Z'],
    // Lord Howe moves by half an hour.
    ['2025-10-05T02:15', 'Australia/Lord_Howe', '2025-10-04T15:45:00Z'],
    ['2025-06-01T12:00', 'Asia/Kathmandu', '2025-06-01T06:15:00Z'],
  ] as const
  for (const [wallTime, zone, expected] of cases) {
    const instantMs = instantOf(wallTime, zone)
    assert.equal(new Date(instantMs ?? 0).toISOString(), expected.replace('Z', '.000Z'), wallTime)
  }
})

test('texts that are no wall time are no instant', () => {
  for (const text of ['', '2025-10-26', '2025-13-01T00:00', '2025-10-26T02:30:00', 'tomorrow']) {
    assert.equal(instantOf(text, 'Europe/Berlin'), null, text)
  }
})

test('agrees with Temporal on instants and wall times of the years 1990 to 2060', (context) => {
  const instant = fc.integer({
    min: Date.parse('1990-01-01T00:00:00Z'),
    max: Date.parse('2060-01-01T00:00:00Z'),
  })
  const property = fc.property(instant, fc.constantFrom(...zones), (atMs, zone) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone)
    const wall = zoned.toPlainDateTime().toString({ smallestUnit: 'minute' })
    assert.equal(wallTimeOf(atMs, zone), wall)
    const back = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds
    assert.equal(instantOf(wall, zone), back)
  })
  fc.assert(property, { seed: seedOf(context), numRuns: 400 })
})

test('agrees with Temporal in every quarter of an hour around the changes of a year', () => {
  for (const [zone, day] of [
    ['Europe/Berlin', '2025-03-30'],
    ['Europe/Berlin', '2025-10-26'],
    ['America/New_York', '2025-03-09'],
    ['America/New_York', '2025-11-02'],
    ['Australia/Lord_Howe', '2025-04-06'],
    ['Australia/Lord_Howe', '2025-10-05'],
  ] as const) {
    for (let quarter = 0; quarter < 96; quarter += 1) {
      const hour = String(Math.floor(quarter / 4)).padStart(2, '0')
      const wall = `${day}T${hour}:${String((quarter % 4) * 15).padStart(2, '0')}`
      const expected = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone).epochMilliseconds
      assert.equal(instantOf(wall, zone), expected, `${wall} ${zone}`)
    }
  }
})

test('days are counted on the calendar', () => {
  assert.equal(addDays('2024-02-28T00:00', 1), '2024-02-29T00:00')
  assert.equal(addDays('2025-01-01T08:00', -1), '2024-12-31T08:00')
  assert.equal(weekdayOf('2025-11-09T00:00'), 0)
  assert.equal(weekdayOf('2025-11-08T23:59'), 6)
})
