import type { Listener, Unsubscribe } from './listeners.ts'

/**
 * The cover of the outside unit (Matter: front escutcheon).
 * `unknown`: no switch is fitted, or it cannot be read.
 */
export type EscutcheonState = 'inPlace' | 'removed' | 'unknown'

/**
 * The switch behind the outside cover.
 *
 * - `state()` is what the switch says at this moment, so a cover that was taken off while the
 *   process was down is seen at start.
 * - `onChange` is called once per change; inside it `state()` equals what is told.
 */
export interface Tamper {
  readonly state: () => EscutcheonState
  readonly onChange: (listener: Listener<EscutcheonState>) => Unsubscribe
}
