import { limits } from '#protocol/limits.ts'

interface CborCase {
  readonly name: string
  readonly bytes: string
  readonly verdict: string
}

const deepest = '81'.repeat(limits.nestingDepthMax)

const table: readonly (readonly [name: string, bytes: string, verdict: string])[] = [
  ['zero', '00', 'accepted'],
  ['24', '1818', 'accepted'],
  ['2^53-1', '1b001fffffffffffff', 'accepted'],
  ['empty bytes', '40', 'accepted'],
  ['empty text', '60', 'accepted'],
  ['false and true', '82f4f5', 'accepted'],
  ['rising keys', 'a300011702181803', 'accepted'],
  ['deepest nesting', `${deepest}00`, 'accepted'],
  ['nothing', '', 'truncated'],
  ['negative integer', '20', 'unsupportedType'],
  ['null', 'f6', 'unsupportedType'],
  ['undefined', 'f7', 'unsupportedType'],
  ['simple value', 'e0', 'unsupportedType'],
  ['half float', 'f93c00', 'float'],
  ['single float', 'fa3f800000', 'float'],
  ['double that is a whole number', 'fb3ff0000000000000', 'float'],
  ['tag', 'c001', 'tag'],
  ['indefinite bytes', '5f41ffff', 'indefiniteLength'],
  ['indefinite text', '7f6161ff', 'indefiniteLength'],
  ['indefinite array', '9f01ff', 'indefiniteLength'],
  ['indefinite map', 'bf0001ff', 'indefiniteLength'],
  ['23 in two bytes', '1817', 'notShortest'],
  ['255 in three bytes', '1900ff', 'notShortest'],
  ['65535 in five bytes', '1a0000ffff', 'notShortest'],
  ['2^32-1 in nine bytes', '1b00000000ffffffff', 'notShortest'],
  ['2^53', '1b0020000000000000', 'integerTooLarge'],
  ['length without bytes', '5820', 'truncated'],
  ['array that promises too much', '9affffffff', 'truncated'],
  ['byte too many', '0000', 'trailingBytes'],
  ['duplicate key', 'a200010002', 'duplicateKey'],
  ['falling keys', 'a201010002', 'unsortedKeys'],
  ['text key', 'a1616101', 'badKey'],
  ['text that is not UTF-8', '62c328', 'invalidText'],
  ['surrogate in UTF-8', '63eda080', 'invalidText'],
  ['one level too deep', `${deepest}8100`, 'tooDeep'],
]

/** Raw CBOR before any message is looked for in it. */
export function cborCases(): readonly CborCase[] {
  return table.map(([name, bytes, verdict]) => ({ name, bytes, verdict }))
}
