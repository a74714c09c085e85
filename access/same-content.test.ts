import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameContent } from '#access/same-content.ts'

const contents: readonly (readonly [what: string, left: unknown, right: unknown, same: boolean])[] =
  [
    ['the same bytes', Uint8Array.of(1, 2), Uint8Array.of(1, 2), true],
    ['bytes in another order', Uint8Array.of(1, 2), Uint8Array.of(2, 1), false],
    ['bytes and the numbers in them', Uint8Array.of(1, 2), [1, 2], false],
    ['bytes and their numbers by place', Uint8Array.of(1), { 0: 1 }, false],
    ['a field without a value and none', { one: 1, two: undefined }, { one: 1 }, true],
    ['a field with a value and none', { one: 1, two: 2 }, { one: 1 }, false],
    ['null and nothing', null, undefined, false],
    ['null and no fields', null, {}, false],
    ['fields and a list of them', { 0: 1 }, [1], false],
    ['a list and its beginning', [1, 2], [1], false],
    ['lists that repeat another item', [1, 1, 2], [1, 2, 2], false],
    ['numbers', 1, 2, false],
    ['a list of nothing and an empty list', [undefined], [], false],
    ['nothing and no text', undefined, 'undefined', false],
    [
      'fields in another order',
      { one: 1, two: [{ a: 1, b: 2 }] },
      { two: [{ b: 2, a: 1 }], one: 1 },
      true,
    ],
    ['lists of the same in another order', { one: [1, 2] }, { one: [2, 1] }, true],
  ]

for (const [what, left, right, same] of contents) {
  test(`${what} say ${same ? 'the same' : 'something else'}`, () => {
    assert.equal(sameContent(left, right), same)
    assert.equal(sameContent(right, left), same)
  })
}
