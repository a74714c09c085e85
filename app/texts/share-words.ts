import type { SharedCode } from '#app/state/app/ports.ts'
import { termsWords } from '#app/texts/terms-words.ts'
import type { Words } from '#app/texts/words-context.ts'

/** What goes into the message to a visitor: the code, the door, and when it works. */
export function shareWords(code: SharedCode, words: Words, nowMs: number): string {
  const when = termsWords(code.terms, words, nowMs)
  return words.t.access.shareText(code.code, code.doorName, when)
}
