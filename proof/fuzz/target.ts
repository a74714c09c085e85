import { mutateBytes } from './mutate-bytes.ts'
import { mutateValues } from './mutate-values.ts'
import type { Random } from './random.ts'
import { pick } from './random.ts'

/** One decoder or checker under fire. */
export interface Target {
  readonly name: string
  /** Relative cost of one input: public-key operations are dear. */
  readonly cost: 'cheap' | 'dear'
  /** The next input, as bytes that reproduce it. */
  readonly next: (random: Random) => Uint8Array
  /**
   * Feeds one input and says what became of it in one word.
   * @throws what the decoder throws, and AssertionError when it accepted what it must not
   */
  readonly feed: (input: Uint8Array) => string
}

/** Inputs for CBOR messages: mostly damaged ones, some whole, some noise. */
export function cborInputs(
  seeds: readonly Uint8Array[],
  others: readonly Uint8Array[] = seeds,
): Target['next'] {
  return (random) => {
    const seed = pick(random, seeds)
    switch (random.next(8)) {
      case 0:
        return seed
      case 1:
      case 2:
      case 3:
        return mutateValues(random, seed)
      default:
        return mutateBytes(random, seed, others)
    }
  }
}

/** Inputs for everything else: damaged bytes, and whole ones now and then. */
export function plainInputs(seeds: readonly Uint8Array[]): Target['next'] {
  return (random) => {
    const seed = pick(random, seeds)
    return random.next(16) === 0 ? seed : mutateBytes(random, seed, seeds)
  }
}
