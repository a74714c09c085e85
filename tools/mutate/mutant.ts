/** How a mutant differs from the program, in one word for the report. */
export type Operator =
  | 'boundary'
  | 'negation'
  | 'condition'
  | 'logic'
  | 'arithmetic'
  | 'boolean'
  | 'string'
  | 'statement'
  | 'return'
  | 'chain'
  | 'nullish'
  | 'method'
  | 'emptied'
  | 'member'

/** Another text for a stretch of a file. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly operator: Operator
}

/** One fault to plant. */
export interface Mutant {
  /** Counted over all files of a run. */
  readonly id: number
  readonly file: string
  readonly line: number
  /** The function around it, or an empty string. */
  readonly within: string
  readonly operator: Operator
  /** The text before and after, on one line. */
  readonly original: string
  readonly replacement: string
  /** It stands outside of all functions: it acts once, while its module loads. */
  readonly isStatic: boolean
}

/** What became of a mutant. */
export type Fate =
  | { readonly type: 'killed'; readonly by: string }
  /** It ran without end, which a test run notices too. */
  | { readonly type: 'endless' }
  | { readonly type: 'survived'; readonly tests: number }

/** Text on one line, and no longer than a line of a report. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
