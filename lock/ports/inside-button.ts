import type { Listener, Unsubscribe } from './listeners.ts'

/**
 * The button on the inside of the door: it proves that somebody stands inside.
 *
 * - One call per press, debounced. Holding it down is one press.
 * - A press before the start, or while nobody listens, is lost: presence is not kept for later.
 * - Cutting and restoring power, and a restart, are never reported as a press.
 */
export interface InsideButton {
  readonly onPress: (listener: Listener<void>) => Unsubscribe
}
