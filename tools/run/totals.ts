import { readFileSync } from 'node:fs'
import type { TestEvent } from 'node:test/reporters'

/** What became of the tests of one or more runs. */
export interface Totals {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

export const NO_TESTS: Totals = { passed: 0, failed: 0, skipped: 0 }

/** A reporter for `node --test` that writes one line of JSON: the totals of the whole run. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    // There is one summary per file as well; the one of the whole run names no file.
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue
    const { tests, passed, skipped, todo } = event.data.counts
    // What neither passed nor was left out has failed, or was cancelled by a failure around it.
    const failed = tests - passed - skipped - todo
    const totals: Totals = { passed, failed, skipped: skipped + todo }
    yield `${JSON.stringify(totals)}\n`
  }
}

/** Reads what `report` wrote; a run that died before its summary counts as one failure. */
export function readTotals(path: string): Totals {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isTotals(content)) return content
  } catch {
    // No file or half a line: the run died.
  }
  return { passed: 0, failed: 1, skipped: 0 }
}

function isTotals(value: unknown): value is Totals {
  if (typeof value !== 'object' || value === null) return false
  if (!('passed' in value) || !('failed' in value) || !('skipped' in value)) return false
  return [value.passed, value.failed, value.skipped].every((count) => typeof count === 'number')
}

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  }
}
