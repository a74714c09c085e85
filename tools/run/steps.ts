import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '#tools/source/tree.ts'
import { run, type Ending } from '#tools/run/child.ts'
import { NO_TESTS, readTotals, type Totals } from '#tools/run/totals.ts'

/** The names of the steps, in their order. */
export const STEPS = ['types', 'lint', 'format', 'unit', 'build', 'e2e'] as const
export type StepName = (typeof STEPS)[number]

/** What a run of the steps needs to know. */
export interface Plan {
  readonly unitFiles: readonly string[]
  readonly endToEndFiles: readonly string[]
  /** A folder of our own that goes away at the end. */
  readonly scratch: string
  readonly chromiumPath: string | undefined
}

/** How a step ended. `nothing`: there was nothing to do. */
export interface Outcome {
  readonly ending: Ending | 'nothing'
  readonly totals: Totals
}

interface Step {
  readonly title: string
  readonly start: (plan: Plan) => Promise<Outcome>
}

/** A test that hangs is a failure, not a night of waiting. */
const TEST_TIMEOUT_MS = 15 * 60_000

const checking = async (ending: Promise<Ending>): Promise<Outcome> => ({
  ending: await ending,
  totals: NO_TESTS,
})

export const steps: Readonly<Record<StepName, Step>> = {
  types: {
    title: 'types: every project through the compiler',
    start: () => checking(run('node', ['tools/types.ts'])),
  },
  lint: {
    title: 'lint: rules with types',
    start: () => checking(run('oxlint', ['--type-aware', '--deny-warnings'])),
  },
  format: {
    title: 'format: one formatter',
    start: () => checking(run('oxfmt', ['--check'])),
  },
  unit: {
    title: 'unit: units, properties, vectors, contracts, crashes, attacks, rooms, tidy',
    start: (plan) => testing(plan, 'unit', plan.unitFiles, Math.max(1, availableParallelism())),
  },
  build: {
    title: 'build: the app as the hub serves it',
    start: (plan) => build(plan),
  },
  e2e: {
    title: 'e2e: real processes, real browser',
    start: (plan) => testing(plan, 'e2e', plan.endToEndFiles, Math.max(1, availableParallelism())),
  },
}

async function build(plan: Plan): Promise<Outcome> {
  const hasApp = existsSync(join(repositoryRoot, 'app', 'vite.config.ts'))
  if (!hasApp || plan.endToEndFiles.length === 0) return { ending: 'nothing', totals: NO_TESTS }
  return checking(run('vite', ['build'], { folder: 'app' }))
}

async function testing(
  plan: Plan,
  name: string,
  files: readonly string[],
  concurrency: number,
): Promise<Outcome> {
  if (files.length === 0) return { ending: 'nothing', totals: NO_TESTS }
  const totalsFile = join(plan.scratch, `${name}.json`)
  const args = [
    '--test',
    `--test-concurrency=${concurrency}`,
    `--test-timeout=${TEST_TIMEOUT_MS}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(import.meta.dirname, 'totals.ts')}`,
    `--test-reporter-destination=${totalsFile}`,
    ...files,
  ]
  const environment = {
    // Hundreds of short processes load the same modules: the second one finds them stripped and compiled.
    NODE_COMPILE_CACHE: join(plan.scratch, 'compile-cache'),
    ...(plan.chromiumPath === undefined ? {} : { CHROMIUM_PATH: plan.chromiumPath }),
  }
  const ending = await run('node', args, { environment })
  return { ending, totals: readTotals(totalsFile) }
}
