/**
 * Why the lock did or refused something. One closed list for receipts, events and the texts that
 * people read; a reason never tells more than the person at that channel may know.
 */
export const reasons = [
  /** It is allowed and happened. */
  'granted',
  /** The bolt is already where it should be. */
  'alreadyThere',
  // The message
  'malformed',
  'unsealable',
  'wrongLock',
  'busy',
  // Who and with what
  'unknownCredential',
  'unknownInvitation',
  'invitationExpired',
  'badProof',
  'noUserVerification',
  'wrongOrigin',
  'challengeUnknown',
  'challengeExpired',
  'unknownCode',
  'userDisabled',
  /** Known to the lock, and never let in: the entry is all that it causes. */
  'nonAccessUser',
  /** Opens from afar only. */
  'remoteOnly',
  /** Good so far: one more credential of the same person is needed, soon. */
  'anotherCredentialNeeded',
  /** An assistant opens with a PIN of its own, told each time; this one was told none, or has none. */
  'voicePinNeeded',
  // When
  'notYetValid',
  'noLongerValid',
  'timeUncertain',
  'outsideSchedule',
  'holiday',
  'quietHours',
  /** Nobody of the household has been in today. */
  'beforeHousehold',
  'usedUp',
  /** The time since the first use is over. */
  'expired',
  /** The hub has not vouched for this policy for too long. */
  'tooLongOffline',
  // In which mode
  'vacationMode',
  'privacyMode',
  'remoteDisabled',
  'lockdownMode',
  'channelClosed',
  // What
  'verbNotAllowed',
  'keypadLockedOut',
  /** Spoken PINs are not looked at, after wrong ones. */
  'voiceLockedOut',
  'notClaimed',
  'alreadyClaimed',
  'setupWindowClosed',
  'wrongSetupCode',
  // Policy changes
  'policyConflict',
  'notAuthorized',
  'insideButtonNeeded',
  'policyInvalid',
  'lastOwner',
  'pinMissing',
  'pinUnexpected',
  'pinTooGuessable',
  'pinTaken',
  // Fingers and faces
  /** The reader has not learned it for this person, or not just now. */
  'notEnrolled',
  /** The reader knows this finger or face already, under another id. */
  'alreadyEnrolled',
  'captureFailed',
  'readerFull',
  /** It was not shown, or no policy listed it, in time. */
  'enrolmentExpired',
  // The door
  'doorOpen',
  'powerTooLow',
  /** The lock has no part that could do it. */
  'notFitted',
  'jammed',
  'boltNotConfirmed',
  'interrupted',
  /** A second copy of a command that the lock has taken already: nobody has to sign it again. */
  'commandRepeated',
  /** A hub's word about the newest policy is unproven, or names another version than the one in force. */
  'badNewestPolicy',
  /** No factory reset waits that could be stopped. */
  'noFactoryReset',
] as const
export type Reason = (typeof reasons)[number]

export const outcomes = ['done', 'refused', 'failed'] as const
/** `refused`: the lock decided against it. `failed`: it was allowed, and the door did not follow. */
export type Outcome = (typeof outcomes)[number]
