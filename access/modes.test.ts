import assert from 'node:assert/strict'
import { test } from 'node:test'
import { effectiveMode } from '#access/modes.ts'
import { plainSituation } from '#access/situation.ts'
import { policyOf } from '#access/testing/index.ts'

const moment = { ms: 600_000, certain: true }
const tenth = plainSituation(moment, () => 10)
const holiday = (minute: number) => ({
  holidaySchedules: [
    {
      name: 'x',
      startLocalMinute: minute,
      endLocalMinute: minute,
      operatingMode: 'vacation' as const,
    },
  ],
})

test('a day is normal where no holiday asks for another mode', () => {
  assert.equal(effectiveMode(policyOf([], holiday(10)), tenth), 'vacation')
  assert.equal(effectiveMode(policyOf([], holiday(11)), tenth), 'normal')
  const plain = { name: 'x', startLocalMinute: 10, endLocalMinute: 10 }
  assert.equal(effectiveMode(policyOf([], { holidaySchedules: [plain] }), tenth), 'normal')
})

test('the clock on the wall is asked by holidays alone', () => {
  const clockless = plainSituation(moment, () => assert.fail('nothing depends on it'))
  assert.equal(effectiveMode(policyOf([]), clockless), 'normal')
})
