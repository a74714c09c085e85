import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import { fromHex } from '#protocol/wire/bytes.ts'
import { WireError } from '#protocol/wire/errors.ts'
import type { WireErrorCode } from '#protocol/wire/errors.ts'
import { limits } from '#protocol/limits.ts'

function hex(text: string): Uint8Array {
  const bytes = fromHex(text.replaceAll(' ', ''))
  assert.ok(bytes, `bad hex in the table: ${text}`)
  return bytes
}

const refused: readonly (readonly [what: string, bytes: string, code: WireErrorCode])[] = [
  ['nothing at all', '', 'truncated'],
  ['a negative integer', '20', 'unsupportedType'],
  ['null', 'f6', 'unsupportedType'],
  ['undefined', 'f7', 'unsupportedType'],
  ['a simple value', 'e0', 'unsupportedType'],
  ['a two-byte simple value', 'f8ff', 'unsupportedType'],
  ['a half float', 'f93c00', 'float'],
  ['a single float', 'fa3f800000', 'float'],
  ['a double that is a whole number', 'fb3ff0000000000000', 'float'],
  ['a tag', 'c001', 'tag'],
  ['a big number tag', 'c24101', 'tag'],
  ['an indefinite byte string', '5f41ffff', 'indefiniteLength'],
  ['an indefinite text', '7f6161ff', 'indefiniteLength'],
  ['an indefinite array', '9f01ff', 'indefiniteLength'],
  ['an indefinite map', 'bf0001ff', 'indefiniteLength'],
  ['a lone break', 'ff', 'indefiniteLength'],
  ['a reserved length', '1c', 'unsupportedType'],
  ['23 in two bytes', '1817', 'notShortest'],
  ['255 in three bytes', '1900ff', 'notShortest'],
  ['65535 in five bytes', '1a0000ffff', 'notShortest'],
  ['2^32-1 in nine bytes', '1b00000000ffffffff', 'notShortest'],
  ['2^53', '1b0020000000000000', 'integerTooLarge'],
  ['2^64-1', '1bffffffffffffffff', 'integerTooLarge'],
  ['a length with no bytes', '5820', 'truncated'],
  ['an array that promises too much', '9affffffff', 'truncated'],
  ['a map that ends early', 'a2 00 01', 'truncated'],
  ['a byte too many', '0000', 'trailingBytes'],
  ['a duplicate key', 'a2 00 01 00 02', 'duplicateKey'],
  ['falling keys', 'a2 01 01 00 02', 'unsortedKeys'],
  ['a text key', 'a1 6161 01', 'badKey'],
  ['text that is not UTF-8', '62 c328', 'invalidText'],
  ['an overlong UTF-8 form', '62 c0af', 'invalidText'],
  ['a surrogate in UTF-8', '63 eda080', 'invalidText'],
  ['one level too deep', `${'81'.repeat(limits.nestingDepthMax + 1)}00`, 'tooDeep'],
  ['a thousand levels', `${'81'.repeat(1000)}00`, 'tooDeep'],
]

for (const [what, bytes, code] of refused) {
  test(`decodeCbor refuses ${what} as ${code}`, () => {
    assert.throws(
      () => decodeCbor(hex(bytes)),
      (error) => error instanceof WireError && error.code === code && error.blame === 'caller',
    )
  })
}

test('decodeCbor refuses input above the ceiling before it looks at it', () => {
  assert.throws(
    () => decodeCbor(new Uint8Array(11).fill(0xff), 10),
    (error) => error instanceof WireError && error.code === 'tooLarge',
  )
})

/** An array of that many empty maps. */
function emptyMaps(count: number): Uint8Array {
  const bytes = new Uint8Array(5 + count).fill(0xa0)
  bytes[0] = 0x9a
  new DataView(bytes.buffer).setUint32(1, count)
  return bytes
}

test('decodeCbor refuses more items than any real message has, however short they are', () => {
  assert.equal(encodeCbor(decodeCbor(emptyMaps(limits.itemsMax - 1))).length, limits.itemsMax + 4)
  assert.throws(
    () => decodeCbor(emptyMaps(limits.itemsMax)),
    (error) => error instanceof WireError && error.code === 'tooLarge',
  )
})

const accepted: readonly (readonly [what: string, bytes: string])[] = [
  ['zero', '00'],
  ['24', '1818'],
  ['2^53-1', '1b001fffffffffffff'],
  ['empty bytes', '40'],
  ['empty text', '60'],
  ['false and true', '82 f4 f5'],
  ['the deepest allowed nesting', `${'81'.repeat(limits.nestingDepthMax)}00`],
  ['a map with rising keys', 'a3 00 01 17 02 1818 03'],
]

for (const [what, bytes] of accepted) {
  test(`decodeCbor accepts ${what}, and encodes it to the same bytes`, () => {
    assert.deepEqual(encodeCbor(decodeCbor(hex(bytes))), hex(bytes))
  })
}
