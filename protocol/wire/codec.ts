/* oxlint-disable typescript/no-unsafe-type-assertion -- a codec built from a table of fields has the type of that table, which the compiler cannot follow through the loop; the property tests do. */
import type { CborMap, CborValue } from '#protocol/wire/cbor.ts'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import { toHex, utf8 } from '#protocol/wire/bytes.ts'
import { WireError } from '#protocol/wire/errors.ts'

/** Translates between a typed value and the CBOR that carries it. `decode` accepts nothing loosely. */
export interface Codec<Value> {
  readonly encode: (value: Value) => CborValue
  /** `path` names the place for the error. Throws WireError. */
  readonly decode: (value: CborValue, path: string) => Value
}

/** The value type of a codec. */
export type Decoded<C> = C extends Codec<infer Value> ? Value : never

/** An unsigned integer between `min` and `max`, both included. */
export function uint(max: number = Number.MAX_SAFE_INTEGER, min = 0): Codec<number> {
  const check = (value: CborValue, path: string): number => {
    if (typeof value !== 'number') throw new WireError('wrongType', path)
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new WireError('outOfRange', path)
    }
    return value
  }
  return { encode: (value) => check(value, ''), decode: check }
}

export const bool: Codec<boolean> = {
  encode: (value) => value,
  decode: (value, path) => {
    if (typeof value !== 'boolean') throw new WireError('wrongType', path)
    return value
  },
}

/** A mark that is there or left out: `false` would be a second way to say that it is not. */
export const mark: Codec<true> = {
  encode: (value) => value,
  decode: (value, path) => {
    if (typeof value !== 'boolean') throw new WireError('wrongType', path)
    if (!value) throw new WireError('outOfRange', path)
    return value
  },
}

/** Bytes of exactly `length`. */
export function fixedBytes(length: number): Codec<Uint8Array> {
  return checkedBytes((value) => value.length === length)
}

/** Bytes of at most `max`, at least `min`. */
export function bytes(max: number, min = 0): Codec<Uint8Array> {
  return checkedBytes((value) => value.length >= min && value.length <= max)
}

function checkedBytes(fits: (value: Uint8Array) => boolean): Codec<Uint8Array> {
  const check = (value: CborValue, path: string): Uint8Array => {
    if (!(value instanceof Uint8Array)) throw new WireError('wrongType', path)
    if (!fits(value)) throw new WireError('wrongLength', path)
    return value
  }
  return { encode: (value) => check(value, ''), decode: check }
}

/**
 * Control characters, lone surrogates, and the invisible marks that reverse or hide text: in a
 * name they let one person look like another (Unicode Technical Report 36 section 2.10). Of the
 * characters that Unicode 16 draws as nothing (Default_Ignorable_Code_Point) these stay allowed,
 * because names are written with them: the joiners U+200C and U+200D (Persian, Indic), the
 * Mongolian selectors, and the variation selectors (emoji, ideographs of Japanese names).
 */
const forbiddenCharacters =
  /\u{34f}|\u{17b4}|\u{17b5}|[\p{Cc}\p{Cs}\u{ad}\u{61c}\u{115f}\u{1160}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/u

/** Begins with something to see and goes on in print: nothing of the two others can be in it. */
const plainText = /^[\x21-\x7e][\x20-\x7e]*$/

/** A text of these alone looks empty: spaces, marks and joiners without a letter, the empty Braille cell. */
const blank = /^[\p{Z}\p{M}\u{2800}\u{200c}\u{200d}]+$/u

/** Text of 1 to `bytesMax` UTF-8 bytes that is seen, without characters that hide or reverse others. */
export function text(bytesMax: number): Codec<string> {
  const check = (value: CborValue, path: string): string => {
    if (typeof value !== 'string') throw new WireError('wrongType', path)
    if (!fitsUtf8(value, bytesMax)) throw new WireError('wrongLength', path)
    if (plainText.test(value)) return value
    if (forbiddenCharacters.test(value)) throw new WireError('forbiddenCharacter', path)
    if (blank.test(value)) throw new WireError('blankText', path)
    return value
  }
  return { encode: (value) => check(value, ''), decode: check }
}

/** No character takes more than three bytes for each of its UTF-16 units, so most need no counting. */
function fitsUtf8(value: string, bytesMax: number): boolean {
  if (value === '') return false
  return value.length * 3 <= bytesMax || utf8(value).length <= bytesMax
}

/** One of a closed list of words. */
export function word<const Word extends string>(words: readonly Word[]): Codec<Word> {
  const known: ReadonlyMap<string, Word> = new Map(words.map((each) => [each, each]))
  const check = (value: CborValue, path: string): Word => {
    if (typeof value !== 'string') throw new WireError('wrongType', path)
    const found = known.get(value)
    if (found === undefined) throw new WireError('unknownVariant', path)
    return found
  }
  return { encode: (value) => check(value, ''), decode: check }
}

/** The only accepted number, as for a format version. */
export function only<const Value extends number>(expected: Value): Codec<Value> {
  const check = (value: CborValue, path: string): Value => {
    if (value !== expected) throw new WireError('outOfRange', path)
    return expected
  }
  return { encode: (value) => check(value, ''), decode: check }
}

export interface ListOptions<Item> {
  readonly max: number
  /** 0 when left out. */
  readonly min?: number
  /** What must differ between any two items, as text. */
  readonly unique?: (item: Item) => string
}

/** A list of at most `max` items, in the order given. */
export function list<Item>(item: Codec<Item>, options: ListOptions<Item>): Codec<readonly Item[]> {
  return {
    encode: (values) => {
      assertListFits(values, options, '')
      return values.map((value) => item.encode(value))
    },
    decode: (value, path) => {
      if (!Array.isArray(value)) throw new WireError('wrongType', path)
      if (value.length > options.max) throw new WireError('wrongLength', path)
      const items = value.map((entry, index) => item.decode(entry, `${path}[${index}]`))
      assertListFits(items, options, path)
      return items
    },
  }
}

function assertListFits<Item>(
  items: readonly Item[],
  options: ListOptions<Item>,
  path: string,
): void {
  if (items.length > options.max || items.length < (options.min ?? 0)) {
    throw new WireError('wrongLength', path)
  }
  if (options.unique === undefined) return
  if (new Set(items.map(options.unique)).size !== items.length) {
    throw new WireError('duplicateItem', path)
  }
}

/** For `unique`: the identity of an item that is named by bytes. */
export function byId(item: { readonly id: Uint8Array }): string {
  return toHex(item.id)
}

interface Field<Value, Required extends boolean> {
  readonly key: number
  readonly codec: Codec<Value>
  readonly required: Required
}

/** A field that must be there, under an integer key. */
export function field<Value>(key: number, codec: Codec<Value>): Field<Value, true> {
  return { key, codec, required: true }
}

/** A field that may be left out. */
export function optional<Value>(key: number, codec: Codec<Value>): Field<Value, false> {
  return { key, codec, required: false }
}

// `never` and `unknown` on the two sides of the codec admit a field of every type without `any`.
interface AnyField {
  readonly key: number
  readonly codec: {
    readonly encode: (value: never) => CborValue
    readonly decode: (value: CborValue, path: string) => unknown
  }
  readonly required: boolean
}
type FieldValue<F> = F extends Field<infer Value, boolean> ? Value : never
type RequiredNames<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends Field<unknown, true>
    ? Name
    : Fields[Name] extends { readonly required: true }
      ? Name
      : never
}[keyof Fields]
type OptionalNames<Fields> = Exclude<keyof Fields, RequiredNames<Fields>>
type RecordValue<Fields> = {
  readonly [Name in RequiredNames<Fields>]: FieldValue<Fields[Name]>
} & { readonly [Name in OptionalNames<Fields>]?: FieldValue<Fields[Name]> }

/** A map with exactly these fields; unknown keys are refused. */
export function record<const Fields extends Readonly<Record<string, AnyField>>>(
  fields: Fields,
): Codec<RecordValue<Fields>> {
  const ordered = Object.entries(fields).toSorted(([, left], [, right]) => left.key - right.key)
  const knownKeys = new Set(ordered.map(([, { key }]) => key))
  return {
    encode: (value) => encodeRecord(ordered, value),
    decode: (value, path) => {
      if (!(value instanceof Map)) throw new WireError('wrongType', path)
      for (const key of value.keys()) {
        if (!knownKeys.has(key)) throw new WireError('unknownField', `${path}.${key}`)
      }
      return decodeRecord(ordered, value, path) as RecordValue<Fields>
    },
  }
}

function encodeRecord(ordered: readonly (readonly [string, AnyField])[], value: object): CborMap {
  const map: CborMap = new Map()
  const source = value as Readonly<Record<string, never>>
  for (const [name, { key, codec, required }] of ordered) {
    const item = source[name]
    if (item !== undefined) map.set(key, codec.encode(item))
    else if (required) throw new WireError('missingField', name)
  }
  return map
}

function decodeRecord(
  ordered: readonly (readonly [string, AnyField])[],
  map: CborMap,
  path: string,
): Record<string, unknown> {
  const decoded: Record<string, unknown> = {}
  for (const [name, { key, codec, required }] of ordered) {
    const item = map.get(key)
    // Most fields are left out of most messages, and a path costs more than looking.
    if (item === undefined && !required) continue
    const itemPath = path === '' ? name : `${path}.${name}`
    if (item === undefined) throw new WireError('missingField', itemPath)
    decoded[name] = codec.decode(item, itemPath)
  }
  return decoded
}

interface AnyCodec {
  readonly encode: (value: never) => CborValue
  readonly decode: (value: CborValue, path: string) => unknown
}
type VariantValue<Variants> = {
  readonly [Tag in keyof Variants]: { readonly type: Tag } & Decoded<Variants[Tag]>
}[keyof Variants]

/** One of several records, told apart by a word: on the wire `[word, record]`, in memory `{ type, ...record }`. */
export function variant<const Variants extends Readonly<Record<string, AnyCodec>>>(
  variants: Variants,
): Codec<VariantValue<Variants>> {
  return {
    encode: (value) => {
      const codec = variants[value.type as string]
      if (codec === undefined) throw new WireError('unknownVariant')
      return [value.type as string, codec.encode(value as never)]
    },
    decode: (value, path) => {
      if (!Array.isArray(value) || value.length !== 2) throw new WireError('wrongType', path)
      const [tag, body] = value
      if (typeof tag !== 'string' || body === undefined) throw new WireError('wrongType', path)
      const codec = Object.hasOwn(variants, tag) ? variants[tag] : undefined
      if (codec === undefined) throw new WireError('unknownVariant', path)
      const decoded = codec.decode(body, path === '' ? tag : `${path}.${tag}`) as object
      return { type: tag, ...decoded } as VariantValue<Variants>
    },
  }
}

/** A whole message: a codec with its own ceiling in bytes. */
export interface MessageCodec<Value> {
  readonly encode: (value: Value) => Uint8Array
  /** Throws WireError. */
  readonly decode: (bytes: Uint8Array) => Value
}

/** A message of at most `bytesMax` bytes. */
export function message<Value>(codec: Codec<Value>, bytesMax: number): MessageCodec<Value> {
  return {
    encode: (value) => encodeCbor(codec.encode(value)),
    decode: (encoded) => codec.decode(decodeCbor(encoded, bytesMax), ''),
  }
}
