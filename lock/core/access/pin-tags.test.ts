import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '@mortise/protocol/wire'
import { changePinTags, findPinTag, packPinTags } from '#core/access/pin-tags.ts'
import { idOf, seedOf } from '@mortise/access/testing'

const tag = fc.uint8Array({ minLength: 32, maxLength: 32 })
const tags = fc.uniqueArray(tag, { minLength: 1, maxLength: 40, selector: toHex })

function packed(all: readonly Uint8Array[]) {
  return packPinTags(all.map((each, index) => ({ credentialId: idOf(index), tag: each })))
}

describe('PIN tags', () => {
  test('every tag finds its own credential', (t) => {
    const seed = seedOf(t)
    fc.assert(
      fc.property(tags, (all) => {
        const table = packed(all)
        all.forEach((each, index) => assert.deepEqual(findPinTag(table, each), idOf(index)))
      }),
      { seed },
    )
  })

  test('a tag that differs in any single bit finds nobody', () => {
    const only = new Uint8Array(32).fill(0x5a)
    const table = packed([new Uint8Array(32), only])
    for (let bit = 0; bit < 256; bit += 1) {
      const near = Uint8Array.from(only)
      near[bit >> 3] = (near[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.equal(findPinTag(table, near), undefined)
    }
  })

  test('no tags find nobody', () => {
    assert.equal(findPinTag(packPinTags([]), new Uint8Array(32)), undefined)
  })

  test('a removed tag is gone, a new one is found, the rest stays', (t) => {
    const seed = seedOf(t)
    fc.assert(
      fc.property(tags, tag, fc.nat(), (all, added, number) => {
        fc.pre(!all.some((each) => toHex(each) === toHex(added)))
        const gone = number % all.length
        const table = changePinTags(
          packed(all),
          [idOf(gone)],
          [{ credentialId: idOf(99), tag: added }],
        )
        assert.deepEqual(findPinTag(table, added), idOf(99))
        all.forEach((each, index) =>
          assert.deepEqual(findPinTag(table, each), index === gone ? undefined : idOf(index)),
        )
      }),
      { seed },
    )
  })

  test('a tag of another length is a bug', () => {
    assert.throws(() => findPinTag(packPinTags([]), new Uint8Array(31)), { code: 'invariant' })
    assert.throws(() => packed([new Uint8Array(33)]), { code: 'invariant' })
  })
})
