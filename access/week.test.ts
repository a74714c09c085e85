import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayRunsOf } from '#access/week.ts'

const table: readonly (readonly [daysMask: number, runs: string])[] = [
  [0, ''],
  [0b000_0001, '0-0'],
  [0b011_1110, '1-5'],
  [0b111_1111, '1-0'],
  // Saturday to Monday is two runs: a week is written from Monday on.
  [0b100_0011, '1-1 6-0'],
  [0b010_1010, '1-1 3-3 5-5'],
]
for (const [daysMask, runs] of table) {
  test(`the days ${daysMask.toString(2)} run ${runs}`, () => {
    assert.equal(
      dayRunsOf(daysMask)
        .map(({ first, last }) => `${first}-${last}`)
        .join(' '),
      runs,
    )
  })
}
