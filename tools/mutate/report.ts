import type { Argued } from '#tools/mutate/argued.ts'
import type { Fate, Mutant } from '#tools/mutate/mutant.ts'

/** One room after a run. */
export interface RoomResult {
  readonly name: string
  readonly total: number
  readonly killed: number
  readonly endless: number
  /** Nobody noticed, and nobody has argued that nobody could. */
  readonly survivors: readonly { readonly mutant: Mutant; readonly reachedBy: number }[]
  /** Nobody noticed, and the reason is written down. */
  readonly argued: readonly Mutant[]
}

/** Adds up the mutants of a room. */
export function roomResult(
  name: string,
  fates: ReadonlyMap<Mutant, Fate>,
  argued: readonly Argued[],
): RoomResult {
  const all = [...fates]
  const alive = all.flatMap(([mutant, fate]) =>
    fate.type === 'survived' ? [{ mutant, reachedBy: fate.tests }] : [],
  )
  const isArgued = (mutant: Mutant): boolean => argued.some((entry) => argues(entry, mutant))
  return {
    name,
    total: all.length,
    killed: all.filter(([, { type }]) => type === 'killed').length,
    endless: all.filter(([, { type }]) => type === 'endless').length,
    survivors: alive.filter(({ mutant }) => !isArgued(mutant)),
    argued: alive.map(({ mutant }) => mutant).filter(isArgued),
  }
}

/** Whether an argument is about this mutant: by its function and its texts, for lines move. */
export function argues(entry: Argued, mutant: Mutant): boolean {
  return (
    entry.file === mutant.file &&
    entry.within === mutant.within &&
    entry.original === mutant.original &&
    entry.mutants.includes(mutant.replacement)
  )
}

/** Noticed mutants in hundredths of all; those that survive by argument count as not noticed. */
export function scoreOf({ total, killed, endless }: RoomResult): number {
  return total === 0 ? 100 : (100 * (killed + endless)) / total
}

/** Arguments about mutants that do not exist any more, or that a test notices by now. */
export function staleArguments(
  argued: readonly Argued[],
  fates: ReadonlyMap<Mutant, Fate>,
): readonly string[] {
  const files = new Set([...fates.keys()].map(({ file }) => file))
  const alive = [...fates].flatMap(([mutant, { type }]) => (type === 'survived' ? [mutant] : []))
  return argued
    .filter(({ file }) => files.has(file))
    .flatMap((entry) =>
      entry.mutants
        .filter((text) => !alive.some((mutant) => argues({ ...entry, mutants: [text] }, mutant)))
        .map((text) => `${entry.file} in ${entry.within}: ${entry.original} → ${text}`),
    )
}

/** The report of a room: its score, then what survived. */
export function formatRoom(result: RoomResult): string {
  const { name, total, killed, endless, survivors, argued } = result
  const head = `${name}: ${scoreOf(result).toFixed(1)} % of ${total} mutants noticed (${killed} by a failing test, ${endless} by running without end), ${argued.length} argued, ${survivors.length} survivors`
  return [head, ...survivors.map(formatSurvivor)].join('\n')
}

function formatSurvivor({ mutant, reachedBy }: RoomResult['survivors'][number]): string {
  const { file, line, operator, within, original, replacement } = mutant
  const reached = reachedBy === 0 ? ', reached by no test' : ''
  const change = `${original} → ${replacement === '' ? '(nothing)' : replacement}`
  return `  ${file}:${line}: ${operator} in ${within || 'the module'}${reached}: ${change}`
}
