import type { TestContext } from 'node:test'

/** The seed of a property test, printed so that a failure can be run again with `MORTISE_SEED`. */
export function seedOf(test: TestContext): number {
  const wanted = Number.parseInt(process.env['MORTISE_SEED'] ?? '', 10)
  const fresh = globalThis.crypto.getRandomValues(new Int32Array(1))[0] ?? 0
  const seed = Number.isNaN(wanted) ? fresh : wanted
  test.diagnostic(`MORTISE_SEED=${seed}`)
  return seed
}
