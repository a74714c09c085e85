import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limits } from '#protocol/limits.ts'
import { pad, unpad } from '#protocol/seal/padding.ts'
import { WireError } from '#protocol/wire/errors.ts'

const step = limits.sealPaddingBytes

for (const length of [0, 1, step - 5, step - 4, step - 3, step, 5 * step]) {
  test(`${length} bytes come back, and the padded size is a multiple of the step`, () => {
    const plain = new Uint8Array(length).fill(7)
    const padded = pad(plain)
    assert.equal(padded.length % step, 0)
    assert.deepEqual(unpad(padded), plain)
  })
}

test('codes of every allowed length give the same size', () => {
  const sizes = new Set<number>()
  for (let digits = limits.pinDigitsMin; digits <= limits.pinDigitsMax; digits += 1) {
    sizes.add(pad(new Uint8Array(80 + digits)).length)
  }
  assert.equal(sizes.size, 1)
})

const wrong: Record<string, (good: Uint8Array) => Uint8Array> = {
  empty: () => new Uint8Array(0),
  'cut short': (good) => good.subarray(0, -1),
  'a whole step too long': (good) => Uint8Array.from([...good, ...new Uint8Array(step)]),
  'not zero at the end': (good) => good.with(good.length - 1, 1),
  'a length beyond its end': (good) => good.with(2, 200),
}

for (const [what, spoil] of Object.entries(wrong)) {
  test(`unpad refuses what is ${what}`, () => {
    assert.throws(
      () => unpad(spoil(pad(Uint8Array.of(1, 2, 3)))),
      (error) => error instanceof WireError && error.code === 'badPadding',
    )
  })
}
