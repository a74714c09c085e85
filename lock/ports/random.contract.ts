import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Random } from './random.ts'

/** The contract of `Random`; that nobody can foresee the bytes is not testable and not claimed. */
export function randomContract(name: string, makeRandom: () => Random): void {
  describe(`${name} keeps the random contract`, () => {
    test('gives exactly as many bytes as asked', () => {
      const random = makeRandom()
      for (const count of [0, 1, 16, 32, 1_000]) assert.equal(random.bytes(count).length, count)
    })

    test('two calls never share memory or bytes', () => {
      const random = makeRandom()
      const first = random.bytes(32)
      const copy = first.slice()
      const second = random.bytes(32)
      assert.notDeepEqual(first, second)
      second.fill(0)
      assert.deepEqual(first, copy)
    })
  })
}
