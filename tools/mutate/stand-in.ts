/**
 * Stands in for `node:test` while mutants are tried: keeps the tests instead of running them, so
 * that one loaded program can run each of them again and again. Whatever else a test wants of
 * `node:test` is missing here, and fails the first run, which plants nothing.
 */
export interface KeptTest {
  /** Its file and its number there: the same in every worker. */
  readonly key: string
  readonly name: string
  readonly run: () => Promise<void>
}

interface Context {
  readonly diagnostic: (message: string) => void
  /** What tidies up once the test is over, however it went. */
  readonly after: (tidy: () => unknown) => void
}

type Body = (context: Context) => unknown

const kept: KeptTest[] = []
const headings: string[] = []
let file = ''
let count = 0

/** Names the file whose tests come next. */
export function beginFile(path: string): void {
  file = path
  count = 0
}

/** All tests of the files that were loaded, in their order. */
export function keptTests(): readonly KeptTest[] {
  return kept
}

export function describe(name: string, body: () => void): void {
  headings.push(name)
  body()
  headings.pop()
}

export function test(name: string, body: Body): void {
  count += 1
  kept.push({
    key: `${file}#${count}`,
    name: [...headings, name].join(' › '),
    run: () => runOnce(body),
  })
}

async function runOnce(body: Body): Promise<void> {
  const tidying: (() => unknown)[] = []
  try {
    await body({ diagnostic: () => undefined, after: (tidy) => void tidying.push(tidy) })
  } finally {
    for (const tidy of tidying) await tidy()
  }
}

export const it = test
export const suite = describe
export default test
