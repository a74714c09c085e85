import type { KeyholderErrorCode } from '@mortise/keyholder'
import { KeyholderError, LockRefusal } from '@mortise/keyholder'
import { MortiseError } from '@mortise/protocol/errors'
import { RestError } from '@mortise/protocol/rest'
import type { AppTrouble, Trouble } from '#app/state/model/trouble.ts'

const keyholderTroubles: Readonly<Record<KeyholderErrorCode, Trouble>> = {
  hubUnreachable: 'hubAway',
  signedOut: 'signedOut',
  tooManyRequests: 'tooManyTries',
  notAllowedByHub: 'notAllowedByHub',
  lockOffline: 'lockAway',
  noAnswer: 'noAnswer',
  wayTooSlow: 'wayTooSlow',
  lockBusy: 'busy',
  requestUndeliverable: 'unsealable',
  replyUnreadable: 'notTheLock',
  replyForged: 'notTheLock',
  replyMismatched: 'notTheLock',
  wrongLock: 'notTheLock',
  lockKeyChanged: 'notTheLock',
  refused: 'unexpected',
  failed: 'unexpected',
  policyForged: 'notTheLock',
  policyForked: 'lockContradicts',
  policyOutdated: 'listNotHere',
  policyConflict: 'policyConflict',
  editImpossible: 'wishPassed',
  policyUnfit: 'policyInvalid',
  pinUnfit: 'pinTooGuessable',
  lockUnknown: 'noPasskey',
  noCredential: 'noPasskey',
  proofCancelled: 'gestureCancelled',
  proofUnavailable: 'noPasskey',
  claimTextWrong: 'setupTextWrong',
  invitationWrong: 'invitationWrong',
  invitationUnknown: 'unknownInvitation',
  invitationUsed: 'invitationUsed',
  invitationOver: 'invitationExpired',
  randomnessBroken: 'unexpected',
}

const restTroubles: { readonly [Code in RestError['code']]?: AppTrouble } = {
  hubUnreachable: 'hubAway',
  badAnswer: 'hubAway',
  notSignedIn: 'signedOut',
  signInFailed: 'signInRefused',
  nonceUnusable: 'gestureCancelled',
  setupTokenUnusable: 'setupLinkSpent',
  setupClosed: 'setupOver',
  registrationFailed: 'passkeysImpossible',
  notAllowed: 'notAllowedByHub',
  rateLimited: 'tooManyTries',
  lockOffline: 'lockAway',
  lockTimeout: 'noAnswer',
}

const ownTroubles: Readonly<Record<string, AppTrouble>> = {
  passkeysImpossible: 'passkeysImpossible',
  noStorage: 'noStorage',
  configUnreachable: 'hubAway',
  configWrong: 'hubAway',
}

/** The name of an error that people have a sentence for. @param online whether the phone has a network. */
export function troubleOf(error: unknown, online: boolean): Trouble {
  const trouble = named(error)
  return trouble === 'hubAway' && !online ? 'offline' : trouble
}

function named(error: unknown): Trouble {
  if (error instanceof LockRefusal) return error.reason
  if (error instanceof KeyholderError) return keyholderTroubles[error.code]
  if (error instanceof RestError) return restTroubles[error.code] ?? 'unexpected'
  if (error instanceof MortiseError) return ownTroubles[error.code] ?? 'unexpected'
  return 'unexpected'
}
