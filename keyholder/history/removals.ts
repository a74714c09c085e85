import type { Entry } from '@mortise/protocol/words'

/**
 * `handedOver`: a hub had told the lock that it holds them. `lost`: no hub had taken them, and the
 * lock had no room left.
 */
export type RemovedBecause = 'handedOver' | 'lost'

/** Entries that no hub had taken, as the lock's mark tells. */
interface Loss {
  readonly from: number
  readonly through: number
  /** Of the entry before `from`. */
  readonly after?: Uint8Array
}

/** What the lock itself says about entries that it has removed; read from proven entries only. */
export interface Removals {
  readonly through: number
  readonly losses: readonly Loss[]
}

export const nothingRemoved: Removals = { through: 0, losses: [] }

/** Adds what an entry tells, if it is a mark. Newer marks come first, and say more than older ones. */
export function withMark(before: Removals, entry: Entry): Removals {
  const { type, throughSequence, lostFrom, lostAfter } = entry
  if (type !== 'journalPruned' || throughSequence === undefined) return before
  const through = Math.max(before.through, throughSequence)
  const isTold = before.losses.some(({ from }) => from === lostFrom)
  if (lostFrom === undefined || isTold) return { ...before, through }
  const loss: Loss = {
    from: lostFrom,
    through: throughSequence,
    ...(lostAfter === undefined ? {} : { after: lostAfter }),
  }
  return { through, losses: [...before.losses, loss] }
}

/** Sequences that the hub does not have, both included. */
export interface HistoryGap {
  readonly from: number
  readonly to: number
  /** Says that the lock itself has removed all of them; absent: only the hub knows why they are not there. */
  readonly removed?: RemovedBecause
}

/** What is missing in a range, newest first, apart for each reason that the lock has given. */
export function gapsIn(removals: Removals, from: number, to: number): readonly HistoryGap[] {
  const gaps: HistoryGap[] = []
  for (let end = to; end >= from;) {
    const loss = removals.losses.find((one) => one.from <= end && end <= one.through)
    const removed = loss !== undefined ? 'lost' : end <= removals.through ? 'handedOver' : undefined
    const begins = loss?.from ?? endsBelow(removals, end) + 1
    const gap = { from: Math.max(from, begins), to: end }
    gaps.push(removed === undefined ? gap : { ...gap, removed })
    end = gap.from - 1
  }
  return gaps
}

/** The next sequence below at which another reason begins. */
function endsBelow({ through, losses }: Removals, sequence: number): number {
  const ends = [through, ...losses.map((loss) => loss.through)]
  return Math.max(0, ...ends.filter((end) => end < sequence))
}

/** What the entry right below a gap must hash to, by the lock's own word. */
export function hashBefore({ losses }: Removals, from: number, to: number): Uint8Array | undefined {
  return losses.find((loss) => loss.from === from && to <= loss.through)?.after
}
