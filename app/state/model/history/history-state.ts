import type { HistoryEntry, HistoryReport } from '@mortise/keyholder'
import type { HistoryKind } from '#app/state/model/history/history-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

export interface HistoryState {
  readonly lockId: string | null
  /** Newest first, each sequence once. */
  readonly entries: readonly HistoryEntry[]
  readonly report: HistoryReport | null
  /** When this phone read it, where the hub is away and the phone's shelf was read; else `null`. */
  readonly keptAtMs: number | null
  readonly loading: boolean
  /** The lock wrote more while it was read: what comes is old already. */
  readonly grewMeanwhile: boolean
  /** The hub has nothing older. */
  readonly ended: boolean
  /** The person asked for the whole chain to be walked. */
  readonly checkingAll: boolean
  readonly trouble: Trouble | null
  readonly kind: HistoryKind
  readonly who: string | null
  readonly checkOpen: boolean
}

export const emptyHistory: HistoryState = {
  lockId: null,
  entries: [],
  report: null,
  keptAtMs: null,
  loading: false,
  grewMeanwhile: false,
  ended: false,
  checkingAll: false,
  trouble: null,
  kind: 'all',
  who: null,
  checkOpen: false,
}
