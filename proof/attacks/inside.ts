import { askInside } from '#proof/testing/ask-inside.ts'
import type { Household } from '#proof/testing/household.ts'

/** Somebody who is inside asks for a factory reset. */
export function askForReset({ test: lockOf }: Household): void {
  const { door, time } = lockOf()
  askInside(door, (durationMs) => time.advance(durationMs))
}
