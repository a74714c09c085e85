import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { assertInvariant } from '@mortise/protocol/errors'
import type { Formats } from '#app/texts/formats.ts'
import type { OpenTexts, Texts } from '#app/texts/texts.ts'

/** What every component speaks with: the texts of a language, and instants as its words. */
export interface Words {
  readonly t: Texts
  readonly f: Formats
}

export const WordsContext = createContext<Words | null>(null)

export function useWords(): Words {
  const words = useContext(WordsContext)
  assertInvariant(words !== null, 'components are drawn within a WordsContext')
  return words
}

export type LoadTexts = OpenTexts['load']

/** Fetches words that the first screen does without. */
export const LoadTextsContext = createContext<LoadTexts>(() => Promise.resolve())
