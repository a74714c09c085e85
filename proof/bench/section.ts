import { rounded } from '#proof/bench/statistics.ts'
import type { Summary } from '#proof/bench/statistics.ts'

/** A number that was made from others of the same run, and what it may be. */
export interface Finding {
  readonly what: string
  readonly value: number
  /** Left out where nobody has set one. */
  readonly budget?: number
  readonly met?: boolean
}

/** One topic of docs/bench.md. */
export interface Section {
  readonly title: string
  readonly settings: Readonly<Record<string, number>>
  readonly cases: Readonly<Record<string, Summary>>
  readonly findings: readonly Finding[]
}

/** Measures one topic in a folder of its own. */
export type Measure = (folder: string) => Promise<Section>

/** Divides; `budget` is the most that the quotient may be. */
export function ratio(what: string, value: number, floor: number, budget?: number): Finding {
  const quotient = rounded(value / floor)
  return budget === undefined
    ? { what, value: quotient }
    : { what, value: quotient, budget, met: quotient <= budget }
}

/** The other way round, for what may be no less than its budget. */
export function share(what: string, value: number, floor: number, budget: number): Finding {
  const quotient = rounded(value / floor)
  return { what, value: quotient, budget, met: quotient >= budget }
}

/** @throws RangeError for a case that was not measured */
export function caseOf(cases: Readonly<Record<string, Summary>>, name: string): Summary {
  const found = cases[name]
  if (found === undefined) throw new RangeError(`no case ${name}`)
  return found
}
