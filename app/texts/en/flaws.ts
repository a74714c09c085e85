import { adviceForFlaw } from '@mortise/keyholder/flaws'
import type { NamedFlaw } from '@mortise/keyholder'
import { sentenceOf } from '#app/texts/en/refusals.ts'
import type { TroubleText } from '#app/texts/en/troubles.ts'

/** Why no lock would accept a list, and what mends it, in the words that the command line has as well. */
export function flawText(flaw: NamedFlaw): TroubleText {
  const { because, nextStep } = adviceForFlaw(flaw)
  return { title: sentenceOf(because), next: nextStep }
}
