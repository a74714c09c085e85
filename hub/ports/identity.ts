import type { LinkTranscript, NewestPolicy } from '@mortise/protocol/wire'

/**
 * The one key pair of the hub. It proves to locks which hub they speak to, and nothing else: no
 * lock accepts it as a right.
 */
export interface HubIdentity {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** Secret of 16 bytes that a lock shows once, to be taken in. Goes into the hub text only. */
  readonly enrolmentSecret: Uint8Array
  /** Ed25519 over the hub's side of the transcript. 64 bytes. */
  signLink(transcript: LinkTranscript): Uint8Array
  /** Ed25519 over the word that a version is the newest that the hub knows. 64 bytes. */
  signNewest(newest: NewestPolicy): Uint8Array
  /** Whether `mac` is the HMAC-SHA-256 of the transcript with the enrolment secret; in constant time. */
  enrolmentMatches(transcript: LinkTranscript, mac: Uint8Array): boolean
  /** HMAC-SHA-256 with a key that dies with the process, for nonces. 32 bytes. */
  macNonce(message: Uint8Array): Uint8Array
}
