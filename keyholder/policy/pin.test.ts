import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { pinWeakness } from '@mortise/protocol/words'
import * as fc from 'fast-check'
import { KeyholderError } from '#keyholder/errors.ts'
import { seedOf } from '#keyholder/testing/seed.ts'
import { generatePin, requireFitPin } from './pin.ts'

const random = (length: number) => globalThis.crypto.getRandomValues(new Uint8Array(length))

/** Gives the bytes in order, and then throws. */
function scripted(...bytes: readonly number[]) {
  const left = [...bytes]
  return (length: number) => Uint8Array.from(left.splice(0, length))
}

suite('generatePin', () => {
  test('draws only codes that the lock takes', () => {
    for (let draw = 0; draw < 2_000; draw += 1) {
      const pin = generatePin(random)
      assert.equal(pinWeakness(pin), undefined)
      assert.equal(pin.length, 6)
    }
  })

  test('is a fair function of fair bytes: bytes from 250 on are thrown away', () => {
    const bytes = [255, 254, 253, 252, 251, 250, 8, 41, 97, 163, 25, 30]
    assert.equal(generatePin(scripted(...bytes)), '817350')
  })

  test('draws again when too few bytes are fair, or the code is guessable', () => {
    const unfair = Array.from({ length: 12 }, () => 250)
    const guessable = Array.from({ length: 12 }, (_, index) => index)
    const good = [8, 1, 7, 3, 5, 0, 0, 0, 0, 0, 0, 0]
    assert.equal(generatePin(scripted(...unfair, ...guessable, ...good)), '817350')
  })

  test('says so when the generator is broken', () => {
    const broken = (length: number) => new Uint8Array(length)
    assert.throws(
      () => generatePin(broken),
      (error) => error instanceof KeyholderError && error.code === 'randomnessBroken',
    )
  })

  test('requireFitPin agrees with the lock about every code', (context) => {
    const seed = seedOf(context)
    const codes = fc.oneof(fc.stringMatching(/^[0-9]{4,11}$/), fc.string({ maxLength: 12 }))
    const property = fc.property(codes, (pin) => {
      let refused = false
      try {
        requireFitPin(pin)
      } catch (error) {
        assert.ok(error instanceof KeyholderError && error.code === 'pinUnfit')
        // Letters may stand in the sentence by chance; digits would be the code.
        assert.doesNotMatch(error.message, /\d/)
        refused = true
      }
      assert.equal(refused, pinWeakness(pin) !== undefined)
    })
    fc.assert(property, { seed, numRuns: 500 })
  })
})
