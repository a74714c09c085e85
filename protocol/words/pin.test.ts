import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pinWeakness } from '#protocol/words/pin.ts'
import type { PinWeakness } from '#protocol/words/pin.ts'

const table: readonly (readonly [pin: string, expected: PinWeakness | undefined, why: string])[] = [
  ['', 'notDigits', 'empty'],
  ['12a456', 'notDigits', 'a letter'],
  ['١٢٣٤٥٦', 'notDigits', 'digits of another script'],
  ['80512', 'tooShort', 'five digits'],
  ['80512970364', 'tooLong', 'eleven digits'],
  ['000000', 'guessable', 'one digit'],
  ['383383', 'guessable', 'two digits only'],
  ['123456', 'guessable', 'climbs'],
  ['987654', 'guessable', 'falls'],
  ['890123', 'guessable', 'climbs over nine'],
  ['024680', 'guessable', 'climbs by two'],
  ['123123', 'guessable', 'repeats a piece'],
  ['78907890', 'guessable', 'repeats a piece of four'],
  ['573375', 'guessable', 'mirrored'],
  ['5733375', 'guessable', 'mirrored around a middle'],
  ['147258', 'guessable', 'columns of the touchpad'],
  ['240785', 'guessable', '24 July 1985'],
  ['072485', 'guessable', 'July 24 1985'],
  ['850724', 'guessable', '1985-07-24'],
  ['24071985', 'guessable', 'day, month, year'],
  ['19850724', 'guessable', 'year, month, day'],
  ['805129', undefined, 'six spread digits'],
  ['493728', undefined, 'no day 49, no month 37'],
  ['61739402', undefined, 'eight spread digits'],
  ['8051297036', undefined, 'ten digits'],
]

for (const [pin, expected, why] of table) {
  test(`pinWeakness: ${why} (${pin}) is ${expected ?? 'fit for use'}`, () => {
    assert.equal(pinWeakness(pin), expected)
  })
}

test('most six-digit codes stay usable', () => {
  let fit = 0
  for (let pin = 0; pin < 1_000_000; pin += 7) {
    if (pinWeakness(String(pin).padStart(6, '0')) === undefined) fit += 1
  }
  assert.ok(fit / (1_000_000 / 7) > 0.85, `only ${fit} of ${Math.ceil(1_000_000 / 7)} are usable`)
})
