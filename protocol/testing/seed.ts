import { randomInt } from 'node:crypto'

/** The seed of a randomised test: from `MORTISE_SEED` to replay a failure, otherwise fresh. Print it. */
export function testSeed(): number {
  const given = Number(process.env['MORTISE_SEED'])
  return Number.isSafeInteger(given) && given > 0 ? given : randomInt(1, 2 ** 31)
}

/** A small, fast, well-spread generator for bulk randomness (Vigna's splitmix64 cut to 32 bits). */
export function seededRandom(seed: number): {
  readonly next: (below: number) => number
  readonly bytes: (length: number) => Uint8Array
} {
  let state = seed >>> 0
  const word = (): number => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  const next = (below: number): number => word() % below
  return { next, bytes: (length) => Uint8Array.from({ length }, () => next(256)) }
}
