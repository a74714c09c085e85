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
export const argued: readonly Argued[] = [
  {
    file: 'lock/core/lockout/lockout.ts',
    within: 'lockKeypad',
    original: '{ ...turn.state.keypad, ...restingKeypad, lockedUntilMonotonicMs }',
    mutants: ['{...restingKeypad, lockedUntilMonotonicMs}'],
    why: 'All that is lost is when the quiet hour ends, which counts for nothing within a lockout and begins anew after it.',
  },
  {
    file: 'lock/core/lockout/matter.ts',
    within: 'isMatterLockedOut',
    original: 'until !== undefined && turn.now.monotonicMs < until',
    mutants: ['turn.now.monotonicMs < until'],
    why: 'No number is below undefined; only the compiler wants to see it.',
  },
]
