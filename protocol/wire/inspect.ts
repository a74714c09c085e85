import { limits } from '#protocol/limits.ts'
import { WireError } from '#protocol/wire/errors.ts'

/**
 * Walks over the heads of CBOR items (RFC 8949 section 3) without building anything, and refuses
 * all that Mortise's deterministic encoding (section 4.2.1) does not use. It runs before the
 * decoder proper, so that a hostile length or depth costs nothing, and so that every kind of wrong
 * input has its own code.
 */
export function inspectCbor(bytes: Uint8Array, bytesMax: number = limits.messageBytesMax): void {
  if (bytes.length > bytesMax) throw new WireError('tooLarge')
  const end = inspectItem({ bytes, itemsLeft: limits.itemsMax }, 0, 0)
  if (end !== bytes.length) throw new WireError('trailingBytes')
}

const textDecoder = new TextDecoder('utf-8', { fatal: true })

/** One inspection under way. */
interface Walk {
  readonly bytes: Uint8Array
  itemsLeft: number
}

interface Head {
  readonly major: number
  readonly argument: number
  readonly next: number
}

function inspectItem(walk: Walk, offset: number, depth: number): number {
  if (depth > limits.nestingDepthMax) throw new WireError('tooDeep')
  if (walk.itemsLeft === 0) throw new WireError('tooLarge')
  walk.itemsLeft -= 1
  const { bytes } = walk
  const head = readHead(bytes, offset)
  switch (head.major) {
    case 0:
      return head.next
    case 2:
      return skip(bytes, head)
    case 3:
      return inspectText(bytes, head)
    case 4:
      return inspectArray(walk, head, depth)
    case 5:
      return inspectMap(walk, head, depth)
    case 6:
      throw new WireError('tag')
    case 7:
      return inspectSimple(head)
    default:
      throw new WireError('unsupportedType')
  }
}

function readHead(bytes: Uint8Array, offset: number): Head {
  const initial = bytes[offset]
  if (initial === undefined) throw new WireError('truncated')
  const major = initial >> 5
  const additional = initial & 0x1f
  if (major === 7) return readSimpleHead(additional, offset)
  if (additional < 24) return { major, argument: additional, next: offset + 1 }
  if (additional === 31) throw new WireError('indefiniteLength')
  if (additional > 27) throw new WireError('unsupportedType')
  const width = 1 << (additional - 24)
  return { major, argument: readArgument(bytes, offset + 1, width), next: offset + 1 + width }
}

function readSimpleHead(additional: number, offset: number): Head {
  if (additional >= 25 && additional <= 27) throw new WireError('float')
  if (additional === 31) throw new WireError('indefiniteLength')
  return { major: 7, argument: additional, next: offset + 1 }
}

/** The shortest form holds every argument, RFC 8949 section 4.2.1. */
function readArgument(bytes: Uint8Array, offset: number, width: number): number {
  if (offset + width > bytes.length) throw new WireError('truncated')
  let argument = 0
  for (let index = 0; index < width; index += 1) {
    argument = argument * 256 + (bytes[offset + index] ?? 0)
  }
  if (argument > Number.MAX_SAFE_INTEGER) throw new WireError('integerTooLarge')
  const shortestAbove = width === 1 ? 23 : 2 ** ((width / 2) * 8) - 1
  if (argument <= shortestAbove) throw new WireError('notShortest')
  return argument
}

function skip(bytes: Uint8Array, head: Head): number {
  const end = head.next + head.argument
  if (end > bytes.length) throw new WireError('truncated')
  return end
}

function inspectText(bytes: Uint8Array, head: Head): number {
  const end = skip(bytes, head)
  try {
    textDecoder.decode(bytes.subarray(head.next, end))
  } catch (cause) {
    throw new WireError('invalidText', '', cause)
  }
  return end
}

function inspectArray(walk: Walk, head: Head, depth: number): number {
  let offset = head.next
  for (let index = 0; index < head.argument; index += 1) {
    offset = inspectItem(walk, offset, depth + 1)
  }
  return offset
}

/** Keys are unsigned integers in rising order, which also rules out duplicates (section 4.2.1). */
function inspectMap(walk: Walk, head: Head, depth: number): number {
  let offset = head.next
  let previousKey = -1
  for (let index = 0; index < head.argument; index += 1) {
    const key = readHead(walk.bytes, offset)
    if (key.major !== 0) throw new WireError('badKey')
    if (key.argument === previousKey) throw new WireError('duplicateKey')
    if (key.argument < previousKey) throw new WireError('unsortedKeys')
    previousKey = key.argument
    offset = inspectItem(walk, key.next, depth + 1)
  }
  return offset
}

/** Only false (20) and true (21): null and undefined have no meaning in any Mortise message. */
function inspectSimple(head: Head): number {
  if (head.argument === 20 || head.argument === 21) return head.next
  throw new WireError('unsupportedType')
}
