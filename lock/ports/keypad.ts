import type { Listener, Unsubscribe } from './listeners.ts'

export const KEYPAD_KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const

/** `*` drops what was typed before it, `#` submits; the lock gives them that meaning. */
export type KeypadKey = (typeof KEYPAD_KEYS)[number]

/**
 * The touchpad outside.
 *
 * - One call per press, in the order of the presses, each after the one before has been handled.
 * - Nothing is kept: a key pressed while nobody listens, or before the start, is lost. A restart
 *   never replays keys.
 * - The adapter gives the keys no meaning, keeps no code, and writes no key to a log or a disk.
 */
export interface Keypad {
  readonly onKey: (listener: Listener<KeypadKey>) => Unsubscribe
}
