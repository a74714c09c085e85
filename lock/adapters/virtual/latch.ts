import type { Latch, Timers } from '#lock/ports/index.ts'
import { createListeners } from '#lock/ports/index.ts'

export interface VirtualLatch {
  readonly latch: Latch
  /** Without power the spring wins. */
  readonly losePower: () => void
  readonly close: () => void
}

/** A coil that holds the latch back for as long as it has current. */
export function createLatch(timers: Timers, changed: () => void): VirtualLatch {
  const listeners = createListeners<boolean>()
  let pulled = false
  let cancelPull = () => {}
  let cancelRelease = () => {}
  const set = (next: boolean): void => {
    if (pulled === next) return
    pulled = next
    changed()
    listeners.tell(next)
  }
  const release = (): void => {
    cancelPull()
    cancelRelease()
    set(false)
  }
  return {
    latch: {
      isPulled: () => pulled,
      pull(holdMs) {
        cancelPull()
        cancelRelease()
        cancelPull = timers.set(0, () => set(true))
        cancelRelease = timers.set(holdMs, release)
      },
      onChange: listeners.add,
    },
    losePower: release,
    close() {
      cancelPull()
      cancelRelease()
    },
  }
}
