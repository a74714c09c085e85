import type { CancelTimer, Timers } from '#lock/ports/index.ts'

/** A hub that starts again, or a router, is back by then; somebody waits inside to claim the lock. */
export const FAREWELL_MS = 60_000

export interface Farewell {
  /** The life of this lock is over. `isLinked`: somebody may still have to hear of it. */
  readonly begin: (isLinked: boolean) => void
  /** The other side has heard more than before. */
  readonly heard: () => void
  readonly stop: () => void
}

export interface FarewellOptions {
  readonly timers: Timers
  /** Everything that the lock had to tell is held elsewhere. */
  readonly isHeard: () => boolean
  /** Called once, never inside a call of these functions. */
  readonly done: () => void
}

/** Keeps a lock that was set back for as long as it takes to say so under its old name. */
export function createFarewell({ timers, isHeard, done }: FarewellOptions): Farewell {
  let cancel: CancelTimer | undefined
  const endIn = (delayMs: number): void => {
    cancel?.()
    cancel = timers.set(delayMs, () => {
      cancel = undefined
      done()
    })
  }
  return {
    begin: (isLinked) => endIn(isLinked ? FAREWELL_MS : 0),
    heard() {
      if (cancel !== undefined && isHeard()) endIn(0)
    },
    stop: () => cancel?.(),
  }
}
