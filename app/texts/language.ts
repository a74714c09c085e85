import { english } from '#app/texts/en.ts'
import type { Language, OpenTexts } from '#app/texts/texts.ts'
import { openTexts } from '#app/texts/texts.ts'

/** By language tag; the app speaks the first one that the browser wants and that is here. */
const languages: Readonly<Record<string, Language>> = { en: english }

/** @param wanted the browser's languages, most wanted first. */
export function textsFor(wanted: readonly string[]): OpenTexts {
  const tag = wanted.map((each) => each.slice(0, 2)).find((each) => each in languages)
  return openTexts(languages[tag ?? 'en'] ?? english)
}
