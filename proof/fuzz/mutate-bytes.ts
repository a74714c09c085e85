import { concatBytes } from '@mortise/protocol/wire'
import type { Random } from './random.ts'
import { pick } from './random.ts'

/** Damages a copy of `bytes`; `others` are whole messages to splice with. */
export type ByteMutation = (
  random: Random,
  bytes: Uint8Array,
  others: readonly Uint8Array[],
) => Uint8Array

const insertedBytesMax = 40
const bombLevelsMax = 3000

/** A place in the message, its end included. */
function place(random: Random, bytes: Uint8Array): number {
  return random.next(bytes.length + 1)
}

function replaceAt(bytes: Uint8Array, start: number, length: number, by: Uint8Array): Uint8Array {
  return concatBytes(bytes.subarray(0, start), by, bytes.subarray(start + length))
}

const flipBytes: ByteMutation = (random, bytes) => {
  const flipped = Uint8Array.from(bytes)
  for (let left = 1 + random.next(4); left > 0 && flipped.length > 0; left -= 1) {
    const at = random.next(flipped.length)
    flipped[at] = (flipped[at] ?? 0) ^ (1 + random.next(255))
  }
  return flipped
}

const flipBit: ByteMutation = (random, bytes) => {
  const flipped = Uint8Array.from(bytes)
  const at = random.next(Math.max(1, flipped.length))
  if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.next(8))
  return flipped
}

const insert: ByteMutation = (random, bytes) =>
  replaceAt(bytes, place(random, bytes), 0, random.bytes(1 + random.next(insertedBytesMax)))

const remove: ByteMutation = (random, bytes) =>
  replaceAt(bytes, place(random, bytes), 1 + random.next(insertedBytesMax), new Uint8Array(0))

const repeat: ByteMutation = (random, bytes) => {
  const start = place(random, bytes)
  const piece = bytes.subarray(start, start + 1 + random.next(insertedBytesMax))
  return replaceAt(bytes, start, 0, piece)
}

const truncate: ByteMutation = (random, bytes) => bytes.subarray(0, place(random, bytes))

const append: ByteMutation = (random, bytes) =>
  concatBytes(bytes, random.bytes(1 + random.next(insertedBytesMax)))

const splice: ByteMutation = (random, bytes, others) => {
  const other = pick(random, others)
  return concatBytes(bytes.subarray(0, place(random, bytes)), other.subarray(place(random, other)))
}

/** Heads of every kind that promise more than there is, RFC 8949 section 3. */
const boastfulHeads: readonly Uint8Array[] = [0x40, 0x60, 0x80, 0xa0].flatMap((major) => [
  Uint8Array.of(major | 0x18, 0xff),
  Uint8Array.of(major | 0x19, 0xff, 0xff),
  Uint8Array.of(major | 0x1a, 0x00, 0x40, 0x00, 0x00),
  Uint8Array.of(major | 0x1a, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(major | 0x1b, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(major | 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(major | 0x1f),
])

/** Puts a huge or indefinite length where some head or content stood. */
const claimLength: ByteMutation = (random, bytes) =>
  replaceAt(bytes, place(random, bytes), random.next(3), pick(random, boastfulHeads))

/** Wraps or interrupts with thousands of nested arrays, maps or tags. */
const nestingBomb: ByteMutation = (random, bytes) => {
  const opener = pick(random, [[0x81], [0xa1, 0x00], [0xc1], [0x9f], [0x82, 0x00]])
  const levels = 1 + random.next(random.next(8) === 0 ? bombLevelsMax : 16)
  const bomb = Uint8Array.from({ length: levels * opener.length }, (_, index) => {
    return opener[index % opener.length] ?? 0
  })
  return replaceAt(bytes, random.next(2) === 0 ? 0 : place(random, bytes), 0, bomb)
}

const noise: ByteMutation = (random) => random.bytes(random.next(200))

const mutations: readonly ByteMutation[] = [
  flipBytes,
  flipBytes,
  flipBit,
  flipBit,
  insert,
  remove,
  repeat,
  truncate,
  append,
  splice,
  claimLength,
  nestingBomb,
  noise,
]

/** One to three random damages, one after another. */
export const mutateBytes: ByteMutation = (random, bytes, others) => {
  let damaged = pick(random, mutations)(random, bytes, others)
  while (random.next(3) === 0) damaged = pick(random, mutations)(random, damaged, others)
  return damaged
}

export { boastfulHeads }
