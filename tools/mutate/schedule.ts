import { availableParallelism } from 'node:os'
import { startWorker, type Handle } from '#tools/mutate/handle.ts'
import type { Fate, Mutant } from '#tools/mutate/mutant.ts'
import type { Schemata } from '#tools/mutate/schemata.ts'
import type { Measured, World } from '#tools/mutate/worker.ts'

/** What a run needs to know. */
export interface Plan {
  readonly schemata: readonly Schemata[]
  readonly testFiles: readonly string[]
  /** Whether a test has to notice the faults of a file. */
  readonly mustNotice: (testFile: string, sourceFile: string) => boolean
  /** For randomised tests. */
  readonly seed: number
  readonly workers?: number
  /** Called after each mutant. */
  readonly onProgress?: (done: number, total: number) => void
}

/** The tests fail, or do not load, although nothing is broken yet. */
export interface Unfit {
  readonly type: 'unfit'
  readonly message: string
}

export interface Tried {
  readonly type: 'tried'
  readonly fates: ReadonlyMap<Mutant, Fate>
}

/** Wall-clock is only the second net below the count of steps, for loops that ask no switch; a busy machine is slow. */
const limitMsMin = 60_000
const limitFactor = 50
const stepsFactor = 5
const stepsMin = 200_000
/** A search proves less per run here, and is run a thousand times. */
const searchShare = 0.04

/** Plants every mutant once and tells what became of each. */
export async function tryAll(plan: Plan): Promise<Tried | Unfit> {
  const environment = {
    ...process.env,
    MORTISE_SEED: String(plan.seed),
    MORTISE_SHARE: String(searchShare),
  }
  const start: Bench['start'] = (active, testFiles = plan.testFiles) =>
    startWorker(worldOf(plan, testFiles, active), environment)
  const { handle, first } = await start(0)
  if (first.type !== 'ready') {
    await handle.end()
    return { type: 'unfit', message: first.type === 'broken' ? first.message : first.type }
  }
  const measured = await handle.ask({ type: 'measure' }, limitMsMin * 10)
  await handle.end()
  if (measured.type !== 'measured') return { type: 'unfit', message: 'the tests do not end' }
  const failed = measured.tests.find(({ error }) => error !== undefined)
  if (failed) return { type: 'unfit', message: `${failed.name}: ${failed.error}` }

  const queue = plan.schemata.flatMap(({ mutants }) => mutants)
  const total = queue.length
  const fates = new Map<Mutant, Fate>()
  const measuredTests = measured.tests.toSorted((a, b) => a.ms - b.ms)
  const worker = async (): Promise<void> => {
    const bench = benchOf(start)
    let last = ''
    const rank = ({ key }: Measured): number => (last.startsWith(`${key} `) ? 0 : 1)
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      // What noticed the last fault often notices its neighbour.
      const tests = testsFor(plan, mutant, measuredTests)
      const ordered = tests.toSorted((one, other) => rank(one) - rank(other))
      const fate = await fateOf(mutant, ordered, bench)
      if (fate.type === 'killed') last = fate.by
      fates.set(mutant, fate)
      plan.onProgress?.(fates.size, total)
    }
    await bench.clear()
  }
  const workers = plan.workers ?? availableParallelism()
  await Promise.all(Array.from({ length: workers }, worker))
  return { type: 'tried', fates }
}

function worldOf({ schemata }: Plan, testFiles: readonly string[], active: number): World {
  const broken = Object.fromEntries(schemata.map(({ file, text }) => [file, text]))
  return { broken, testFiles, active }
}

/** Those that reach the place, the fastest first. What acts while modules load may show anywhere. */
function testsFor(plan: Plan, mutant: Mutant, tests: readonly Measured[]): readonly Measured[] {
  return tests.filter(
    ({ key, reached }) =>
      plan.mustNotice(fileOf(key), mutant.file) && (mutant.isStatic || reached.has(mutant.id)),
  )
}

/** The test file of a test, by its key. */
function fileOf(key: string): string {
  return key.slice(0, key.indexOf('#'))
}

/** One place of work: a worker that is kept from mutant to mutant while it stays whole. */
interface Bench {
  readonly start: (active: number, testFiles?: readonly string[]) => ReturnType<typeof startWorker>
  readonly kept: () => Promise<Handle>
  /** The worker is no longer whole; the next one is fresh. */
  readonly clear: () => Promise<void>
}

function benchOf(start: Bench['start']): Bench {
  let handle: Handle | undefined
  return {
    start,
    async kept() {
      handle ??= (await start(0)).handle
      return handle
    },
    async clear() {
      await handle?.end()
      handle = undefined
    },
  }
}

async function fateOf(mutant: Mutant, tests: readonly Measured[], bench: Bench): Promise<Fate> {
  if (tests.length === 0) return { type: 'survived', tests: 0 }
  if (mutant.isStatic) return fateOfStatic(mutant, tests, bench)
  const told = await askFate(await bench.kept(), mutant, tests)
  if (told.isClean) return told.fate
  await bench.clear()
  // What an earlier mutant left behind may have failed the test; a fresh worker has seen none.
  return told.fate.type === 'killed' ? fateInFresh(mutant, 0, tests, bench) : told.fate
}

/** Each needs a program of its own: of the test file beside first, which loads in a fraction of the time. */
async function fateOfStatic(
  mutant: Mutant,
  tests: readonly Measured[],
  bench: Bench,
): Promise<Fate> {
  const beside = mutant.file.replace(/\.ts$/, '.test.ts')
  const near = tests.filter(({ key }) => fileOf(key) === beside)
  const far = tests.filter(({ key }) => fileOf(key) !== beside)
  if (near.length > 0) {
    const fate = await fateInFresh(mutant, mutant.id, near, bench, [beside])
    if (fate.type !== 'survived' || far.length === 0) return fate
  }
  const fate = await fateInFresh(mutant, mutant.id, far, bench)
  return fate.type === 'survived' ? { type: 'survived', tests: tests.length } : fate
}

async function fateInFresh(
  mutant: Mutant,
  active: number,
  tests: readonly Measured[],
  bench: Bench,
  testFiles?: readonly string[],
): Promise<Fate> {
  const { handle, first } = await bench.start(active, testFiles)
  try {
    if (first.type !== 'ready') return { type: 'killed', by: 'loading the tests' }
    return (await askFate(handle, mutant, tests)).fate
  } finally {
    await handle.end()
  }
}

async function askFate(
  handle: Handle,
  { id }: Mutant,
  tests: readonly Measured[],
): Promise<{ readonly fate: Fate; readonly isClean: boolean }> {
  const limitMs = limitMsMin + limitFactor * tests.reduce((sum, { ms }) => sum + ms, 0)
  const answer = await handle.ask(
    {
      type: 'try',
      id,
      tests: tests.map(({ key, steps }) => ({ key, stepsMax: stepsMin + stepsFactor * steps })),
    },
    limitMs,
  )
  if (answer.type === 'fate') return answer
  const why = answer.type === 'lost' && answer.why === 'late'
  return { fate: why ? { type: 'endless' } : { type: 'killed', by: 'the end' }, isClean: false }
}
