import type { DriveDirection, StoreWrite } from '@mortise/lock'
import type { VirtualDoor } from '@mortise/lock/testing'
import type { State } from '@mortise/protocol/words'

/** Whoever watches a lock from outside: its disk, its motor, its door. */
export interface Witness {
  /** A new process begins on this door. */
  readonly opens: (door: VirtualDoor) => void
  /** It has started; this is its name, and what it says of itself. */
  readonly runs: (lockId: Uint8Array, published: () => State) => void
  /** Somebody inside presses the button, or lets it go. */
  readonly insideButton: (isDown: boolean) => void
  /** These writes are durable now. */
  readonly committed: (writes: readonly StoreWrite[]) => void
  /** After a power cut, something durable is not on the disk, or half of something is. */
  readonly lost: (detail: string) => void
  /** The motor is told to turn. */
  readonly drives: (direction: DriveDirection) => void
  /** A code is hashed that was typed at the keypad, or told to an assistant. */
  readonly hashes: (source: 'keypad' | 'voice') => void
  /** The lock's program ended by itself. */
  readonly crashed: (error: unknown) => void
}
