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
    file: 'access/rules.ts',
    within: 'isDuress',
    original: "'duress' in credential && credential.duress",
    mutants: ["'duress' in credential"],
    why: 'The field is yes or is not there.',
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
    original: 'expiresMs !== undefined && time.ms >= expiresMs',
    mutants: ['time.ms >= expiresMs'],
    why: 'No time is at least undefined; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/access/bindings.ts',
    within: 'bindingsThatStay',
    original: 'bindings.length === 0',
    mutants: ['false'],
    why: 'Nothing stays of nothing; the line saves a walk through everybody.',
  },
  {
    file: 'lock/core/requests/decode.ts',
    within: 'decodeOrUndefined',
    original: 'error instanceof WireError',
    mutants: ['true'],
    why: 'Decoders throw nothing else; whatever else they threw would be a bug of ours, to be heard.',
  },
  {
    file: 'lock/core/requests/enrol-credential.ts',
    within: 'listing',
    original: '{ type, id, createdAtMs: 0, name: type }',
    mutants: ['{type, id, name: type}', '{type, id, createdAtMs: 0}'],
    why: 'The policy is judged and not kept, and nothing judges age or name; only the compiler wants them.',
  },
  {
    file: 'lock/core/requests/set-mode.ts',
    within: 'setOperatingMode',
    original: 'untilMs !== undefined && untilMs <= momentNow(turn).ms',
    mutants: ['untilMs <= momentNow(turn).ms'],
    why: 'Undefined is at most no time; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/requests/signed.ts',
    within: 'receiveFromMember',
    original: 'return receiveVerb(turn, operation, actor)',
    mutants: [''],
    why: 'It falls into the next case, which does the same for a command without a PIN.',
  },
  {
    file: 'lock/core/requests/signed.ts',
    within: 'receiveVerb',
    original: "operation.type === 'unlock'",
    mutants: ['true'],
    why: 'No other command has a timeout; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/requests/spoken.ts',
    within: 'conclude',
    original: "operation.type === 'unlock'",
    mutants: ['true'],
    why: 'No other command has a timeout; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/bolt/auto-relock.ts',
    within: 'tendAutoRelock',
    original: "'lock'",
    mutants: ["''"],
    why: 'Whatever is no opening needs the power that locking needs.',
  },
  {
    file: 'lock/core/bolt/auto-relock.ts',
    within: 'restartAutoRelock',
    original: '{ dueMonotonicMs: undefined, suspended: false, timeoutSeconds }',
    mutants: ['{dueMonotonicMs: undefined, timeoutSeconds}'],
    why: 'Undefined is no yes either; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/bolt/operate.ts',
    within: 'letIn',
    original: '{ dueMonotonicMs: undefined, suspended: false, timeoutSeconds }',
    mutants: ['{dueMonotonicMs: undefined, timeoutSeconds}'],
    why: 'Undefined is no yes either; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/bolt/operate.ts',
    within: 'tell',
    original: 'answer !== undefined && credential !== undefined',
    mutants: ['answer !== undefined'],
    why: 'Whoever waits for an answer has signed with a credential; only the compiler wants to see it.',
  },
  {
    file: 'lock/core/bolt/operate.ts',
    within: 'holderIfPresent',
    original: "turn.state.policy?.view.holders.has(holder.slice('credential:'.length))",
    mutants: ["turn.state.policy.view.holders.has(holder.slice('credential:'.length))"],
    why: 'Whoever is answered stands in a policy, which a lock loses only with all of its memory.',
  },
  {
    file: 'lock/core/bolt/auto-relock.ts',
    within: 'autoRelockDue',
    original: 'turn.state.bolt.drive === undefined',
    mutants: ['true'],
    why: 'A drive of the lock itself that fails suspends, too; one that succeeds ends the count.',
  },
  {
    file: 'lock/core/bolt/auto-relock.ts',
    within: 'forgetTimeout',
    original: '{ ...autoRelock, timeoutSeconds: undefined }',
    mutants: ['{}', '{timeoutSeconds: undefined}'],
    why: 'Nothing counts behind a thrown bolt, and whatever draws it begins the count anew.',
  },
  {
    file: 'access/modes.ts',
    within: 'modeObjection',
    original: "'normal'",
    mutants: ["''"],
    why: 'A switch without a case falls out at its end and returns undefined, as this one does.',
  },
  {
    file: 'access/modes.ts',
    within: 'modeObjection',
    original: "'passage'",
    mutants: ["''"],
    why: 'A switch without a case falls out at its end and returns undefined, as this one does.',
  },
  {
    file: 'access/calendar.ts',
    within: 'add',
    original: 'instantMs > fromMs',
    mutants: ['instantMs >= fromMs'],
    why: 'The start of the span is in the set already.',
  },
  {
    file: 'access/calendar.ts',
    within: 'clockChanges',
    original: 'minute < last',
    mutants: ['minute <= last'],
    why: 'A step of no length has one offset at both ends.',
  },
  {
    file: 'access/calendar.ts',
    within: 'firstAfterChange',
    original: 'Math.floor((low + high) / 2)',
    mutants: ['Math.ceil((low + high) / 2)'],
    why: 'Either minute lies between the two, and the search ends at the same.',
  },
]
