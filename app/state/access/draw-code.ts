import { pinWeakness } from '@mortise/protocol/words'

/** Digits of a code that the app draws: the shortest that the lock takes, because people type it. */
export const drawnDigits = 6
/** One code in about twelve is guessable; sixty-four draws that all are is a broken generator. */
const drawsMax = 64

/**
 * Draws a code for the keypad, every fit code equally likely.
 * @param randomBytes fresh bytes from a cryptographic generator, as many as asked for.
 * @returns `null` when the generator gives nothing but guessable codes: it is broken, ask no further.
 */
export function drawCode(randomBytes: (count: number) => Uint8Array): string | null {
  for (let draw = 0; draw < drawsMax; draw += 1) {
    const code = drawDigits(randomBytes)
    if (code !== null && pinWeakness(code) === undefined) return code
  }
  return null
}

/** Bytes from 250 on are thrown away, because 256 is no multiple of ten and low digits would win. */
function drawDigits(randomBytes: (count: number) => Uint8Array): string | null {
  const digits = [...randomBytes(drawnDigits * 2)]
    .filter((byte) => byte < 250)
    .slice(0, drawnDigits)
    .map((byte) => String(byte % 10))
  return digits.length === drawnDigits ? digits.join('') : null
}
