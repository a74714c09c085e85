import { samplePolicy } from '#protocol/vectors/samples.ts'
import { jsonValue } from '#protocol/vectors/value.ts'
import { toHex } from '#protocol/wire/bytes.ts'
import { decodeCbor, encodeCbor } from '#protocol/wire/cbor.ts'
import { policyMessage } from '#protocol/wire/index.ts'

interface NameCase {
  readonly name: string
  readonly message: 'policy'
  readonly bytes: string
  readonly verdict: string
  readonly value?: unknown
}

const good: Readonly<Record<string, string>> = {
  'letters and a space': 'Änne Öztürk',
  'a joiner of Persian': 'نامه\u200cها',
  'joiners and selectors of emoji': '👩\u200d🔧\ufe0f',
  'a variant of an ideograph': '葛\u{e0100}',
  'a letter with its mark apart': 'A\u0308nne',
  'spaces around a letter': ' A ',
}

const hiding: readonly number[] = [
  0x00, 0x0a, 0x7f, 0x85, 0xad, 0x34f, 0x61c, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180e, 0x200b,
  0x200e, 0x200f, 0x2028, 0x202e, 0x2060, 0x2066, 0x206f, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xfffb,
  0x1d173, 0x1d17a, 0xe0000, 0xe0067, 0xe007f,
]

const blank: Readonly<Record<string, string>> = {
  'one space': ' ',
  'spaces of several kinds': '\u0020\u00a0\u2003\u3000',
  'joiners alone': '\u200c\u200d',
  'a mark without a letter': '\u0308',
  'a variation selector alone': '\ufe0f',
  'the empty Braille cell': '\u2800',
}

/** What a name may hold, tried as the name of a door. */
export function nameCases(): readonly NameCase[] {
  const hides = hiding.map((point) => {
    const label = `U+${point.toString(16).toUpperCase().padStart(4, '0')}`
    return nameCase(label, `A${String.fromCodePoint(point)}b`, 'forbiddenCharacter')
  })
  return [
    ...Object.entries(good).map(([label, text]) => nameCase(label, text, 'accepted')),
    ...hides,
    ...Object.entries(blank).map(([label, text]) => nameCase(label, text, 'blankText')),
  ]
}

function nameCase(name: string, text: string, verdict: string): NameCase {
  const bytes = toHex(policyNaming(text))
  const value =
    verdict === 'accepted' ? { value: jsonValue({ ...samplePolicy, doorName: text }) } : {}
  return { name, message: 'policy', bytes, verdict, ...value }
}

/** The sample policy with another door name, put in below the encoder, which refuses a bad one. */
function policyNaming(text: string): Uint8Array {
  const fields = decodeCbor(policyMessage.encode(samplePolicy))
  if (!(fields instanceof Map)) return encodeCbor(fields)
  const named = [...fields].map(
    ([key, value]) => [key, value === samplePolicy.doorName ? text : value] as const,
  )
  return encodeCbor(new Map(named))
}
