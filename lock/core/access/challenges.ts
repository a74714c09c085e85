import { limits } from '@mortise/protocol/limits'
import { bytesEqual, labelled, toHex, utf8 } from '@mortise/protocol/wire'
import type { MacCrypto, VerifyCrypto } from '@mortise/protocol/verify'

/** More people do not act within the life of a challenge; a hundred a second would be no household. */
export const spentMax = 1024

/** Who may use a challenge: a credential, or an invitation that is being accepted. */
export type ChallengeHolder = `credential:${string}` | `invitation:${string}`

/**
 * What is remembered of challenges. They carry their own proof, so giving one out remembers
 * nothing but its number: nobody's questions can push out what somebody else was given.
 */
export interface Challenges {
  /** Number of the challenge that was given last in this boot. */
  readonly given: number
  /** Up to this number they are void for everybody. */
  readonly voidThrough: number
  /** By holder, until the last challenge that it voids would have expired. */
  readonly spent: ReadonlyMap<ChallengeHolder, Spent>
}

interface Spent {
  readonly through: number
  readonly untilMonotonicMs: number
  /** Of the command that used them up, where it was one. */
  readonly commandHash: Uint8Array | undefined
}

/** What it takes to make and to check them; the secret is of one boot, so a restart voids all. */
export interface ChallengeKey {
  readonly crypto: VerifyCrypto & MacCrypto
  /** 32 random bytes. */
  readonly challengeSecret: Uint8Array
}

export const noChallenges: Challenges = { given: 0, voidThrough: 0, spent: new Map() }

export function credentialHolder(credentialId: Uint8Array): ChallengeHolder {
  return `credential:${toHex(credentialId)}`
}

export function invitationHolder(invitationId: Uint8Array): ChallengeHolder {
  return `invitation:${toHex(invitationId)}`
}

export interface Given {
  readonly challenge: Uint8Array
  readonly challenges: Challenges
}

/** When it was given (6 bytes, monotonic milliseconds), its number (4 bytes), and a keyed hash. */
const headBytes = 10
const challengeBytes = 32

/** Makes a challenge for a holder. */
export function giveChallenge(
  key: ChallengeKey,
  challenges: Challenges,
  holder: ChallengeHolder,
  monotonicMs: number,
): Given {
  const given = challenges.given + 1
  const challenge = new Uint8Array(challengeBytes)
  const view = new DataView(challenge.buffer)
  view.setUint16(0, Math.floor(monotonicMs / 2 ** 32))
  view.setUint32(2, monotonicMs % 2 ** 32)
  view.setUint32(6, given)
  challenge.set(tagOf(key, holder, challenge.subarray(0, headBytes)), headBytes)
  return { challenge, challenges: { ...challenges, given } }
}

/**
 * Why a challenge is not good for this holder now; undefined when it is. It stays good until
 * `voidChallenges`, so whoever proves nothing uses nobody's up.
 */
export function challengeFault(
  key: ChallengeKey,
  challenges: Challenges,
  holder: ChallengeHolder,
  challenge: Uint8Array,
  monotonicMs: number,
): 'challengeUnknown' | 'challengeExpired' | undefined {
  const head = challenge.subarray(0, headBytes)
  const isOurs =
    challenge.length === challengeBytes &&
    key.crypto.equalConstantTime(tagOf(key, holder, head), challenge.subarray(headBytes))
  if (!isOurs) return 'challengeUnknown'
  const view = new DataView(challenge.buffer, challenge.byteOffset, headBytes)
  const number = view.getUint32(6)
  const voidThrough = Math.max(challenges.voidThrough, challenges.spent.get(holder)?.through ?? 0)
  if (number <= voidThrough) return 'challengeUnknown'
  const givenAtMs = view.getUint16(0) * 2 ** 32 + view.getUint32(2)
  return monotonicMs - givenAtMs < limits.challengeLifeMs ? undefined : 'challengeExpired'
}

/**
 * Voids everything that these holders were given up to now: used, or nobody's any more.
 * @param commandHash of the command that used them up
 */
export function voidChallenges(
  challenges: Challenges,
  holders: readonly ChallengeHolder[],
  monotonicMs: number,
  commandHash?: Uint8Array,
): Challenges {
  if (holders.length === 0) return challenges
  const through = challenges.given
  const spent = new Map(
    [...challenges.spent].filter(([, { untilMonotonicMs }]) => untilMonotonicMs > monotonicMs),
  )
  // Everybody has to ask again then, which is the safe way to be out of room.
  if (spent.size + holders.length > spentMax) return voidAllChallenges(challenges)
  const untilMonotonicMs = monotonicMs + limits.challengeLifeMs
  for (const holder of holders) spent.set(holder, { through, untilMonotonicMs, commandHash })
  return { ...challenges, spent }
}

/**
 * Whether this is a copy of the command that the holder sent last; told for at least as long as a
 * challenge lives.
 */
export function isRepeated(
  { spent }: Challenges,
  holder: ChallengeHolder,
  commandHash: Uint8Array,
): boolean {
  const last = spent.get(holder)?.commandHash
  return last !== undefined && bytesEqual(last, commandHash)
}

export function voidAllChallenges({ given }: Challenges): Challenges {
  return { given, voidThrough: given, spent: new Map() }
}

function tagOf(
  { crypto, challengeSecret }: ChallengeKey,
  holder: ChallengeHolder,
  head: Uint8Array,
): Uint8Array {
  // The head has a fixed length, so the holder's text needs no end of its own.
  const message = labelled('challenge', head, utf8(holder))
  return crypto.hmacSha256(challengeSecret, message).subarray(0, challengeBytes - headBytes)
}
