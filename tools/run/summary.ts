import type { Outcome } from '#tools/run/steps.ts'
import { addTotals, NO_TESTS } from '#tools/run/totals.ts'

/** A step that has ended. */
export interface Row {
  readonly name: string
  readonly outcome: Outcome
  readonly durationMs: number
}

const RESULTS: Readonly<Record<Outcome['ending'], string>> = {
  ok: 'ok',
  failed: 'FAILED',
  missing: 'MISSING (run `npm ci` first)',
  nothing: 'nothing to do',
}

/** Whether the whole run is green. */
export function isGreen(rows: readonly Row[]): boolean {
  return rows.every(({ outcome }) => outcome.ending === 'ok' || outcome.ending === 'nothing')
}

/** The closing table, and the line that counts the tests of all runs of Node's test runner. */
export function formatSummary(rows: readonly Row[]): string {
  const table = rows.map(({ name, outcome, durationMs }) => {
    const seconds = (durationMs / 1_000).toFixed(1).padStart(7)
    return `  ${name.padEnd(8)}${seconds} s  ${RESULTS[outcome.ending]}`
  })
  const { passed, failed, skipped } = rows
    .map(({ outcome }) => outcome.totals)
    .reduce(addTotals, NO_TESTS)
  return [...table, '', `${passed} passed, ${failed} failed, ${skipped} skipped`].join('\n')
}
