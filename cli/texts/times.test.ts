import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { CliError } from '#cli/errors.ts'
import { formatAge, formatInstant, isoInstant, parseDurationMs, parseInstant } from './times.ts'

const berlin = 'Europe/Berlin'

suite('times', () => {
  const instants: readonly (readonly [text: string, zone: string, iso: string])[] = [
    ['2026-07-01T14:00', berlin, '2026-07-01T12:00:00Z'],
    ['2026-12-01 14:00', berlin, '2026-12-01T13:00:00Z'],
    ['2026-12-01', berlin, '2026-11-30T23:00:00Z'],
    ['2026-12-01T14:00Z', berlin, '2026-12-01T14:00:00Z'],
    ['2026-12-01T14:00+05:30', berlin, '2026-12-01T08:30:00Z'],
    // Europe/Berlin sprang from 02:00 to 03:00 on 2026-03-29: the hour that does not exist moves on.
    ['2026-03-29T02:30', berlin, '2026-03-29T01:30:00Z'],
    // And fell from 03:00 to 02:00 on 2026-10-25: of the hour that comes twice the first is meant.
    ['2026-10-25T02:30', berlin, '2026-10-25T00:30:00Z'],
    ['2026-06-01T12:00', 'Asia/Kolkata', '2026-06-01T06:30:00Z'],
  ]
  for (const [text, zone, iso] of instants) {
    test(`${text} at a door in ${zone} is ${iso}`, () => {
      assert.equal(isoInstant(parseInstant(text, zone)), iso)
    })
  }

  for (const text of [
    '',
    'tomorrow',
    '2026-13-01T00:00',
    '14:00',
    '2026-02-30T10:00',
    '12/01/2026',
  ]) {
    test(`${JSON.stringify(text)} is no time`, () => {
      assert.throws(
        () => parseInstant(text, berlin),
        (error) => error instanceof CliError && error.code === 'badTime',
      )
    })
  }

  const durations: readonly (readonly [string, number | undefined])[] = [
    ['90m', 5_400_000],
    ['30s', 30_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
    ['1w', 604_800_000],
    ['0h', undefined],
    ['-1h', undefined],
    ['2', undefined],
    ['1.5h', undefined],
    ['2y', undefined],
    ['', undefined],
  ]
  for (const [text, expected] of durations) {
    test(`the duration ${JSON.stringify(text)} is ${expected ?? 'refused'}`, () => {
      if (expected === undefined) assert.throws(() => parseDurationMs(text), CliError)
      else assert.equal(parseDurationMs(text), expected)
    })
  }

  test('an instant is shown at the door, with its offset on both sides of a change', () => {
    assert.equal(
      formatInstant(Date.parse('2026-10-25T00:30:00Z'), berlin),
      '2026-10-25 02:30:00 +02:00',
    )
    assert.equal(
      formatInstant(Date.parse('2026-10-25T01:30:00Z'), berlin),
      '2026-10-25 02:30:00 +01:00',
    )
  })

  for (const [ageMs, text] of [
    [-5, '0 s'],
    [1_400, '1 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [7_200_000, '2 h'],
    [172_800_000, '2 days'],
  ] as const) {
    test(`an age of ${ageMs} ms is ${text}`, () => assert.equal(formatAge(ageMs), text))
  }
})
