import { p256 } from '@noble/curves/nist.js'
import { concatBytes, fromHex, utf8 } from '@mortise/protocol/wire'
import { assertInvariant } from '@mortise/protocol/errors'
import { es256Vectors } from './vectors.ts'

/** ES256 inputs with one verdict each. All are variations on the vectors of RFC 6979 A.2.5. */
export interface Es256Case {
  readonly name: string
  readonly accepted: boolean
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

const curveOrder = p256.Point.Fn.ORDER
const fieldPrime = p256.Point.Fp.ORDER

/** Bytes from hexadecimal that a test wrote down. */
export function hex(text: string): Uint8Array {
  const bytes = fromHex(text)
  assertInvariant(bytes !== undefined, 'the test holds valid hexadecimal')
  return bytes
}

/** A DER item with the length in its shortest form (X.690 section 10.1), for up to 127 bytes. */
export function derItem(tag: number, content: Uint8Array): Uint8Array {
  return concatBytes(Uint8Array.of(tag, content.length), content)
}

/** The shortest two's complement of a number that is not negative (X.690 section 8.3). */
export function derInteger(value: bigint): Uint8Array {
  const digits = value.toString(16)
  const bytes = hex(digits.padStart(digits.length + (digits.length % 2), '0'))
  const needsSign = (bytes[0] ?? 0) >= 0x80
  return derItem(0x02, needsSign ? concatBytes(Uint8Array.of(0), bytes) : bytes)
}

/** ECDSA-Sig-Value (RFC 3279 section 2.2.3). */
export function derSignature(r: bigint, s: bigint): Uint8Array {
  return derItem(0x30, concatBytes(derInteger(r), derInteger(s)))
}

const [high, low] = es256Vectors.signatures
const r = BigInt(`0x${low.r}`)
const s = BigInt(`0x${low.s}`)
const derR = derInteger(r)
const derS = derInteger(s)

/** 71 bytes long, so that the loose forms with one byte more still reach the parser. */
const ordinary: Es256Case = {
  name: 'RFC 6979 "test", low s as published',
  accepted: true,
  publicKey: hex(es256Vectors.publicKey),
  message: utf8(low.message),
  signature: derSignature(r, s),
}
const x = ordinary.publicKey.subarray(1, 33)
const y = ordinary.publicKey.subarray(33)

function altered(name: string, change: Partial<Es256Case>): Es256Case {
  return { ...ordinary, accepted: false, ...change, name }
}

function signature(name: string, bytes: Uint8Array): Es256Case {
  return altered(name, { signature: bytes })
}

function key(name: string, ...parts: readonly Uint8Array[]): Es256Case {
  return altered(name, { publicKey: concatBytes(...parts) })
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derItem(0x30, concatBytes(...parts))
}

function uint256(value: bigint): Uint8Array {
  return hex(value.toString(16).padStart(64, '0'))
}

const numbers: readonly Es256Case[] = [
  signature('r = 0', derSignature(0n, s)),
  signature('s = 0', derSignature(r, 0n)),
  signature('r = s = 0', derSignature(0n, 0n)),
  signature('r = n', derSignature(curveOrder, s)),
  signature('s = n', derSignature(r, curveOrder)),
  signature('s + n', derSignature(r, s + curveOrder)),
  signature('r + n', derSignature(r + curveOrder, s)),
  signature('r and s exchanged', derSignature(s, r)),
  signature('r = s = 1', derSignature(1n, 1n)),
]

/** The same two numbers in forms that BER allows and DER (X.690 section 10) forbids. */
const looseForms: readonly Es256Case[] = [
  signature(
    's with a zero byte in front',
    sequence(derR, derItem(2, concatBytes(Uint8Array.of(0), derS.subarray(2)))),
  ),
  signature('r as a negative number', sequence(derItem(2, derR.subarray(3)), derS)),
  signature(
    'long form of the outer length',
    concatBytes(hex('3081'), ordinary.signature.subarray(1)),
  ),
  signature('long form of an inner length', sequence(hex('0281'), derR.subarray(1), derS)),
  signature('indefinite length', concatBytes(hex('3080'), derR, derS, hex('0000'))),
  signature('third integer', sequence(derR, derS, derInteger(1n))),
  signature('byte after the sequence', concatBytes(ordinary.signature, hex('00'))),
  signature('set instead of sequence', derItem(0x31, concatBytes(derR, derS))),
  signature('octet string instead of integer', sequence(derItem(4, derR.subarray(2)), derS)),
  signature('last byte missing', ordinary.signature.subarray(0, -1)),
  signature('s missing', sequence(derR)),
  signature('empty sequence', hex('3000')),
  signature('empty integers', hex('300402000200')),
  signature('no bytes', new Uint8Array(0)),
  signature('raw r and s (IEEE P1363)', concatBytes(uint256(r), uint256(s))),
  signature('200 bytes', new Uint8Array(200).fill(0x30)),
]

const keys: readonly Es256Case[] = [
  key('compressed key', Uint8Array.of(0x02 + ((y[31] ?? 0) & 1)), x),
  key('hybrid key', Uint8Array.of(0x06 + ((y[31] ?? 0) & 1)), x, y),
  key('key without its prefix', x, y),
  key('key with y negated', hex('04'), x, uint256(fieldPrime - BigInt(`0x${y.toHex()}`))),
  key('key not on the curve', hex('04'), x, x),
  key('key all zero', new Uint8Array(65)),
  key('key 04 and zeros', hex('04'), new Uint8Array(64)),
  key('key at infinity', hex('00')),
  key('key with x = p', hex('04'), uint256(fieldPrime), y),
  key('key with both coordinates at 2^256 - 1', hex('04'), new Uint8Array(64).fill(0xff)),
  key('x above p, a second spelling of x = 5', hex('04'), aliasOfSmallX()),
  key('key without its last byte', ordinary.publicKey.subarray(0, 64)),
  key('key with a byte more', ordinary.publicKey, hex('00')),
  key('no key'),
]

/** x = 5 is on P-256, and 5 + p still fits into 32 bytes. */
function aliasOfSmallX(): Uint8Array {
  const point = p256.Point.fromBytes(concatBytes(hex('02'), uint256(5n)))
  return concatBytes(uint256(5n + fieldPrime), uint256(point.toAffine().y))
}

/** The whole table. Every adapter must give exactly these verdicts. */
export const es256Cases: readonly Es256Case[] = [
  ordinary,
  { ...ordinary, name: 'the same with high s', signature: derSignature(r, curveOrder - s) },
  {
    ...ordinary,
    name: 'RFC 6979 "sample", high s as published',
    message: utf8(high.message),
    signature: derSignature(BigInt(`0x${high.r}`), BigInt(`0x${high.s}`)),
  },
  ...numbers,
  ...looseForms,
  ...keys,
  altered('another message', { message: utf8('simple') }),
  altered('empty message', { message: new Uint8Array(0) }),
]
