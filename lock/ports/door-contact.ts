import type { Listener, Unsubscribe } from './listeners.ts'

/** `unknown`: no contact is fitted, or it cannot be read. */
export type DoorPosition = 'open' | 'closed' | 'unknown'

/**
 * The contact that sees the door leaf.
 *
 * - `position()` is what the contact says at this moment, from the first call on.
 * - `onChange` is called once per change, never for a repeated value; inside it `position()`
 *   equals what is told. What happened while the process was down is not reported: read
 *   `position()` at start.
 */
export interface DoorContact {
  readonly position: () => DoorPosition
  readonly onChange: (listener: Listener<DoorPosition>) => Unsubscribe
}
