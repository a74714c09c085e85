import type { Listener, Unsubscribe } from './listeners.ts'

/**
 * The part that pulls the latch, where one is fitted.
 *
 * - **Never by itself.** It pulls only inside a `pull`; opening the adapter, a restart and a power cut
 *   never do, and a pull that was cut by one is over: the latch lets go without power.
 * - **Timed in hardware.** It lets go after `holdMs` whatever becomes of the lock's software; a later
 *   `pull` counts anew from its call.
 * - **After the call.** `pull` returns at once; no listener is called before it has returned.
 * - **True.** Inside a listener `isPulled()` equals what the listener was told. Each pull is told as one
 *   change to true (none when it was pulled already) and one to false.
 */
export interface Latch {
  readonly isPulled: () => boolean
  readonly pull: (holdMs: number) => void
  readonly onChange: (listener: Listener<boolean>) => Unsubscribe
}
