import type { TestContext } from 'node:test'

/**
 * The seed of a property test, printed so that a failure can be run again:
 * `MORTISE_SEED=<number> node --test <file>`.
 */
export function seedOf(test: TestContext): number {
  const wanted = Number.parseInt(process.env['MORTISE_SEED'] ?? '', 10)
  const seed = Number.isNaN(wanted) ? freshSeed() : wanted
  test.diagnostic(`MORTISE_SEED=${seed}`)
  return seed
}

function freshSeed(): number {
  return globalThis.crypto.getRandomValues(new Int32Array(1))[0] ?? 0
}
