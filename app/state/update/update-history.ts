import type { HistoryEntry, HistoryGap, HistoryReport } from '@mortise/keyholder'
import type { AppState } from '#app/state/app/app-state.ts'
import type { HistoryState } from '#app/state/model/history/history-state.ts'
import { emptyHistory } from '#app/state/model/history/history-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'

type HistoryActions =
  | 'historyWanted'
  | 'historyRead'
  | 'historyFailed'
  | 'journalGrew'
  | 'morePressed'
  | 'kindChosen'
  | 'whoChosen'
  | 'checkOpened'
  | 'checkClosed'
  | 'checkAgainPressed'

export const historyHandlers: Handlers<HistoryActions> = {
  historyWanted: (state) => readHistory(state),
  historyRead: (state, { lockId, entries, report, ended, keptAtMs }) => {
    if (state.history.lockId !== lockId) return step(state)
    return continueCheck(state, lockId, {
      ...state.history,
      entries: merged(state.history.entries, entries, report),
      report: mergedReport(state.history, report),
      // What was read down to its end before stays read.
      ended: ended || state.history.ended,
      keptAtMs,
      loading: false,
      trouble: null,
    })
  },
  historyFailed: (state, { lockId, trouble }) => {
    if (state.history.lockId !== lockId) return step(state)
    const checkingAll = false
    return step(changed(state, { loading: false, checkingAll, trouble }))
  },
  journalGrew: (state, { lockId }) => {
    if (lockId !== state.here) return step(state)
    const { loading, checkingAll, lockId: read } = state.history
    const isUnderWay = read === lockId && (loading || checkingAll)
    return isUnderWay ? step(changed(state, { grewMeanwhile: true })) : readHistory(state)
  },
  morePressed: (state) => more(state),
  kindChosen: (state, { kind }) => step(changed(state, { kind })),
  whoChosen: (state, { who }) => step(changed(state, { who })),
  checkOpened: (state) => step(changed(state, { checkOpen: true })),
  checkClosed: (state) => step(changed(state, { checkOpen: false })),
  checkAgainPressed: (state) => {
    const { here } = state
    if (here === null) return step(state)
    const kept = { kind: state.history.kind, who: state.history.who, checkOpen: true }
    const history = { ...emptyHistory, ...kept, lockId: here, loading: true, checkingAll: true }
    return step({ ...state, history }, { type: 'startHistory', lockId: here })
  },
}

function changed(state: AppState, change: Partial<HistoryState>): AppState {
  return { ...state, history: { ...state.history, ...change } }
}

/** Reads from the newest entry on; what was loaded of the same door stays. */
export function readHistory(state: AppState): Step {
  const { here, history } = state
  if (here === null || (history.loading && history.lockId === here)) return step(state)
  const kept = history.lockId === here ? history : { ...emptyHistory, lockId: here }
  const loading = { ...state, history: { ...kept, loading: true, grewMeanwhile: false } }
  return step(loading, { type: 'startHistory', lockId: here })
}

function more(state: AppState): Step {
  const { history } = state
  if (history.lockId === null || history.loading || history.ended) return step(state)
  const belowSequence = history.entries.at(-1)?.entry.sequence ?? Number.MAX_SAFE_INTEGER
  return step(changed(state, { loading: true }), {
    type: 'moreHistory',
    lockId: history.lockId,
    belowSequence,
  })
}

/** Goes on by itself until this phone's last head is reached, or the end when all was asked for. */
function continueCheck(state: AppState, lockId: string, history: HistoryState): Step {
  const { report } = history
  const after: AppState = { ...state, history }
  const open = report !== null && report.fault === undefined && !history.ended
  const unproven = open && !report.firstLook && report.continuesFrom === undefined
  if (open && (unproven || history.checkingAll) && lockId === state.here) return more(after)
  const rested = changed(after, { checkingAll: false })
  return history.grewMeanwhile && lockId === state.here ? readHistory(rested) : step(rested)
}

/** Newest first, each sequence once; what was checked last counts. Nothing below a fault is kept. */
function merged(
  before: readonly HistoryEntry[],
  arrived: readonly HistoryEntry[],
  report: HistoryReport,
): readonly HistoryEntry[] {
  if (report.fault !== undefined && before.length === 0) return arrived
  const bySequence = new Map(before.map((each) => [each.entry.sequence, each]))
  for (const each of arrived) bySequence.set(each.entry.sequence, each)
  return [...bySequence.values()].toSorted(
    (left, right) => right.entry.sequence - left.entry.sequence,
  )
}

/**
 * A reader that began anew knows only its own pages. What an earlier one found below them still
 * holds, because the new one has come down to the head that the earlier one began with.
 */
function mergedReport(before: HistoryState, report: HistoryReport): HistoryReport {
  const earlier = before.report
  if (earlier === null || report.continuesFrom !== earlier.head.sequence) return report
  if (report.fault !== undefined) return report
  return {
    ...report,
    ...(earlier.continuesFrom === undefined ? {} : { continuesFrom: earlier.continuesFrom }),
    gaps: mergedGaps(earlier.gaps, report.gaps),
    ...(earlier.fault === undefined ? {} : { fault: earlier.fault }),
  }
}

function mergedGaps(
  before: readonly HistoryGap[],
  arrived: readonly HistoryGap[],
): readonly HistoryGap[] {
  const known = new Set(arrived.map((gap) => `${gap.from}-${gap.to}`))
  return [...arrived, ...before.filter((gap) => !known.has(`${gap.from}-${gap.to}`))]
}
