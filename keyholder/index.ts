export type { Clock, Device, HistoryPage, HubPort, Memory, Prover } from './ports.ts'
export { KeyholderError, LockRefusal, mayHaveArrived } from './errors.ts'
export type { KeyholderErrorOptions } from './errors.ts'
export { keyholderErrorCodes } from './error-codes.ts'
export type { KeyholderErrorCode } from './error-codes.ts'
export { accessTimetable, explainAccess, ownForecast } from './policy/forecast.ts'
export { momentOf } from './policy/own-moment.ts'
export type { KnownMode, OwnKnowledge, TimeSpan, TimetableOptions } from './policy/forecast.ts'
export type { OwnForecast, OwnMoment } from './policy/own-moment.ts'
export { withUserType } from './policy/terms.ts'
export type { PlainTerms } from './policy/terms.ts'
export { adviceFor } from './advice.ts'
export type { Advice } from './advice.ts'
export type { NamedFlaw } from './flaws.ts'
export { hubPortOver, withKeyholderErrors } from './hub-port.ts'

export { adoptCredential, openContact } from './contact/contact.ts'
export type { Contact, Sighting } from './contact/contact.ts'
export { ask } from './contact/ask.ts'
export type { AskResult } from './contact/ask.ts'
export { followState } from './contact/sighting.ts'
export {
  beginEnrolment,
  enrolmentIn,
  operate,
  orderFactoryReset,
  operateByVoice,
  setOperatingMode,
  stopFactoryReset,
  unlockFor,
} from './contact/operate.ts'
export type { EnrolmentOrder } from './contact/operate.ts'
export { claim, readClaimText } from './arrival/claim.ts'
export type { Claimed, ClaimOptions } from './arrival/claim.ts'
export { acceptInvitation, lookAtInvitation, readInvitation } from './arrival/accept-invitation.ts'
export { ticketHubOver } from './arrival/ticket-hub.ts'
export type { InvitationAccepted, InvitationSeen } from './arrival/accept-invitation.ts'

export type { KnownLock, OwnCredential, LockKeys, Meeting } from './known-lock.ts'
export { meetLock } from './trust/meet.ts'
export type { MeetOptions } from './trust/meet.ts'
export { safetyCode } from './trust/safety-code.ts'
export { deviceKeyProver, signHubNonce } from './trust/device-key.ts'

export { findOwnCredential, readPolicy } from './policy/read.ts'
export type { FoundCredential, PolicyReading, PolicyStanding } from './policy/read.ts'
export {
  addCredential,
  addHoliday,
  addInvitation,
  addUser,
  changeRelyingParties,
  changeSettings,
  changeUser,
  forbidVoice,
  removeCredential,
  renameCredential,
  removeHoliday,
  removeInvitation,
  removeUser,
  together,
  withdrawInvitation,
} from './policy/edits.ts'
export type { PolicyEdit, UserChanges, UserTerms } from './policy/edits.ts'
export {
  newDeviceKeyCredential,
  newId,
  newPasskeyCredential,
  newPinCredential,
} from './policy/credentials.ts'
export type { BiometricWish } from './policy/credentials.ts'
export {
  draftBiometric,
  draftCode,
  draftInvitation,
  draftInvitedPerson,
  draftPerson,
  draftVisitorCode,
  draftVoicePin,
} from './policy/drafts.ts'
export type {
  BiometricDraft,
  CodeDraft,
  CodeOptions,
  InvitationDraft,
  InvitationTerms,
  NewPerson,
  PolicyChange,
} from './policy/drafts.ts'
export {
  changePolicy,
  commitChange,
  isConflict,
  proposeChange,
  touchSame,
} from './policy/change.ts'
export type { PolicyChanged, PolicyProposal } from './policy/change.ts'
export { preview } from './policy/preview.ts'
export type { PolicyDifference, PolicyPreview } from './policy/preview.ts'
export { drawnPinDigits, generatePin } from './policy/pin.ts'
export { defaultSettings } from './policy/first.ts'

export { readHistory } from './history/reader.ts'
export type { HistoryReader, HistoryReport, HistoryResult } from './history/reader.ts'
export type { HistoryEntry } from './history/walk.ts'
export type { HistoryGap, RemovedBecause } from './history/removals.ts'
export type { HistoryFault, HistoryFaultCode } from './history/continuity.ts'
