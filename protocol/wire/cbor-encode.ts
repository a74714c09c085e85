import type { CborMap, CborValue } from '#protocol/wire/cbor-value.ts'
import { WireError } from '#protocol/wire/errors.ts'

/**
 * Deterministic CBOR (RFC 8949 section 4.2.1) of a value. Measures first and then writes into one
 * array of the right length, so that nothing of a message stays behind in buffers that grew.
 * @throws WireError `outOfRange` for a number that no message holds
 */
export function encodeCbor(value: CborValue): Uint8Array {
  const bytes = new Uint8Array(lengthOf(value))
  writeValue(bytes, 0, value)
  return bytes
}

const textEncoder = new TextEncoder()
const lastAscii = 0x7f
const twoTo32 = 2 ** 32

function lengthOf(value: CborValue): number {
  if (typeof value === 'number') return headLength(value)
  if (typeof value === 'boolean') return 1
  if (typeof value === 'string') {
    const length = isAscii(value) ? value.length : textEncoder.encode(value).length
    return headLength(length) + length
  }
  if (value instanceof Uint8Array) return headLength(value.length) + value.length
  if (Array.isArray(value)) {
    let length = headLength(value.length)
    for (const item of value) length += lengthOf(item)
    return length
  }
  let length = headLength(value.size)
  for (const [key, item] of value) length += headLength(key) + lengthOf(item)
  return length
}

function writeValue(bytes: Uint8Array, offset: number, value: CborValue): number {
  if (typeof value === 'number') return writeHead(bytes, offset, 0, value)
  if (typeof value === 'boolean') {
    bytes[offset] = value ? 0xf5 : 0xf4
    return offset + 1
  }
  if (typeof value === 'string') return writeText(bytes, offset, value)
  if (value instanceof Uint8Array) {
    const next = writeHead(bytes, offset, 2, value.length)
    bytes.set(value, next)
    return next + value.length
  }
  if (Array.isArray(value)) {
    let next = writeHead(bytes, offset, 4, value.length)
    for (const item of value) next = writeValue(bytes, next, item)
    return next
  }
  let next = writeHead(bytes, offset, 5, value.size)
  for (const [key, item] of inRisingOrder(value)) {
    next = writeValue(bytes, writeHead(bytes, next, 0, key), item)
  }
  return next
}

function writeText(bytes: Uint8Array, offset: number, text: string): number {
  if (!isAscii(text)) {
    const encoded = textEncoder.encode(text)
    const next = writeHead(bytes, offset, 3, encoded.length)
    bytes.set(encoded, next)
    return next + encoded.length
  }
  const next = writeHead(bytes, offset, 3, text.length)
  for (let index = 0; index < text.length; index += 1) bytes[next + index] = text.charCodeAt(index)
  return next + text.length
}

/** Most texts are words of ours, and the general encoder costs more than all of them. */
function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > lastAscii) return false
  }
  return true
}

/** Integer keys in rising order are the order of their encodings (RFC 8949 section 4.2.1). */
function inRisingOrder(map: CborMap): Iterable<[number, CborValue]> {
  let previous = -1
  for (const key of map.keys()) {
    if (key < previous) return [...map].toSorted(([left], [right]) => left - right)
    previous = key
  }
  return map
}

function headLength(argument: number): number {
  if (argument < 24) return 1
  if (argument < 0x100) return 2
  if (argument < 0x1_0000) return 3
  return argument < twoTo32 ? 5 : 9
}

function writeHead(bytes: Uint8Array, offset: number, major: number, argument: number): number {
  if (!Number.isSafeInteger(argument) || argument < 0) throw new WireError('outOfRange')
  const initial = major << 5
  if (argument < 24) {
    bytes[offset] = initial | argument
    return offset + 1
  }
  const width = headLength(argument) - 1
  bytes[offset] = initial | (24 + Math.log2(width))
  let rest = argument
  for (let index = width; index > 0; index -= 1) {
    bytes[offset + index] = rest % 0x100
    rest = Math.floor(rest / 0x100)
  }
  return offset + 1 + width
}
