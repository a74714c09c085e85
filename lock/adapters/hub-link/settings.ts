import type { SealCrypto } from '@mortise/protocol/seal'
import type { HubText } from '@mortise/protocol/wire'
import type { Identity } from '#lock/ports/identity.ts'
import type { Random, Timers } from '#lock/ports/index.ts'
import type { LinkRefusal } from '#lock/ports/link.ts'
import type { Log } from '#lock/ports/log.ts'
import type { Backoff } from './backoff.ts'

export interface HubLinkOptions {
  /** Address, pinned key and enrolment secret, as the hub printed them. */
  readonly hub: HubText
  readonly identity: Identity
  readonly crypto: SealCrypto
  readonly random: Random
  readonly timers: Timers
  readonly log: Log
  readonly backoff?: Backoff
  readonly patience?: Partial<Patience>
}

/** How long the link waits for the other side. */
export interface Patience {
  /** From the first packet to the hub's proof. */
  readonly handshakeMs: number
  /** A hub that answers no ping for this long is gone, whatever TCP thinks. */
  readonly pingMs: number
  /** For the acknowledgement of an upload. */
  readonly acknowledgeMs: number
  /**
   * Between two questions for the newest policy. Guests are refused after hours without an answer, so
   * a few an hour keep them in, and each costs the lock one small durable write.
   */
  readonly leaseMs: number
}

export const PATIENCE: Patience = {
  handshakeMs: 10_000,
  pingMs: 20_000,
  acknowledgeMs: 30_000,
  leaseMs: 1_200_000,
}

/**
 * The ends that are more than bad luck on the way: somebody sent what no honest hub sends, and the
 * lock's owners are told.
 */
export const refusals: Partial<Readonly<Record<EndReason, LinkRefusal>>> = {
  wrongHubKey: 'badProof',
  badHubSignature: 'badProof',
  badNewestPolicy: 'badNewestPolicy',
  malformedFrame: 'malformed',
  unexpectedFrame: 'malformed',
}

/** Why a connection ended; for the log. */
export type EndReason =
  | 'closedByUs'
  | 'closedByHub'
  | 'unreachable'
  | 'handshakeTimeout'
  | 'wrongHubKey'
  | 'badHubSignature'
  | 'badNewestPolicy'
  | 'malformedFrame'
  | 'unexpectedFrame'
  | 'farewell'
  | 'silent'
  | 'acknowledgeTimeout'
  | 'slowReader'
  | 'failed'
