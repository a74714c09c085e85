import type { Blame } from '@mortise/protocol/errors'

/** Everything that can go wrong between a person and a lock, and whose fault it is. */
export const blames = {
  // The way to the lock
  hubUnreachable: 'world',
  signedOut: 'caller',
  tooManyRequests: 'world',
  notAllowedByHub: 'caller',
  lockOffline: 'world',
  noAnswer: 'world',
  wayTooSlow: 'world',
  lockBusy: 'world',
  requestUndeliverable: 'world',
  // What came back
  replyUnreadable: 'world',
  replyForged: 'world',
  replyMismatched: 'world',
  wrongLock: 'world',
  lockKeyChanged: 'world',
  // What the lock decided
  refused: 'caller',
  failed: 'world',
  // Policy
  policyForged: 'world',
  policyForked: 'world',
  policyOutdated: 'world',
  policyConflict: 'caller',
  editImpossible: 'caller',
  policyUnfit: 'caller',
  pinUnfit: 'caller',
  // What this device has
  lockUnknown: 'caller',
  noCredential: 'caller',
  proofCancelled: 'caller',
  proofUnavailable: 'caller',
  // Texts that people carry
  claimTextWrong: 'caller',
  invitationWrong: 'caller',
  invitationUnknown: 'caller',
  invitationUsed: 'caller',
  invitationOver: 'caller',
  // Ours
  randomnessBroken: 'bug',
} as const satisfies Record<string, Blame>

export type KeyholderErrorCode = keyof typeof blames

export const keyholderErrorCodes: readonly KeyholderErrorCode[] = Object.keys(blames).filter(
  (code): code is KeyholderErrorCode => Object.hasOwn(blames, code),
)
