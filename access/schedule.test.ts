import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inAnyWeekDaySchedule, inAnyYearDaySchedule } from '#access/schedule.ts'

const everyDay = { daysMask: 127, startMinute: 540, endMinute: 599 }
const evening = { daysMask: 127, startMinute: 1200, endMinute: 1259 }
const morning = { startLocalMinute: 540, endLocalMinute: 599 }
const night = { startLocalMinute: 1200, endLocalMinute: 1259 }

const minutes: readonly (readonly [localMinute: number, isIn: boolean])[] = [
  [539, false],
  [540, true],
  [599, true],
  [600, false],
  [1200, true],
  [1260, false],
]
for (const [localMinute, isIn] of minutes) {
  test(`minute ${localMinute} lies in ${isIn ? 'one' : 'none'} of two windows`, () => {
    assert.equal(inAnyWeekDaySchedule([everyDay, evening], localMinute), isIn)
    assert.equal(inAnyYearDaySchedule([morning, night], localMinute), isIn)
  })
}

test('no minute lies in windows that nobody wrote', () => {
  assert.equal(inAnyWeekDaySchedule(undefined, 540), false)
  assert.equal(inAnyYearDaySchedule(undefined, 540), false)
})
