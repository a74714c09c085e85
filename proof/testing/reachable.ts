import type { LinkedLock, OpenLock, RequestOutcome, Store } from '@mortise/lock'
import { assertInvariant } from '@mortise/protocol/errors'

/** A lock that can be spoken to without a network. */
export interface Reachable {
  readonly deliver: (sealed: Uint8Array) => Promise<RequestOutcome>
  /** What a link sees of the lock. */
  readonly linked: LinkedLock
  readonly store: Store
}

/** The lock as its links see it. */
export function linkedOf(lock: OpenLock): LinkedLock {
  let linked: LinkedLock | undefined
  const nothing = (): void => {}
  lock.attach({
    start(given) {
      linked = given
    },
    stateChanged: nothing,
    policyChanged: nothing,
    journalGrew: nothing,
    close: () => Promise.resolve(),
  })
  assertInvariant(linked !== undefined, 'a link is started at once')
  return linked
}
