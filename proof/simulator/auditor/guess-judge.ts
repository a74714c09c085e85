import type { Entry, EventType, Policy } from '@mortise/protocol/words'
import type { Claim } from './claims.ts'
import { holderIn } from './reading.ts'

/** Follows guesses at one way in. */
export interface GuessJudge {
  /** A code is hashed, to be compared. */
  readonly compares: () => void
  readonly counts: (wrongCodes: number) => void
  readonly reads: (entry: Entry, policy: Policy | undefined) => void
}

const quietHourMs = 3_600_000
/** The shortest lockout that the simulated policies know. */
const lockoutMs = 30_000

export function createGuessJudge(
  source: 'keypad' | 'voice',
  nowMs: () => number,
  breaks: (claim: Claim, detail: string) => void,
): GuessJudge {
  let durable = 0
  let guesses = 0
  let guessedMs = 0
  let lockedSinceMs: number | undefined
  return {
    compares() {
      if (durable === 0) breaks('countedFirst', `${source}: hashed, and no try is counted`)
      if (lockedSinceMs !== undefined && nowMs() - lockedSinceMs < lockoutMs) {
        breaks('lockoutServed', `after ${nowMs() - lockedSinceMs} ms`)
      }
    },
    counts(wrongCodes) {
      durable = wrongCodes
    },
    reads(entry, policy) {
      if (entry.type !== 'policyChanged' && entry.source !== source) return
      const isRight = source === 'voice' ? isSpokenRight(entry) : isHouseholdsCode(entry, policy)
      const isLockout = entry.type === 'keypadLockedOut'
      if (isLockout) lockedSinceMs = nowMs()
      if (isLockout || isRight) guesses = 0
      const limit = policy?.settings.wrongCodeEntryLimit ?? 1
      // With a lower limit the next guess is the last; what was guessed before broke no promise.
      if (entry.type === 'policyChanged') guesses = Math.min(guesses, limit - 1)
      if (entry.type !== 'refused' || entry.reason !== 'unknownCode') return
      if (nowMs() - guessedMs > quietHourMs) guesses = 0
      guesses += 1
      guessedMs = nowMs()
      if (guesses > limit) breaks('guesses', `${source}: ${guesses} of ${limit}`)
    },
  }
}

/**
 * Only whoever lives there shows by a right code that the guesses before it were none. A door that
 * could not move takes nothing from that: such a refusal names no attempt.
 */
function isHouseholdsCode(entry: Entry, policy: Policy | undefined): boolean {
  const { type, credentialId, attempt } = entry
  const isRight = type === 'refused' ? attempt === undefined : operations.has(type)
  if (!isRight) return false
  const holder = policy && credentialId && holderIn(policy, credentialId)
  return holder !== undefined && holder.user.role !== 'guest'
}

/** Whatever is refused for another reason than the PIN may have had the right one. */
function isSpokenRight({ type, reason }: Entry): boolean {
  return type === 'refused' ? reason !== 'unknownCode' : operations.has(type)
}

const operations: ReadonlySet<EventType> = new Set(['operationIntent', 'operationResult'])
