import type { HistoryGap, HistoryReport } from '@mortise/keyholder'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import type { SureLine } from '#app/state/model/history/history-lines.ts'
import { isOfKind, toneOf } from '#app/state/model/history/history-kinds.ts'
import { linesOf } from '#app/state/model/history/history-lines.ts'
import type { HistoryState } from '#app/state/model/history/history-state.ts'
import type {
  HistoryCheck,
  HistoryItem,
  HistoryView,
} from '#app/state/model/history/history-view.ts'
import { wallTimeOf } from '#app/time/wall-time.ts'

/** The history as its screen draws it. @param timeZone the door's, so that days are its days. */
export function selectHistory(state: AppState, timeZone: string): HistoryView | null {
  const door = doorHere(state)
  if (door === null) return null
  const { history } = state
  const lines = linesOf(history.entries, door.ownUserId)
  const people = [...new Set(lines.flatMap(({ line }) => line.who ?? []))].toSorted()
  const filtered = lines.filter(
    ({ line }) =>
      isOfKind(line, history.kind) && (history.who === null || line.who === history.who),
  )
  return {
    doorName: door.name,
    items: itemsOf(filtered, history, timeZone),
    check: checkOf(history, state),
    kind: history.kind,
    who: history.who,
    people,
    loading: history.loading,
    more: hasMore(history),
    keptAtMs: history.keptAtMs,
    nowMs: state.nowMs,
    checkOpen: history.checkOpen,
  }
}

/** Where the phone's shelf ends, asking on would only tell again that the hub is away. */
function hasMore({ lockId, ended, report, keptAtMs, trouble }: HistoryState): boolean {
  const shelfEnds = keptAtMs !== null && trouble !== null
  return lockId !== null && !ended && report?.fault === undefined && !shelfEnds
}

/** Lines under day headings, with gaps and the fault where they are. */
function itemsOf(
  lines: readonly SureLine[],
  history: HistoryState,
  timeZone: string,
): readonly HistoryItem[] {
  const { report } = history
  const items: HistoryItem[] = report === null ? [] : atEnd(report)
  const gaps = (report?.gaps ?? []).toSorted((left, right) => right.to - left.to)
  let day = ''
  let passed = 0
  for (const { line, sure } of lines) {
    const above = gaps.slice(passed).filter((gap) => gap.from > line.sequence)
    items.push(...above.map((gap) => gapItem(gap, false)))
    passed += above.length
    const key = wallTimeOf(line.timeMs, timeZone).slice(0, 10)
    if (key !== day) items.push({ kind: 'day', key: `day-${key}`, dayMs: line.timeMs })
    day = key
    items.push({ kind: 'event', key: String(line.sequence), line, tone: toneOf(line), sure })
  }
  items.push(...gaps.slice(passed).map((gap) => gapItem(gap, false)))
  const fault = report?.fault
  if (fault !== undefined) items.push({ kind: 'broken', key: 'broken', sequence: fault.sequence })
  return items
}

function atEnd({ head, missingAtEnd }: HistoryReport): HistoryItem[] {
  if (missingAtEnd === 0) return []
  return [gapItem({ from: head.sequence + 1, to: head.sequence + missingAtEnd }, true)]
}

function gapItem(gap: HistoryGap, isAtEnd: boolean): HistoryItem {
  return {
    kind: 'gap',
    key: `gap-${gap.from}`,
    fromSequence: gap.from,
    toSequence: gap.to,
    atEnd: isAtEnd,
    removed: gap.removed ?? null,
  }
}

function checkOf(history: HistoryState, state: AppState): HistoryCheck {
  const { report, entries } = history
  if (report === null) {
    if (history.loading) return { kind: 'checking', done: 0, total: 0 }
    return history.trouble === null && state.online ? { kind: 'none' } : { kind: 'offline' }
  }
  const { fault, head, gaps } = report
  if (fault !== undefined) return { kind: 'broken', why: fault.code, sequence: fault.sequence }
  const oldest = entries.at(-1)?.entry.sequence ?? head.sequence
  const done = head.sequence - oldest
  const unproven = !report.firstLook && report.continuesFrom === undefined
  if (history.checkingAll || (unproven && history.trouble === null)) {
    return { kind: 'checking', done, total: head.sequence }
  }
  if (unproven) return { kind: 'offline' }
  if (gaps.length > 0) {
    const missing = gaps.reduce((total, gap) => total + gap.to - gap.from + 1, 0)
    const proven = entries.every(({ verified }) => verified)
    return { kind: 'gap', missing, entries: entries.length, proven }
  }
  if (entries.length === 0) return { kind: 'none' }
  return {
    kind: 'verified',
    entries: entries.length,
    fromSequence: oldest,
    toSequence: head.sequence,
    continuity:
      report.continuesFrom === undefined
        ? { kind: 'first' }
        : { kind: 'continues', sequence: report.continuesFrom },
  }
}
