export {
  bytesEqual,
  concatBytes,
  fromBase64Url,
  fromHex,
  toBase64Url,
  toHex,
  utf8,
} from './bytes.ts'
export { decodeCbor, encodeCbor } from './cbor.ts'
export type { CborMap, CborValue } from './cbor.ts'
export { WireError } from './errors.ts'
export type { WireErrorCode } from './errors.ts'
export { labelled, labels } from './labels.ts'
export type { Label } from './labels.ts'
export { commandMessage, requestMessage } from './command.ts'
export type {
  Assertion,
  Command,
  Operation,
  OperationType,
  PinForCredential,
  Proof,
  Request,
} from './command.ts'
export { bindingsMessage, policyMessage, policyReportMessage } from './policy.ts'
export type { PolicyReport } from './policy.ts'
export { replyMessage, signedStatementMessage, stateMessage } from './reply.ts'
export type { Answer, Receipt, Reply, SignedStatement } from './reply.ts'
export { entryMessage, headMessage } from './journal.ts'
export {
  farewellReasons,
  linkFrameBytesMax,
  linkFrameMessage,
  linkTranscriptMessage,
  newestPolicyMessage,
  undeliverableReasons,
} from './link.ts'
export type { LinkFrame, LinkTranscript, NewestPolicy } from './link.ts'
export {
  decodeClaimText,
  decodeHubText,
  decodeInvitationText,
  decodeKeyText,
  encodeClaimText,
  encodeHubText,
  encodeInvitationText,
  encodeKeyText,
} from './texts.ts'
export type { ClaimText, HubText, InvitationText, KeyText } from './texts.ts'
