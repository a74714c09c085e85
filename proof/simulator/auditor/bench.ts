import type { Court } from './court.ts'
import type { Deeds } from './deeds.ts'
import { createDoorJudge } from './door-judge.ts'
import type { DoorJudge } from './door-judge.ts'
import { createGuessJudge } from './guess-judge.ts'
import type { GuessJudge } from './guess-judge.ts'
import { createInvitationJudge } from './invitation-judge.ts'
import type { InvitationJudge } from './invitation-judge.ts'
import { createLockoutJudge } from './lockout-judge.ts'
import type { LockoutJudge } from './lockout-judge.ts'
import { createPeopleJudge } from './people-judge.ts'
import type { PeopleJudge } from './people-judge.ts'
import { createResetJudge, keysIn } from './reset-judge.ts'
import type { ResetJudge } from './reset-judge.ts'

/** All judges of one life of a lock, from its keys to the reset that ends them. */
export interface Bench {
  readonly court: Court
  readonly guesses: Readonly<Record<'keypad' | 'voice', GuessJudge>>
  readonly people: PeopleJudge
  readonly steel: DoorJudge
  readonly lockouts: LockoutJudge
  readonly invitations: InvitationJudge
  readonly resets: ResetJudge
}

export type Facts = Pick<Court, 'nowMs' | 'holds' | 'door' | 'published'>

/** @param before the life that was over, of which nothing may be good any more */
export function createBench(facts: Facts, deeds: Deeds, before?: Bench): Bench {
  const court: Court = {
    ...facts,
    document: undefined,
    policy: undefined,
    mode: { name: 'normal', untilMs: undefined },
    clockRight: before?.court.clockRight ?? true,
    insideMs: undefined,
    relockSeconds: [],
  }
  const guessesAt = (source: 'keypad' | 'voice') =>
    createGuessJudge(source, facts.nowMs, (claim, detail) =>
      facts.holds(claim, false, () => detail),
    )
  return {
    court,
    guesses: { keypad: guessesAt('keypad'), voice: guessesAt('voice') },
    people: createPeopleJudge(court, deeds),
    steel: createDoorJudge(court),
    lockouts: createLockoutJudge(court),
    invitations: createInvitationJudge(court),
    resets: createResetJudge(court, deeds, before?.resets.keys() ?? keysIn(undefined)),
  }
}
