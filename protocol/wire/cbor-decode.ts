import { limits } from '#protocol/limits.ts'
import type { CborMap, CborValue } from '#protocol/wire/cbor-value.ts'
import { WireError } from '#protocol/wire/errors.ts'

/**
 * Strict inverse of `encodeCbor`: accepts exactly the bytes that it would have produced, and refuses
 * all that our deterministic encoding (RFC 8949 section 4.2.1) does not use. A length that is not
 * there and a depth beyond the limit cost nothing, because nothing is built before it is read.
 * @throws WireError for everything else, each kind with its own code.
 */
export function decodeCbor(
  bytes: Uint8Array,
  bytesMax: number = limits.messageBytesMax,
): CborValue {
  if (bytes.length > bytesMax) throw new WireError('tooLarge')
  // Without what Node's Buffer overrides: its `slice` would share memory with the sender's bytes.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const reader: Reader = { bytes: plain, offset: 0, major: 0, itemsLeft: limits.itemsMax }
  const value = readItem(reader, 0)
  if (reader.offset !== plain.length) throw new WireError('trailingBytes')
  return value
}

/** One message being read. */
interface Reader {
  readonly bytes: Uint8Array
  offset: number
  /** Major type of the head that was read last (RFC 8949 section 3). */
  major: number
  itemsLeft: number
}

const textDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lastAscii = 0x7f
/** Up to here a loop is quicker than the general decoder; words of ours are no longer. */
const wordLengthMax = 24
const simpleFalse = 20
const simpleTrue = 21

function readItem(reader: Reader, depth: number): CborValue {
  if (depth > limits.nestingDepthMax) throw new WireError('tooDeep')
  if (reader.itemsLeft === 0) throw new WireError('tooLarge')
  reader.itemsLeft -= 1
  const argument = readHead(reader)
  switch (reader.major) {
    case 0:
      return argument
    case 2: {
      const from = skip(reader, argument)
      return reader.bytes.slice(from, reader.offset)
    }
    case 3:
      return readText(reader, argument)
    case 4:
      return readArray(reader, argument, depth)
    case 5:
      return readMap(reader, argument, depth)
    case 6:
      throw new WireError('tag')
    case 7:
      // Null and undefined have no meaning in any Mortise message.
      if (argument === simpleFalse || argument === simpleTrue) return argument === simpleTrue
      throw new WireError('unsupportedType')
    default:
      throw new WireError('unsupportedType')
  }
}

/** @returns the argument; the major type is in the reader afterwards */
function readHead(reader: Reader): number {
  const { bytes, offset } = reader
  const initial = bytes[offset]
  if (initial === undefined) throw new WireError('truncated')
  const major = initial >> 5
  const additional = initial & 0x1f
  reader.major = major
  reader.offset = offset + 1
  if (additional < 24) return additional
  if (additional === 31) throw new WireError('indefiniteLength')
  if (major === 7) {
    if (additional >= 25 && additional <= 27) throw new WireError('float')
    return additional
  }
  if (additional > 27) throw new WireError('unsupportedType')
  return readArgument(reader, 1 << (additional - 24))
}

/** The shortest form holds every argument, RFC 8949 section 4.2.1. */
function readArgument(reader: Reader, width: number): number {
  const { bytes, offset } = reader
  if (offset + width > bytes.length) throw new WireError('truncated')
  let argument = 0
  for (let index = 0; index < width; index += 1) {
    argument = argument * 256 + (bytes[offset + index] ?? 0)
  }
  if (argument > Number.MAX_SAFE_INTEGER) throw new WireError('integerTooLarge')
  const shortestAbove = width === 1 ? 23 : 2 ** ((width / 2) * 8) - 1
  if (argument <= shortestAbove) throw new WireError('notShortest')
  reader.offset = offset + width
  return argument
}

/** @returns where the content begins; the reader stands behind it afterwards */
function skip(reader: Reader, length: number): number {
  const from = reader.offset
  if (from + length > reader.bytes.length) throw new WireError('truncated')
  reader.offset = from + length
  return from
}

function readText(reader: Reader, length: number): string {
  const from = skip(reader, length)
  const { bytes, offset: end } = reader
  if (length > wordLengthMax) return decodeText(bytes.subarray(from, end))
  let text = ''
  for (let index = from; index < end; index += 1) {
    const byte = bytes[index] ?? 0
    if (byte > lastAscii) return decodeText(bytes.subarray(from, end))
    text += String.fromCharCode(byte)
  }
  return text
}

function decodeText(bytes: Uint8Array): string {
  try {
    return textDecoder.decode(bytes)
  } catch (cause) {
    throw new WireError('invalidText', '', cause)
  }
}

function readArray(reader: Reader, length: number, depth: number): CborValue[] {
  const items: CborValue[] = []
  for (let index = 0; index < length; index += 1) items.push(readItem(reader, depth + 1))
  return items
}

/** Keys are unsigned integers in rising order, which also rules out duplicates (section 4.2.1). */
function readMap(reader: Reader, length: number, depth: number): CborMap {
  const map: CborMap = new Map()
  let previousKey = -1
  for (let index = 0; index < length; index += 1) {
    const key = readHead(reader)
    if (reader.major !== 0) throw new WireError('badKey')
    if (key === previousKey) throw new WireError('duplicateKey')
    if (key < previousKey) throw new WireError('unsortedKeys')
    previousKey = key
    map.set(key, readItem(reader, depth + 1))
  }
  return map
}
