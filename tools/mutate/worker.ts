import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import fc from 'fast-check'
import { beginFile, keptTests, type KeptTest } from '#tools/mutate/stand-in.ts'
import { installSwitch } from '#tools/mutate/switch.ts'
import type { Fate } from '#tools/mutate/mutant.ts'
import { repositoryRoot } from '#tools/source/tree.ts'

/** What a worker loads. */
export interface World {
  /** The broken files: path to text. */
  readonly broken: Readonly<Record<string, string>>
  readonly testFiles: readonly string[]
  /** A mutant that acts while modules load; 0 is none. */
  readonly active: number
}

/** What a worker is asked. */
export type Question =
  | { readonly type: 'measure' }
  | {
      readonly type: 'try'
      readonly id: number
      readonly tests: readonly { readonly key: string; readonly stepsMax: number }[]
    }

/** How a test went without any mutant. */
export interface Measured {
  readonly key: string
  readonly name: string
  readonly ms: number
  readonly steps: number
  readonly reached: ReadonlySet<number>
  readonly error?: string
}

export type Answer =
  | { readonly type: 'ready' }
  /** A test file does not load. */
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'measured'; readonly tests: readonly Measured[] }
  /** `isClean`: the test that noticed passes again without the mutant. */
  | { readonly type: 'fate'; readonly fate: Fate; readonly isClean: boolean }

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- handed over by schedule.ts
const world = workerData as World
const control = installSwitch(world.active)
const answer = (message: Answer): void => parentPort?.postMessage(message, [])

/** A property that has failed has said enough: a smaller example would only take time. */
fc.configureGlobal({ endOnFailure: true })

const standIn = new URL('./stand-in.ts', import.meta.url).href
const brokenByUrl = new Map(
  Object.entries(world.broken).map(([path, text]) => [urlOf(path), text] as const),
)
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'node:test' ? { url: standIn, shortCircuit: true } : next(specifier, context),
  load(url, context, next) {
    const source = brokenByUrl.get(url)
    if (source === undefined) return next(url, context)
    return { format: 'module-typescript', source, shortCircuit: true }
  },
})

function urlOf(path: string): string {
  return pathToFileURL(join(repositoryRoot, path)).href
}

function messageOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
}

/** Runs one test with the switch set; says what it threw, or undefined. */
async function attempt(kept: KeptTest, active: number, stepsMax: number): Promise<unknown> {
  Object.assign(control, { active, steps: 0, stepsMax })
  try {
    await kept.run()
    // What the test caught itself still was no end.
    return control.steps > stepsMax ? 'endless' : undefined
  } catch (error) {
    return control.steps > stepsMax ? 'endless' : (error ?? 'something')
  } finally {
    control.stepsMax = Infinity
  }
}

async function measure(): Promise<readonly Measured[]> {
  const measured: Measured[] = []
  for (const kept of keptTests()) {
    const reached = new Set<number>()
    control.reached = reached
    const start = performance.now()
    const error = await attempt(kept, 0, Infinity)
    const ms = performance.now() - start
    const { key, name } = kept
    measured.push({
      key,
      name,
      ms,
      steps: control.steps,
      reached,
      ...(error === undefined ? {} : { error: messageOf(error) }),
    })
  }
  control.reached = undefined
  return measured
}

async function tryMutant({ id, tests }: Extract<Question, { type: 'try' }>): Promise<void> {
  const byKey = new Map(keptTests().map((kept) => [kept.key, kept]))
  for (const { key, stepsMax } of tests) {
    const kept = byKey.get(key)
    // A mutant that changes which tests there are has been noticed.
    if (kept === undefined) return noticed({ type: 'killed', by: `${key} is gone` }, true)
    const error = await attempt(kept, id, stepsMax)
    if (error === undefined) continue
    const fate: Fate =
      error === 'endless' ? { type: 'endless' } : { type: 'killed', by: `${key} ${kept.name}` }
    return noticed(fate, (await attempt(kept, 0, Infinity)) === undefined)
  }
  noticed({ type: 'survived', tests: tests.length }, true)
}

function noticed(fate: Fate, isClean: boolean): void {
  answer({ type: 'fate', fate, isClean })
}

async function load(): Promise<void> {
  for (const path of world.testFiles) {
    beginFile(path)
    await import(urlOf(path))
  }
}

try {
  await load()
  answer({ type: 'ready' })
} catch (error) {
  answer({ type: 'broken', message: messageOf(error) })
}
parentPort?.on('message', (question: Question) => {
  if (question.type === 'try') void tryMutant(question)
  else void measure().then((tests) => answer({ type: 'measured', tests }))
})
