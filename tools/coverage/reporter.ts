import type { TestEvent } from 'node:test/reporters'

/** A place that no test has reached. */
export interface Unreached {
  readonly file: string
  readonly line: number
  readonly what: 'branch' | 'function'
}

/** What a run has counted. */
export interface Counted {
  readonly branches: number
  readonly unreached: readonly Unreached[]
  readonly failed: readonly string[]
}

/** A reporter for `node --test --experimental-test-coverage` that writes `Counted` as JSON. */
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let branches = 0
  const unreached: Unreached[] = []
  const failed: string[] = []
  for await (const event of source) {
    if (event.type === 'test:fail') failed.push(event.data.name)
    if (event.type !== 'test:coverage') continue
    branches += event.data.summary.totals.totalBranchCount
    for (const file of event.data.summary.files) {
      const missed = (places: readonly { readonly line: number; readonly count: number }[]) =>
        places.filter(({ count }) => count === 0).map(({ line }) => line)
      for (const line of missed(file.branches)) {
        unreached.push({ file: file.path, line, what: 'branch' })
      }
      for (const line of missed(file.functions)) {
        unreached.push({ file: file.path, line, what: 'function' })
      }
    }
  }
  const counted: Counted = { branches, unreached, failed }
  yield JSON.stringify(counted)
}
