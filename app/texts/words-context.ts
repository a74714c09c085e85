import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { en } from '#app/texts/en.ts'
import { createFormats } from '#app/texts/formats.ts'
import type { Formats } from '#app/texts/formats.ts'
import type { Texts } from '#app/texts/texts.ts'

/** What every component speaks with: the texts of a language, and instants as its words. */
export interface Words {
  readonly t: Texts
  readonly f: Formats
}

export const WordsContext = createContext<Words>({ t: en, f: createFormats('en-GB', 'UTC') })

export function useWords(): Words {
  return useContext(WordsContext)
}
