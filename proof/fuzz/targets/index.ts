import type { Target } from '../target.ts'
import { checkTargets } from './checks.ts'
import { envelopeTargets } from './envelopes.ts'
import { messageTargets } from './messages.ts'
import { restTargets } from './rest.ts'
import { textTargets } from './texts.ts'

/** Every decoder of the system. `seed` makes the well-formed messages that are then damaged. */
export function allTargets(seed: number): readonly Target[] {
  return [
    ...messageTargets(seed),
    ...textTargets(),
    ...envelopeTargets(seed),
    ...checkTargets(),
    ...restTargets(seed),
  ]
}
