/** Durations of one case, in milliseconds. */
export interface Summary {
  readonly samples: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly minMs: number
  readonly maxMs: number
}

/** Percentiles by nearest rank. */
export function summarize(durationsMs: readonly number[]): Summary {
  const sorted = durationsMs.toSorted((left, right) => left - right)
  const rank = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  return {
    samples: sorted.length,
    p50Ms: rounded(rank(0.5)),
    p99Ms: rounded(rank(0.99)),
    minMs: rounded(sorted[0] ?? Number.NaN),
    maxMs: rounded(sorted.at(-1) ?? Number.NaN),
  }
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}

/** One thing to measure; called once per sample. */
export interface Case {
  readonly run: () => Promise<void>
  /** Brings everything back to where a sample begins; not measured. */
  readonly before?: () => Promise<void>
}

/**
 * Runs cases in turns, so that a machine that speeds up or slows down does so for all of them.
 * @returns one summary per case, by name
 */
export async function alternate(
  cases: Readonly<Record<string, Case>>,
  rounds: number,
  samplesPerRound: number,
  warmUp = samplesPerRound,
): Promise<Record<string, Summary>> {
  const durations = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]))
  for (const each of Object.values(cases)) {
    for (let index = 0; index < warmUp; index += 1) await sample(each)
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, each] of Object.entries(cases)) {
      for (let index = 0; index < samplesPerRound; index += 1) {
        durations.get(name)?.push(await sample(each))
      }
    }
  }
  return Object.fromEntries([...durations].map(([name, values]) => [name, summarize(values)]))
}

async function sample({ run, before }: Case): Promise<number> {
  await before?.()
  const start = performance.now()
  await run()
  return performance.now() - start
}
