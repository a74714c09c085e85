import { decode as decodeItem, encode as encodeItem } from 'cborg'
import { limits } from '#protocol/limits.ts'
import { bytesEqual } from '#protocol/wire/bytes.ts'
import { WireError } from '#protocol/wire/errors.ts'
import { inspectCbor } from '#protocol/wire/inspect.ts'

/** What a Mortise message is made of once decoded: the subset of CBOR that we use. */
export type CborValue = number | string | boolean | Uint8Array | CborValue[] | CborMap
export type CborMap = Map<number, CborValue>

/** Deterministic CBOR (RFC 8949 section 4.2.1) of a value. */
export function encodeCbor(value: CborValue): Uint8Array {
  return encodeItem(value)
}

/**
 * Strict inverse of `encodeCbor`: accepts exactly the bytes that it would have produced.
 * @throws WireError for everything else, each kind with its own code.
 */
export function decodeCbor(
  bytes: Uint8Array,
  bytesMax: number = limits.messageBytesMax,
): CborValue {
  inspectCbor(bytes, bytesMax)
  const value: unknown = decodeItem(bytes, {
    strict: true,
    useMaps: true,
    rejectDuplicateMapKeys: true,
    allowIndefinite: false,
    allowUndefined: false,
  })
  if (!isCborValue(value)) throw new WireError('unsupportedType')
  // The inspection already implies this; comparing again keeps one mistake from becoming a hole.
  if (!bytesEqual(encodeCbor(value), bytes)) throw new WireError('notCanonical')
  return value
}

function isCborValue(value: unknown): value is CborValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0
  if (typeof value === 'string' || typeof value === 'boolean') return true
  if (value instanceof Uint8Array) return true
  if (Array.isArray(value)) return value.every(isCborValue)
  if (!(value instanceof Map)) return false
  for (const [key, item] of value) {
    if (typeof key !== 'number' || !isCborValue(item)) return false
  }
  return true
}
