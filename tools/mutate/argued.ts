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
  {
    file: 'access/change.ts',
    within: 'opensChannel',
    original: 'matterChannels.indexOf(after) > matterChannels.indexOf(before)',
    mutants: ['matterChannels.indexOf(after) >= matterChannels.indexOf(before)'],
    why: 'A change of the channel has two different channels.',
  },
  {
    file: 'access/decide.ts',
    within: 'needsAnother',
    original: 'wanted === 1',
    mutants: ['false'],
    why: 'One credential has one kind, so that the count below says the same; the line saves it.',
  },
  {
    file: 'access/decide.ts',
    within: 'mayFaceOpenAlone',
    original: "'neverAlone'",
    mutants: ["''"],
    why: 'A switch without a case falls out at its end and returns undefined, which is no yes either.',
  },
  {
    file: 'access/difference.ts',
    within: '',
    original: 'true',
    mutants: ['false'],
    why: 'The compiler wants each field named; only the names are read.',
  },
  {
    file: 'access/when.ts',
    within: 'usageObjection',
    original: 'limit === undefined',
    mutants: ['false'],
    why: 'No number of uses is at least undefined.',
  },
  {
    file: 'access/when.ts',
    within: 'expiryObjection',
    original: 'firstUseMs === undefined',
    mutants: ['false'],
    why: 'Undefined and minutes make no number, and no time is at least that.',
  },
]
