import type { Listener, Unsubscribe } from './listeners.ts'

/**
 * The button on the inside of the door: it proves that somebody stands inside.
 *
 * - One call per press, debounced. Holding it down is one press, and letting go ends it: one release
 *   for each press, in their order. How long it was held is for the lock to judge.
 * - A press before the start, or while nobody listens, is lost: presence is not kept for later.
 * - Cutting and restoring power, and a restart, are never reported as a press.
 */
export interface InsideButton {
  readonly onPress: (listener: Listener<void>) => Unsubscribe
  readonly onRelease: (listener: Listener<void>) => Unsubscribe
}
