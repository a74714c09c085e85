import { limits } from '@mortise/protocol/limits'
import { pinWeakness } from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'

type RandomBytes = (length: number) => Uint8Array

/** The shortest that the lock takes, because people type it. */
export const drawnPinDigits = limits.pinDigitsMin

/** About one code in twelve is guessable; sixty-four in a row are a broken generator. */
const drawsMax = 64
/** The largest multiple of ten in a byte: what is above would make low digits likelier. */
const fairBytesEnd = 250

/**
 * Draws a keypad code; every code that is not guessable is equally likely.
 * @param randomBytes from a cryptographic generator.
 * @throws KeyholderError `randomnessBroken`
 */
export function generatePin(randomBytes: RandomBytes, digits: number = drawnPinDigits): string {
  for (let draw = 0; draw < drawsMax; draw += 1) {
    const pin = drawDigits(randomBytes, digits)
    if (pin !== undefined && pinWeakness(pin) === undefined) return pin
  }
  throw new KeyholderError('randomnessBroken')
}

function drawDigits(randomBytes: RandomBytes, digits: number): string | undefined {
  const fair = randomBytes(digits * 2).filter((byte) => byte < fairBytesEnd)
  if (fair.length < digits) return undefined
  return Array.from(fair.subarray(0, digits), (byte) => String(byte % 10)).join('')
}

/** @throws KeyholderError `pinUnfit` */
export function requireFitPin(pin: string): void {
  const weakness = pinWeakness(pin)
  if (weakness !== undefined) throw new KeyholderError('pinUnfit', { detail: weakness })
}
