import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reason } from '@mortise/protocol/words'
import { pinsFault } from '#core/access/pins.ts'
import { deviceKey, idOf, person, pinCredential, policyOf } from '@mortise/access/testing'

function policyWithPins(numbers: readonly number[]) {
  const credentials = [deviceKey(1).credential, ...numbers.map(pinCredential)]
  return policyOf([person(1, 'owner', { credentials }).user])
}

const rows: readonly (readonly [
  what: string,
  before: readonly number[] | undefined,
  after: readonly number[],
  pins: readonly (readonly [number, string])[],
  reason: Reason | undefined,
])[] = [
  ['no codes at all', [], [], [], undefined],
  ['a first policy without codes', undefined, [], [], undefined],
  ['a first policy with its code', undefined, [5], [[5, '739184']], undefined],
  ['a new code with its digits', [5], [5, 6], [[6, '739184']], undefined],
  [
    'several, in any order',
    [],
    [5, 6],
    [
      [6, '739184'],
      [5, '581903'],
    ],
    undefined,
  ],
  ['a removed code needs none', [5, 6], [5], [], undefined],
  ['a new code without digits', [5], [5, 6], [], 'pinMissing'],
  ['one of two without digits', [], [5, 6], [[5, '739184']], 'pinMissing'],
  ['digits for a code that stays', [5], [5], [[5, '739184']], 'pinUnexpected'],
  ['digits for a code that goes', [5], [], [[5, '739184']], 'pinUnexpected'],
  ['digits for no code', [], [], [[1, '739184']], 'pinUnexpected'],
  [
    'digits twice',
    [],
    [5],
    [
      [5, '739184'],
      [5, '581903'],
    ],
    'pinUnexpected',
  ],
  ['a guessable code', [], [5], [[5, '123456']], 'pinTooGuessable'],
  ['a short code', [], [5], [[5, '73918']], 'pinTooGuessable'],
  ['no digits', [], [5], [[5, '73918a']], 'pinTooGuessable'],
  [
    'the same code twice',
    [],
    [5, 6],
    [
      [5, '739184'],
      [6, '739184'],
    ],
    'pinTaken',
  ],
]

for (const [what, before, after, pins, reason] of rows) {
  test(`codes of a change: ${what}: ${reason ?? 'good'}`, () => {
    const given = pins.map(([number, pin]) => ({ credentialId: idOf(number), pin }))
    const old = before === undefined ? undefined : policyWithPins(before)
    assert.equal(pinsFault(old, policyWithPins(after), given), reason)
  })
}
