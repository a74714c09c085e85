/** What the auditor holds a lock to; the promises that users are given, in the words of a judge. */
export const claims = {
  intentFirst: 'the motor turns only for an accepted intent that is durable already',
  oneDrive: 'one intent turns the motor once, also across a power cut',
  freshDeed: 'the bolt moves only because somebody did something just now',
  mayOpen: 'whoever moved the bolt was allowed to, by the policy and the mode in force',
  autoRelock: 'the lock locks itself only behind a closed door, after its full time',
  trueState: 'the state says what the sensors say',
  trueResult: 'nothing is called done before the sensor has said so',
  oneResult: 'one intent has one result',
  chain: 'the journal is one chain without a gap',
  timeForward: 'lock time never goes back',
  timeRight: 'with a right clock, lock time is right',
  floors: 'boots, time floor and version floor never go back',
  durable: 'a power cut takes nothing that is durable, and leaves nothing half done',
  countedFirst: 'a try at the keypad is counted durably before it is compared',
  guesses: 'no more wrong codes than the limit without a lockout',
  lockoutServed: 'a lockout is served in full',
  channelsApart: 'who guesses at one way in closes no other one',
  alarm: 'an alarm is raised while its cause is there',
  attemptsKept: 'every attempt at the door is in the journal',
  nobodyLockedOut: 'whoever may open, opens',
  rightReason: 'whoever is refused is told why, and it is so',
  duress: 'whoever is forced is reported to the owners, and nowhere that it can be seen',
  mayChange: 'whoever changed policy or mode was allowed to',
  invitation:
    'nobody gets in by an invitation that is used, withdrawn or over, nor without its ticket',
  modeEnds: 'a mode ends when its time is over, and not before',
  relocks: 'a door that is closed and left unlocked locks itself',
  channel: 'Matter moves the bolt only as far as the owners have opened its channel',
  reset:
    'a lock forgets its house only after three days that every owner could have stopped, and opens for nobody of it afterwards',
  receipts: 'a receipt tells of what is durable',
  staysUp: 'the lock’s program does not end by itself',
} as const

export type Claim = keyof typeof claims

export interface Finding {
  readonly claim: Claim
  readonly detail: string
  /** Since the beginning of the world. */
  readonly atMs: number
}
