/** Mutants that nobody can notice, and why. */
export interface Argued {
  readonly file: string
  /** The function around it, as the report names it; an empty string outside of all functions. */
  readonly within: string
  readonly original: string
  /** The texts that make no difference; an empty string where a statement was left out. */
  readonly mutants: readonly string[]
  readonly why: string
}

/** A run fails when one of these is noticed after all, or no longer exists. */
export const argued: readonly Argued[] = []
