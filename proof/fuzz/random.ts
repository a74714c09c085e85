import { assertInvariant } from '@mortise/protocol/errors'
import type { seededRandom } from '@mortise/protocol/testing'

/** Bulk randomness that one seed determines. */
export type Random = ReturnType<typeof seededRandom>

/** One of a list that is not empty. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.next(items.length)]
  assertInvariant(item !== undefined, 'something to pick from')
  return item
}
