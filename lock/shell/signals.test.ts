import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Signal } from '@mortise/lock-core'
import type { IndicatorSignal } from '#lock/ports/index.ts'
import { alarmsShown, batteryShown, indicatorSignal } from './signals.ts'

const CASES: readonly (readonly [Signal, IndicatorSignal])[] = [
  [{ type: 'ready' }, { kind: 'ready' }],
  [{ type: 'digit', digits: 4 }, { kind: 'digit' }],
  [{ type: 'cleared' }, { kind: 'cleared' }],
  [{ type: 'checking' }, { kind: 'busy' }],
  [
    { type: 'granted', verb: 'unlock' },
    { kind: 'accepted', verb: 'unlock' },
  ],
  [
    { type: 'refused', reason: 'wrongCode' },
    { kind: 'refused', reason: 'wrongCode' },
  ],
  [
    { type: 'refused', reason: 'notKnown' },
    { kind: 'refused', reason: 'notKnown' },
  ],
  [
    { type: 'refused', reason: 'tooLong' },
    { kind: 'refused', reason: 'wrongCode' },
  ],
  [
    { type: 'refused', reason: 'notNow' },
    { kind: 'refused', reason: 'notAtThisTime' },
  ],
  [
    { type: 'refused', reason: 'notClaimed' },
    { kind: 'refused', reason: 'notClaimed' },
  ],
  [
    { type: 'refused', reason: 'doorTrouble' },
    { kind: 'refused', reason: 'fault' },
  ],
  [
    { type: 'refused', reason: 'doorOpen' },
    { kind: 'refused', reason: 'doorOpen' },
  ],
  [
    { type: 'refused', reason: 'powerTooLow' },
    { kind: 'refused', reason: 'powerTooLow' },
  ],
  [
    { type: 'lockedOut', remainingMs: 5 },
    { kind: 'lockedOut', remainingMs: 5 },
  ],
]

for (const [signal, shown] of CASES) {
  test(`${JSON.stringify(signal)} is shown as ${JSON.stringify(shown)}`, () => {
    assert.deepEqual(indicatorSignal(signal), shown)
  })
}

test('missing mains make no noise at the door', () => {
  assert.deepEqual(alarmsShown(['mainsLost', 'lockJammed']), ['lockJammed'])
})

test('the display says no more of the battery than is known', () => {
  assert.equal(batteryShown({ battery: {} }), undefined)
  assert.deepEqual(batteryShown({ battery: { percent: 40 } }), { percent: 40 })
  for (const confidence of ['low', 'medium', 'high'] as const) {
    const shown = batteryShown({ battery: { percent: 40, daysLeft: 9, confidence } })
    assert.deepEqual(shown, { percent: 40, daysLeft: 9, isSure: confidence === 'high' })
  }
})
