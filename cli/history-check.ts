import type { HistoryEntry, HistoryFaultCode, HistoryGap, HistoryReport } from '@mortise/keyholder'
import type { Json, Line } from './output/result.ts'
import { line, present } from './output/result.ts'

/** What a fault means to a person. All of them are serious. */
const faultWords: Readonly<Record<HistoryFaultCode, string>> = {
  headForged: 'the end of the history is not signed by the lock',
  rolledBack: 'the newest entries that this device has seen are gone',
  forked: 'this is another history than the one that this device has seen',
  malformed: 'an entry cannot be read',
  outOfOrder: 'entries come twice or out of order',
  brokenLink: 'an entry was altered',
}

/** A report as JSON. */
export function reportJson(report: HistoryReport): Json {
  const { head, verified, continuesFrom, firstLook, gaps, fault, missingAtEnd, complete } = report
  return present({
    newest: head.sequence,
    verified,
    continuesFrom,
    firstLook,
    gaps: gaps.map(({ from, to, removed }) => present({ from, to, removed })),
    fault: fault === undefined ? undefined : { code: fault.code, sequence: fault.sequence },
    missingAtEnd,
    complete,
  })
}

/** A report for people: what was checked, what is missing, what is wrong. */
export function reportLines(
  report: HistoryReport,
  entries: readonly HistoryEntry[],
): readonly Line[] {
  const { fault, gaps, missingAtEnd } = report
  const unverified = entries.filter(({ verified }) => !verified).length
  const lines = gaps.map((gap) => line(gapWords(gap), 'warn'))
  if (missingAtEnd > 0) {
    lines.push(
      line(`The lock has ${missingAtEnd} newer entries that the hub does not show.`, 'warn'),
    )
  }
  if (unverified > 0) {
    lines.push(line(`${unverified} entries (marked ?) are not held by an unbroken chain.`, 'warn'))
  }
  if (fault === undefined) return [...lines, line(soundWords(report), 'good')]
  const text = `Do not trust this history: at entry ${fault.sequence}, ${faultWords[fault.code]}.`
  return [...lines, line(text, 'bad')]
}

function gapWords({ from, to, removed }: HistoryGap): string {
  const missing = `The hub does not have entries ${from} to ${to}`
  if (removed === undefined) return `${missing}.`
  return removed === 'lost'
    ? `The lock had no room left and removed entries ${from} to ${to}, which no hub had taken.`
    : `${missing}. The lock has handed them over to a hub and keeps them no longer.`
}

function soundWords({ verified, continuesFrom, firstLook, complete }: HistoryReport): string {
  const whole = complete ? ', down to the first' : ''
  if (firstLook) return `${verified} entries checked${whole}; this device had seen none before.`
  if (continuesFrom === undefined) return `${verified} entries checked${whole}.`
  return `${verified} entries checked${whole}; they continue entry ${continuesFrom}, which this device had seen.`
}
