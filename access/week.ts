/**
 * The days of a week as people write them, from Monday on (ISO 8601 section 3.1.1.8); numbered as in
 * Matter's DaysMaskMap: 0 is Sunday.
 */
export const daysOfWeek = [1, 2, 3, 4, 5, 6, 0] as const

/** Days that follow each other, both included; the same day twice for one that stands alone. */
export interface DayRun {
  readonly first: number
  readonly last: number
}

/** The days of a mask, those that follow each other as one run. */
export function dayRunsOf(daysMask: number): readonly DayRun[] {
  const runs: DayRun[] = []
  for (const day of daysOfWeek) {
    if ((daysMask & (1 << day)) === 0) continue
    const current = runs.at(-1)
    if (current !== undefined && (current.last + 1) % 7 === day) {
      runs[runs.length - 1] = { ...current, last: day }
    } else {
      runs.push({ first: day, last: day })
    }
  }
  return runs
}
