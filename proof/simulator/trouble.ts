import type { StoreWrite } from '@mortise/lock'
import { MortiseError } from '@mortise/protocol/errors'

/** `within`: while the disk writes, so that its state afterwards is any that a commit can leave. */
export type CutMoment = 'before' | 'after' | 'within'

/** What a store meets while it commits. */
export interface CommitTrouble {
  /** At every point of a commit at which nothing of it is durable yet. */
  readonly before: () => void
  /** When everything of a commit is written and nothing is durable: the disk may fail then, or have no room. */
  readonly fails: () => void
  readonly fills: () => void
  /** These writes are durable, and the lock does not know it yet. */
  readonly after: (writes: readonly StoreWrite[]) => void
  /** What a power cut leaves of this commit, or of the end of a store, is drawn with it; undefined: none comes. */
  readonly within: () => number | undefined
}

/** What happens to the power and the disk of a lock, and when. */
export interface Trouble {
  /** The power goes at the commit after so many others. */
  readonly cutPower: (commits: number, when: CutMoment, seed: number) => void
  /** The disk fails with an error once, at the commit after so many others. */
  readonly failDisk: (commits: number) => void
  /** So many tries to commit find no room. */
  readonly fillDisk: (tries: number) => void
  /** None of it comes any more. */
  readonly calm: () => void
  readonly commits: CommitTrouble
  /** Whether a lock ended because of it, and not by itself. */
  readonly isCauseOf: (error: unknown) => boolean
}

interface Cut {
  commits: number
  readonly when: CutMoment
  readonly seed: number
}

export function createTrouble(durable: (writes: readonly StoreWrite[]) => void): Trouble {
  let cut: Cut | undefined
  let failsAfter: number | undefined
  let fullTries = 0
  let failure: unknown
  /** Since the last commit that found room, one found none because of us. */
  let isFull = false

  const isDue = (when: CutMoment): boolean => {
    if (cut?.when !== when) return false
    cut.commits -= 1
    return cut.commits < 0
  }
  const goAt = (when: CutMoment): void => {
    if (!isDue(when)) return
    cut = undefined
    throw powerCut()
  }
  return {
    cutPower(commits, when, seed) {
      cut = { commits, when, seed }
    },
    failDisk(commits) {
      failsAfter = commits
    },
    fillDisk(tries) {
      fullTries = tries
    },
    calm() {
      cut = undefined
      failsAfter = undefined
      fullTries = 0
    },
    isCauseOf(error) {
      if (!(error instanceof MortiseError)) return false
      // A young lock has nothing that it could remove to make room.
      return (
        error.code === 'powerCut' || error === failure || (error.code === 'storeFull' && isFull)
      )
    },
    commits: {
      before: () => goAt('before'),
      fails() {
        if (failsAfter === undefined) return
        failsAfter -= 1
        if (failsAfter >= 0) return
        failsAfter = undefined
        failure = new MortiseError('world', 'storeUnwritable', 'the disk fails')
        throw failure
      },
      fills() {
        if (fullTries === 0) return
        fullTries -= 1
        isFull = true
        throw new MortiseError('world', 'storeFull', 'the disk is full')
      },
      after(writes) {
        isFull = false
        durable(writes)
        goAt('after')
      },
      within() {
        if (!isDue('within')) return undefined
        const seed = cut?.seed
        cut = undefined
        return seed
      },
    },
  }
}

export function powerCut(): MortiseError {
  return new MortiseError('world', 'powerCut', 'the power went')
}
