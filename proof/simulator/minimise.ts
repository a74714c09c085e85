import type { Happening } from './plan.ts'

/**
 * Leaves out what a failure does not need, in ever smaller pieces (delta debugging, Zeller and
 * Hildebrandt 2002, `ddmin`, complements only).
 * @param fails whether the shorter story still ends badly
 * @param triesMax how many stories may be tried
 */
export async function minimise(
  story: readonly Happening[],
  fails: (story: readonly Happening[]) => Promise<boolean>,
  triesMax: number,
): Promise<readonly Happening[]> {
  let tries = 0
  let kept = story
  // Most failures need only what came shortly before.
  for (let last = 1; last < story.length; last *= 4) {
    tries += 1
    if (!(await fails(story.slice(-last)))) continue
    kept = story.slice(-last)
    break
  }
  let pieces = 2
  while (kept.length > 1 && tries < triesMax) {
    const size = Math.ceil(kept.length / pieces)
    let shorter: readonly Happening[] | undefined
    for (let from = 0; from < kept.length && tries < triesMax; from += size) {
      const candidate = [...kept.slice(0, from), ...kept.slice(from + size)]
      tries += 1
      if (!(await fails(candidate))) continue
      shorter = candidate
      break
    }
    if (shorter !== undefined) {
      kept = shorter
      pieces = Math.max(2, pieces - 1)
    } else if (size === 1) break
    else pieces = Math.min(kept.length, pieces * 2)
  }
  return kept
}
