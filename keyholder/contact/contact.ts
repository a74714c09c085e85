import type { OwnAccess, State } from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'
import type { Device } from '#keyholder/ports.ts'
import type { KnownLock, OwnCredential } from '#keyholder/known-lock.ts'

/** A state that the lock signed, and when this device last knew it to be true. */
export interface Sighting {
  readonly state: State
  /** By this device's clock: when the question was sent that this answers. Milliseconds since 1970. */
  readonly confirmedAtMs: number
  /** The lock contradicts what it signed before: somebody set it back, or tampered with it. */
  readonly fault?: 'policyRolledBack' | 'policyForked'
}

/** 32 bytes from the lock, good for one command of one credential. */
interface ChallengeInHand {
  readonly value: Uint8Array
  readonly askedAtMs: number
}

/**
 * One device's contact with one lock. Holds what is worth keeping between two calls and nothing
 * that must survive the program; that is in the memory port.
 */
export interface Contact {
  readonly device: Device
  readonly lockId: Uint8Array
  known: KnownLock
  /** The newest state that was seen on this contact. */
  sighting: Sighting | undefined
  challenge: ChallengeInHand | undefined
  /** Resolves when the command that was begun last has ended. */
  lastTurn: Promise<unknown>
}

/** The lock lets a challenge live for thirty seconds; five are left for the way. */
const challengeUsableMs = 25_000

/**
 * Opens a contact with a lock that this device knows.
 * @throws KeyholderError `lockUnknown`
 */
export async function openContact(device: Device, lockId: Uint8Array): Promise<Contact> {
  const known = await device.memory.read(lockId)
  if (known === undefined) throw new KeyholderError('lockUnknown')
  return contactWith(device, known)
}

export function contactWith(device: Device, known: KnownLock): Contact {
  return {
    device,
    lockId: known.lockId,
    known,
    sighting: undefined,
    challenge: undefined,
    lastTurn: Promise.resolve(),
  }
}

/**
 * Runs commands one after another, so that they reach the lock in the order in which the person
 * gave them, and no command takes the challenge of another.
 */
export function inTurn<Value>(contact: Contact, work: () => Promise<Value>): Promise<Value> {
  const turn = contact.lastTurn.then(work, work)
  contact.lastTurn = turn.catch(() => undefined)
  return turn
}

/**
 * What this device proves itself with at this lock.
 * @throws KeyholderError `noCredential`
 */
export function requireCredential(contact: Contact): OwnCredential {
  const { credential } = contact.known
  if (credential === undefined) throw new KeyholderError('noCredential')
  return credential
}

/** Remembers which credential this device uses at this lock. */
export async function adoptCredential(contact: Contact, credential: OwnCredential): Promise<void> {
  contact.challenge = undefined
  contact.known = await contact.device.memory.update(contact.lockId, (before) => {
    if (before === undefined) throw new KeyholderError('lockUnknown')
    return { ...before, credential }
  })
}

/**
 * Remembers what the lock says of this person's own access, for somebody who may not read the
 * policy and looks while the lock is away. An invitation's end is no part of it.
 */
export async function rememberAccess(
  device: Pick<Device, 'memory'>,
  lockId: Uint8Array,
  said: OwnAccess | undefined,
): Promise<KnownLock> {
  return device.memory.update(lockId, (before) => {
    if (before === undefined) throw new KeyholderError('lockUnknown')
    if (said === undefined) return before
    const { invitationNotAfterMs: _, ...access } = said
    return { ...before, access }
  })
}

/** Keeps a challenge for the next command; without one, forgets the old. */
export function keepChallenge(
  contact: Contact,
  value: Uint8Array | undefined,
  askedAtMs: number,
): void {
  contact.challenge = value === undefined ? undefined : { value, askedAtMs }
}

/** Takes the challenge out, so that it is used once; undefined when there is none or it is too old. */
export function takeChallenge(contact: Contact): Uint8Array | undefined {
  const { challenge, device } = contact
  contact.challenge = undefined
  if (challenge === undefined) return undefined
  const ageMs = device.clock.nowMs() - challenge.askedAtMs
  return ageMs >= 0 && ageMs < challengeUsableMs ? challenge.value : undefined
}
