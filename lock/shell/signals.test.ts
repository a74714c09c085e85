import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Signal } from '@mortise/lock-core'
import type { IndicatorSignal } from '#lock/ports/index.ts'
import { alarmsShown, indicatorSignal } from './signals.ts'

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
