import { adviceFor } from '@mortise/keyholder/advice'
import type { Reason } from '@mortise/protocol/words'
import type { TroubleText } from '#app/texts/en/troubles.ts'

/** In the words that the command line has as well. The first screen does without them: they come in idle time. */
export function refusalText(reason: Reason): TroubleText {
  const { because, nextStep } = adviceFor(reason)
  return { title: sentenceOf(because), next: nextStep }
}

/** A clause as a sentence of its own. */
export function sentenceOf(clause: string): string {
  return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`
}
