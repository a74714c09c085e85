import type { MessageCodec } from '#protocol/wire/codec.ts'
import {
  commandMessage,
  entryMessage,
  headMessage,
  linkFrameMessage,
  linkTranscriptMessage,
  policyMessage,
  policyReportMessage,
  replyMessage,
  requestMessage,
  signedStatementMessage,
  stateMessage,
} from '#protocol/wire/index.ts'

/** Every message kind by the name that golden files and docs/protocol.md use. */
export const messageKinds: Readonly<Record<string, Pick<MessageCodec<unknown>, 'decode'>>> = {
  policy: policyMessage,
  policyReport: policyReportMessage,
  command: commandMessage,
  request: requestMessage,
  state: stateMessage,
  reply: replyMessage,
  signedStatement: signedStatementMessage,
  entry: entryMessage,
  head: headMessage,
  linkFrame: linkFrameMessage,
  linkTranscript: linkTranscriptMessage,
}
