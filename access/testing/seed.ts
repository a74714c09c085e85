import type { TestContext } from 'node:test'

/** The seed of a randomised test, printed, so that `MORTISE_SEED=<number>` repeats a failure. */
export function seedOf(test: TestContext): number {
  const given = Number.parseInt(process.env['MORTISE_SEED'] ?? '', 10)
  const seed = Number.isSafeInteger(given) ? given : Math.floor(Math.random() * 2 ** 31)
  test.diagnostic(`MORTISE_SEED=${seed}`)
  return seed
}

/**
 * How often a randomised test tries: `total` times, or the share of it that `MORTISE_SHARE` asks
 * for. `npm run mutate` runs a test a thousand times and asks for little each time.
 */
export function runsOf(total: number): number {
  return Math.ceil(total * Number(process.env['MORTISE_SHARE'] ?? 1))
}

/** A small repeatable source of chance (mulberry32): numbers from 0 up to, not including, 1. */
export function chanceFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** One of a list. */
export function pick<const Item>(chance: () => number, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(chance() * items.length)] ?? items[0]
}
