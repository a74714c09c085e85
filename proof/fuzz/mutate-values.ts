import { decodeCbor, encodeCbor, WireError } from '@mortise/protocol/wire'
import type { CborMap, CborValue } from '@mortise/protocol/wire'
import type { Random } from './random.ts'
import { pick } from './random.ts'

/** Numbers at the edges where decoders change their mind. */
const edgeNumbers = [
  0,
  1,
  2,
  23,
  24,
  255,
  256,
  65_535,
  2 ** 31,
  2 ** 32,
  253_402_300_800_000,
  2 ** 53 - 1,
]
const edgeTexts = [
  '',
  'a',
  '\u0000',
  '\u202e',
  '\ud7ff',
  'ä'.repeat(200),
  '__proto__',
  'constructor',
  'toString',
  'unlock',
  'claim',
]

/**
 * Damages the meaning of a well-formed message and encodes it again, so that the damage passes the
 * byte checks and meets the schema. What is not CBOR comes back as it is.
 */
export function mutateValues(random: Random, bytes: Uint8Array): Uint8Array {
  try {
    let value = changed(random, decodeCbor(bytes))
    while (random.next(4) === 0) value = changed(random, value)
    return encodeCbor(value)
  } catch (error) {
    if (error instanceof WireError) return bytes
    throw error
  }
}

/** Goes down a random path and changes what is there. */
function changed(random: Random, value: CborValue): CborValue {
  const stops = random.next(4) === 0
  if (Array.isArray(value) && value.length > 0 && !stops) {
    return changedList(random, value)
  }
  if (value instanceof Map && value.size > 0 && !stops) return changedMap(random, value)
  return replaced(random, value)
}

function changedList(random: Random, list: readonly CborValue[]): CborValue {
  const at = random.next(list.length)
  const item = list[at] ?? 0
  switch (random.next(8)) {
    case 0:
      return list.toSpliced(at, 1)
    case 1:
      return list.toSpliced(at, 0, item)
    case 2:
      return list.toReversed()
    default:
      return list.with(at, changed(random, item))
  }
}

function changedMap(random: Random, map: CborMap): CborValue {
  const next: CborMap = new Map(map)
  const key = pick(random, [...map.keys()])
  switch (random.next(8)) {
    case 0:
      next.delete(key)
      break
    case 1:
      next.set(random.next(40), map.get(key) ?? 0)
      break
    default:
      next.set(key, changed(random, map.get(key) ?? 0))
  }
  return next
}

function replaced(random: Random, value: CborValue): CborValue {
  if (value instanceof Uint8Array && random.next(3) > 0) return otherBytes(random, value)
  if (typeof value === 'number' && random.next(3) > 0) return pick(random, edgeNumbers)
  if (typeof value === 'string' && random.next(3) > 0) return pick(random, edgeTexts)
  return pick<CborValue>(random, [
    0,
    pick(random, edgeNumbers),
    random.next(2) === 0,
    pick(random, edgeTexts),
    random.bytes(random.next(70)),
    [],
    [value],
    new Map(),
    new Map([[random.next(8), value]]),
  ])
}

function otherBytes(random: Random, bytes: Uint8Array): Uint8Array {
  switch (random.next(4)) {
    case 0:
      return random.bytes(bytes.length)
    case 1:
      return new Uint8Array(bytes.length)
    case 2:
      return bytes.subarray(0, random.next(bytes.length + 1))
    default:
      return random.bytes(bytes.length + 1)
  }
}
