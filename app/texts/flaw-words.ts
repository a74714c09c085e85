import type { NamedFlaw } from '@mortise/keyholder'
import type { Words } from '#app/texts/words-context.ts'

/** What is wrong with a wish and what mends it, in one line for the form that it came from. */
export function flawWords(flaw: NamedFlaw | null, { t }: Words): string | undefined {
  if (flaw === null) return undefined
  const { title, next } = t.access.flaw(flaw)
  return `${title} ${next}`
}
