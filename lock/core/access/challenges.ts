import { toHex } from '@mortise/protocol/wire'

/** A person reads, decides and touches a sensor in less; a relayed message that is later is stale. */
export const challengeLifeMs = 30_000
/** A phone with the app open twice, and one spare for a lost answer each. */
export const challengesPerHolderMax = 4
/** A flood that names every credential of a large policy costs at most this much memory. */
export const challengesMax = 1024

/** Who may use a challenge: a credential, or an invitation that is being accepted. */
export type ChallengeHolder = `credential:${string}` | `invitation:${string}`

interface Challenge {
  readonly holder: ChallengeHolder
  readonly expiresMonotonicMs: number
}

/** Open challenges by their bytes in hexadecimal, oldest first. In memory only: a restart voids all. */
export type Challenges = ReadonlyMap<string, Challenge>

export const noChallenges: Challenges = new Map()

export function credentialHolder(credentialId: Uint8Array): ChallengeHolder {
  return `credential:${toHex(credentialId)}`
}

export function invitationHolder(invitationId: Uint8Array): ChallengeHolder {
  return `invitation:${toHex(invitationId)}`
}

/**
 * Hands out a challenge. A holder who asks for more than a few loses their own oldest one, so
 * that nobody's flood costs anybody else theirs while the table has room.
 */
export function issueChallenge(
  challenges: Challenges,
  holder: ChallengeHolder,
  challenge: Uint8Array,
  monotonicMs: number,
): Challenges {
  const next = new Map(
    [...challenges].filter(([, { expiresMonotonicMs }]) => expiresMonotonicMs > monotonicMs),
  )
  const own = [...next].filter(([, other]) => other.holder === holder).map(([bytes]) => bytes)
  if (own.length >= challengesPerHolderMax) drop(next, own[0])
  else if (next.size >= challengesMax) drop(next, next.keys().next().value)
  next.set(toHex(challenge), { holder, expiresMonotonicMs: monotonicMs + challengeLifeMs })
  return next
}

function drop(challenges: Map<string, Challenge>, bytes: string | undefined): void {
  if (bytes !== undefined) challenges.delete(bytes)
}

export interface Presented {
  readonly fault: 'challengeUnknown' | 'challengeExpired' | undefined
  readonly challenges: Challenges
}

/** Burns a challenge of this holder, good or not. One that is another's is left to them. */
export function presentChallenge(
  challenges: Challenges,
  holder: ChallengeHolder,
  challenge: Uint8Array,
  monotonicMs: number,
): Presented {
  const bytes = toHex(challenge)
  const found = challenges.get(bytes)
  if (found?.holder !== holder) return { fault: 'challengeUnknown', challenges }
  const next = new Map(challenges)
  next.delete(bytes)
  const fault = found.expiresMonotonicMs > monotonicMs ? undefined : 'challengeExpired'
  return { fault, challenges: next }
}

/** Keeps the challenges of those who still have a way in. */
export function keepChallenges(
  challenges: Challenges,
  stays: (holder: ChallengeHolder) => boolean,
): Challenges {
  return new Map([...challenges].filter(([, { holder }]) => stays(holder)))
}
