import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CborValue } from '#protocol/wire/cbor.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  bool,
  byId,
  bytes,
  field,
  fixedBytes,
  list,
  only,
  optional,
  record,
  text,
  uint,
  variant,
  word,
} from '#protocol/wire/codec.ts'
import { WireError } from '#protocol/wire/errors.ts'
import type { WireErrorCode } from '#protocol/wire/errors.ts'

const point = record({ x: field(0, uint(9)), y: optional(1, uint(9)) })
const shape = variant({ dot: record({}), line: record({ to: field(0, point) }) })
const named = list(record({ id: field(0, fixedBytes(1)) }), { max: 2, unique: byId })
const item = (byte: number): CborValue => new Map([[0, Uint8Array.of(byte)]])

interface Refusal {
  readonly codec: Pick<Codec<unknown>, 'decode'>
  readonly input: CborValue
  readonly code: WireErrorCode
  readonly path: string
}

const refusals: Record<string, Refusal> = {
  'a text for a number': { codec: uint(), input: '1', code: 'wrongType', path: '' },
  'a number above its bound': { codec: uint(5), input: 6, code: 'outOfRange', path: '' },
  'a number below its bound': { codec: uint(5, 2), input: 1, code: 'outOfRange', path: '' },
  'a number for a truth': { codec: bool, input: 1, code: 'wrongType', path: '' },
  'bytes that are too short': {
    codec: fixedBytes(2),
    input: Uint8Array.of(1),
    code: 'wrongLength',
    path: '',
  },
  'bytes that are too long': {
    codec: bytes(1),
    input: Uint8Array.of(1, 2),
    code: 'wrongLength',
    path: '',
  },
  'a text for bytes': { codec: bytes(4), input: 'ab', code: 'wrongType', path: '' },
  'an empty name': { codec: text(8), input: '', code: 'wrongLength', path: '' },
  'a name of too many bytes': { codec: text(3), input: 'ää', code: 'wrongLength', path: '' },
  'a line break in a name': { codec: text(8), input: 'a\nb', code: 'forbiddenCharacter', path: '' },
  'a reversing mark in a name': {
    codec: text(8),
    input: 'a\u202eb',
    code: 'forbiddenCharacter',
    path: '',
  },
  'a zero-width space in a name': {
    codec: text(8),
    input: 'a\u200bb',
    code: 'forbiddenCharacter',
    path: '',
  },
  'a name of spaces': { codec: text(8), input: '  ', code: 'blankText', path: '' },
  'a word outside the list': {
    codec: word(['yes', 'no']),
    input: 'maybe',
    code: 'unknownVariant',
    path: '',
  },
  'another version': { codec: only(1), input: 2, code: 'outOfRange', path: '' },
  'a list that is too long': {
    codec: list(uint(), { max: 1 }),
    input: [1, 2],
    code: 'wrongLength',
    path: '',
  },
  'two items of one identity': {
    codec: named,
    input: [item(1), item(1)],
    code: 'duplicateItem',
    path: '',
  },
  'a bad item, by its place': {
    codec: list(uint(5), { max: 3 }),
    input: [1, 9],
    code: 'outOfRange',
    path: '[1]',
  },
  'a missing field': { codec: point, input: new Map(), code: 'missingField', path: 'x' },
  'an unknown field': { codec: point, input: new Map([[7, 1]]), code: 'unknownField', path: '.7' },
  'a list for a record': { codec: point, input: [1], code: 'wrongType', path: '' },
  'an unknown variant': {
    codec: shape,
    input: ['blob', new Map()],
    code: 'unknownVariant',
    path: '',
  },
  'a variant named like a method of objects': {
    codec: shape,
    input: ['constructor', new Map()],
    code: 'unknownVariant',
    path: '',
  },
  'a variant with a third part': {
    codec: shape,
    input: ['dot', new Map(), 1],
    code: 'wrongType',
    path: '',
  },
  'a fault deep inside, by its path': {
    codec: shape,
    input: ['line', new Map([[0, new Map([[0, 77]])]])],
    code: 'outOfRange',
    path: 'line.to.x',
  },
}

for (const [what, { codec, input, code, path }] of Object.entries(refusals)) {
  test(`decode refuses ${what}`, () => {
    assert.throws(
      () => codec.decode(input, ''),
      (error) => {
        assert.ok(error instanceof WireError)
        assert.deepEqual({ code: error.code, path: error.path }, { code, path })
        return true
      },
    )
  })
}

test('names keep the joiners that Persian and Indic scripts are written with', () => {
  const name = 'نامه\u200cها'
  assert.equal(text(32).decode(text(32).encode(name), ''), name)
})

test('the length of a name is that of its bytes, whatever it is written with', () => {
  const longest = ['abcdef', 'äöü', 'é1é2', '門鎖', ' a', '🔑ab'] as const
  for (const name of longest) assert.equal(text(6).decode(name, ''), name)
  for (const name of ['abcdefg', 'äöüa', 'éééé', '門鎖1', '🔑🔑']) {
    assert.throws(() => text(6).decode(name, ''), { code: 'wrongLength' })
  }
})

test('encode refuses what decode would refuse, so that no bad message is ever sent', () => {
  assert.throws(() => uint(5).encode(6), WireError)
  assert.throws(() => text(3).encode('\u0000'), WireError)
  assert.throws(() => named.encode([{ id: Uint8Array.of(1) }, { id: Uint8Array.of(1) }]), WireError)
})

test('an optional field that is absent stays absent', () => {
  const decoded = point.decode(new Map([[0, 1]]), '')
  assert.equal('y' in decoded, false)
})
