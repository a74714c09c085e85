import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode as decodeItem, encode as encodeItem } from 'cborg'
import fc from 'fast-check'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import { fromHex } from '#protocol/wire/bytes.ts'
import { WireError } from '#protocol/wire/errors.ts'
import type { WireErrorCode } from '#protocol/wire/errors.ts'
import type { CborValue } from '#protocol/wire/cbor.ts'
import { limits } from '#protocol/limits.ts'
import { testSeed } from '#protocol/testing/index.ts'

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

const seed = testSeed()

/** Values of every kind that a message is made of, with the borders between lengths of heads. */
const values = fc.letrec<{ readonly item: CborValue; readonly map: Map<number, CborValue> }>(
  (tie) => ({
    item: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.nat(),
      fc.constantFrom(23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1),
      fc.boolean(),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.uint8Array({ maxLength: 300 }),
      fc.array(tie('item'), { maxLength: 30 }),
      tie('map'),
    ),
    map: fc
      .array(fc.tuple(fc.nat(70_000), tie('item')), { maxLength: 30 })
      .map((pairs) => new Map(pairs)),
  }),
)

/** The library that Mortise used before it had an encoding of its own, by other people. */
const another = {
  encode: (value: CborValue): Uint8Array => encodeItem(value),
  decode: (bytes: Uint8Array): unknown =>
    decodeItem(bytes, { strict: true, useMaps: true, rejectDuplicateMapKeys: true }),
}

test(`another implementation writes and reads the same bytes (seed ${seed})`, () => {
  fc.assert(
    fc.property(values.item, (value) => {
      const bytes = encodeCbor(value)
      assert.deepEqual(bytes, new Uint8Array(another.encode(value)))
      const decoded = decodeOrCode(bytes)
      if (typeof decoded === 'string') assert.equal(decoded, 'tooDeep')
      else assert.deepEqual(another.decode(bytes), decoded.value)
    }),
    { seed, numRuns: 1_000 },
  )
})

test(`what is accepted of damaged bytes has no other encoding (seed ${seed})`, () => {
  const damaged = fc.tuple(values.item, fc.nat(), fc.nat(255), fc.boolean())
  fc.assert(
    fc.property(damaged, ([value, position, byte, shortens]) => {
      const bytes = encodeCbor(value)
      const at = position % bytes.length
      const changed = shortens ? bytes.slice(0, at) : bytes.with(at, byte)
      const decoded = decodeOrCode(changed)
      if (typeof decoded === 'string') return
      assert.deepEqual(encodeCbor(decoded.value), changed)
      assert.deepEqual(another.decode(changed), decoded.value)
    }),
    { seed, numRuns: 5_000 },
  )
})

function decodeOrCode(bytes: Uint8Array): { readonly value: CborValue } | string {
  try {
    return { value: decodeCbor(bytes) }
  } catch (error) {
    if (error instanceof WireError) return error.code
    throw error
  }
}

test('bytes that come out are a copy, also of bytes that Node brought', () => {
  const message = Buffer.from(encodeCbor(Uint8Array.of(1, 2, 3)))
  const decoded = decodeCbor(message)
  message.fill(0)
  assert.deepEqual(decoded, Uint8Array.of(1, 2, 3))
})

test('a number that no message holds is not written', () => {
  for (const number of [-1, 0.5, 2 ** 53, Number.NaN]) {
    assert.throws(
      () => encodeCbor([number]),
      (error) => error instanceof WireError && error.code === 'outOfRange',
    )
  }
})
