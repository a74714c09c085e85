import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concatBytes, utf8 } from '@mortise/protocol/wire'
import { assertInvariant } from '@mortise/protocol/errors'

/**
 * Ed25519 inputs on which verifiers are known to disagree (Chalkias, Garillot and Nikolaenko,
 * "Taming the many EdDSAs", 2020), built here with curve arithmetic so that each can be followed.
 * A forgery must be valid under a careless verifier, or its refusal would prove nothing; which
 * careless verifier that is, `edge-ed25519.test.ts` shows.
 */
export interface Ed25519Case {
  readonly name: string
  readonly accepted: boolean
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
}

const { Point } = ed25519
type EdwardsPoint = typeof Point.BASE
const order = Point.Fn.ORDER
const fieldPrime = Point.Fp.ORDER

/** Scalars of the tests' own choosing, in place of hashed seeds and nonces. */
const secret = 0x1234_5678_9abc_def0n
const nonce = 0x0fed_cba9_8765_4321n

/** All eight points whose order divides the cofactor: the multiples of one point of order eight. */
export const torsion: readonly EdwardsPoint[] = smallOrderPoints()

function smallOrderPoints(): readonly EdwardsPoint[] {
  for (let y = 2n; y < 64n; y += 1n) {
    const point = decodePoint(encodeY(y))
    if (point === undefined) continue
    // [L]P has the small-order part only. noble takes scalars below L, hence [L - 1]P + P.
    const part = point.multiplyUnsafe(order - 1n).add(point)
    if (part.double().double().is0()) continue
    return Array.from({ length: 8 }, (_, index) => times(part, BigInt(index)))
  }
  assertInvariant(false, 'a point of order eight exists')
  return []
}

function decodePoint(encoded: Uint8Array): EdwardsPoint | undefined {
  try {
    return Point.fromBytes(encoded)
  } catch {
    return undefined
  }
}

/** 32 bytes, little endian. */
function encodeY(value: bigint): Uint8Array {
  return Uint8Array.fromHex(value.toString(16).padStart(64, '0')).toReversed()
}

function decodeNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${bytes.toReversed().toHex()}`)
}

function challengeOf(commitment: Uint8Array, key: Uint8Array, message: Uint8Array): bigint {
  return decodeNumber(sha512(concatBytes(commitment, key, message))) % order
}

/** Times a point, also by zero, which noble's `multiplyUnsafe` accepts. */
function times(point: EdwardsPoint, scalar: bigint): EdwardsPoint {
  return point.multiplyUnsafe(scalar)
}

function signed(
  commitment: Uint8Array,
  key: Uint8Array,
  message: Uint8Array,
  nonceScalar: bigint,
): Uint8Array {
  const challenge = challengeOf(commitment, key, message)
  return concatBytes(commitment, encodeY((nonceScalar + challenge * secret) % order))
}

/** The first message, by number, whose challenge suits. */
function messageWhere(suits: (message: Uint8Array) => boolean): Uint8Array {
  for (let attempt = 0; attempt < 10_000; attempt += 1) {
    const message = utf8(`message ${attempt}`)
    if (suits(message)) return message
  }
  assertInvariant(false, 'one message in eight suits')
  return utf8('')
}

/**
 * A signature that nobody had to know a secret for: under a key A of small order, S = 0 and
 * R = -[k]A fits as soon as the hash agrees, which one message in eight does.
 */
function forged(name: string, publicKey: Uint8Array, point: EdwardsPoint): Ed25519Case {
  const commitment = Point.ZERO.toBytes()
  const message = messageWhere((message) =>
    times(point, challengeOf(commitment, publicKey, message)).is0(),
  )
  const signature = concatBytes(commitment, encodeY(0n))
  return { name, accepted: false, publicKey, message, signature }
}

const honestKey = times(Point.BASE, secret)
const honestCommitment = times(Point.BASE, nonce)
const torsionPoint = torsion[1] ?? Point.ZERO
const mixedKey = honestKey.add(torsionPoint).toBytes()

/** Under every small-order key, in its one canonical encoding. */
export const smallOrderCases: readonly Ed25519Case[] = torsion.map((point, index) =>
  forged(`key of small order, ${index} times the generator`, point.toBytes(), point),
)

/** Made by the key's holder, who proves nothing by them: the commitment binds no nonce. */
export const smallCommitmentCases: readonly Ed25519Case[] = [
  honestKeyCase('commitment is the identity', false, Point.ZERO.toBytes(), 0n),
  honestKeyCase('commitment y = p + 1, the identity', false, encodeY(fieldPrime + 1n), 0n),
  smallCommitmentUnderMixedKey(),
]

function smallCommitmentUnderMixedKey(): Ed25519Case {
  const commitment = torsionPoint.double().toBytes()
  const message = messageWhere((message) => {
    const small = times(torsionPoint, challengeOf(commitment, mixedKey, message))
    return small.add(torsionPoint.double()).is0()
  })
  const signature = signed(commitment, mixedKey, message, 0n)
  const name = 'commitment of small order under a key of mixed order'
  return { name, accepted: false, publicKey: mixedKey, message, signature }
}

/** The same points in encodings that RFC 8032 section 5.1.3 forbids but lenient decoders take. */
export const nonCanonicalCases: readonly Ed25519Case[] = [
  forged('key y = p, a second spelling of y = 0', encodeY(fieldPrime), pointAt(encodeY(0n))),
  forged('key y = p + 1, a second spelling of y = 1', encodeY(fieldPrime + 1n), Point.ZERO),
  forged('key y = 1 with the sign bit set', withSignBit(encodeY(1n)), Point.ZERO),
  forged(
    'key y = -1 with the sign bit set',
    withSignBit(encodeY(fieldPrime - 1n)),
    pointAt(encodeY(fieldPrime - 1n)),
  ),
]

function pointAt(encoded: Uint8Array): EdwardsPoint {
  const point = decodePoint(encoded)
  assertInvariant(point !== undefined, 'the encoding is a point')
  return point
}

function withSignBit(encoded: Uint8Array): Uint8Array {
  return encoded.with(31, (encoded[31] ?? 0) | 0x80)
}

function mixedKeyCase(name: string, accepted: boolean): Ed25519Case {
  const commitment = honestCommitment.toBytes()
  const message = messageWhere((message) => {
    const vanishes = times(torsionPoint, challengeOf(commitment, mixedKey, message)).is0()
    return vanishes === accepted
  })
  const signature = signed(commitment, mixedKey, message, nonce)
  return { name, accepted, publicKey: mixedKey, message, signature }
}

/** Valid with the cofactor, not without: the verifiers of the world split here. */
export const cofactorCases: readonly Ed25519Case[] = [
  mixedKeyCase('key of mixed order, small part does not cancel', false),
  honestKeyCase(
    'commitment of mixed order',
    false,
    honestCommitment.add(torsionPoint).toBytes(),
    nonce,
  ),
]

function honestKeyCase(
  name: string,
  accepted: boolean,
  commitment: Uint8Array,
  nonceScalar: bigint,
): Ed25519Case {
  const publicKey = honestKey.toBytes()
  const message = utf8('a message')
  const signature = signed(commitment, publicKey, message, nonceScalar)
  return { name, accepted, publicKey, message, signature }
}

const ordinary = honestKeyCase('ordinary signature', true, honestCommitment.toBytes(), nonce)
const response = decodeNumber(ordinary.signature.subarray(32))

function altered(name: string, change: Partial<Ed25519Case>): Ed25519Case {
  return { ...ordinary, accepted: false, ...change, name }
}

function withResponse(name: string, value: bigint): Ed25519Case {
  const signature = concatBytes(ordinary.signature.subarray(0, 32), encodeY(value))
  return altered(name, { signature })
}

/** What the signer's secret makes possible, and what damages an ordinary signature. */
export const ordinaryCases: readonly Ed25519Case[] = [
  ordinary,
  mixedKeyCase('key of mixed order, small part cancels', true),
  withResponse('S + L', response + order),
  withResponse('S = L', order),
  withResponse('S = 0', 0n),
  withResponse('S = 2^256 - 1', (1n << 256n) - 1n),
  altered('key is all zero', { publicKey: new Uint8Array(32) }),
  altered('key is all ones', { publicKey: new Uint8Array(32).fill(0xff) }),
  altered('key is not on the curve (y = 2)', { publicKey: encodeY(2n) }),
  altered('key without its last byte', { publicKey: ordinary.publicKey.subarray(0, 31) }),
  altered('key with a byte more', { publicKey: concatBytes(ordinary.publicKey, encodeY(0n)) }),
  altered('key is empty', { publicKey: new Uint8Array(0) }),
  altered('signature is all zero', { signature: new Uint8Array(64) }),
  altered('signature without its last byte', { signature: ordinary.signature.subarray(0, 63) }),
  altered('signature with a byte more', {
    signature: concatBytes(ordinary.signature, new Uint8Array(1)),
  }),
  altered('signature is empty', { signature: new Uint8Array(0) }),
  altered('message is empty', { message: new Uint8Array(0) }),
  altered('message with a byte more', {
    message: concatBytes(ordinary.message, new Uint8Array(1)),
  }),
]

/** The whole table. Every adapter must give exactly these verdicts. */
export const ed25519Cases: readonly Ed25519Case[] = [
  ...ordinaryCases,
  ...smallOrderCases,
  ...nonCanonicalCases,
  ...smallCommitmentCases,
  ...cofactorCases,
]
