import { concatBytes, utf8 } from '#protocol/wire/bytes.ts'

/**
 * Every signed, hashed or sealed thing starts with its own label, so that no bytes made for one
 * purpose mean anything for another (domain separation).
 */
export const labels = {
  lockId: 'mortise/v1/lock-id',
  command: 'mortise/v1/command',
  setupCode: 'mortise/v1/setup-code',
  policy: 'mortise/v1/policy',
  reply: 'mortise/v1/reply',
  state: 'mortise/v1/state',
  policyReport: 'mortise/v1/policy-report',
  genesis: 'mortise/v1/genesis',
  entry: 'mortise/v1/entry',
  head: 'mortise/v1/head',
  linkLock: 'mortise/v1/link/lock',
  linkHub: 'mortise/v1/link/hub',
  linkEnrolment: 'mortise/v1/link/enrolment',
  challenge: 'mortise/v1/challenge',
  newestPolicy: 'mortise/v1/link/newest-policy',
  sealRequest: 'mortise/v1/seal/request',
  sealReply: 'mortise/v1/seal/reply',
  signIn: 'mortise/v1/sign-in',
  registration: 'mortise/v1/registration',
  ticketEntry: 'mortise/v1/ticket-entry',
  claimText: 'mortise/v1/claim-text',
  hubText: 'mortise/v1/hub-text',
  invitationText: 'mortise/v1/invitation-text',
  keyText: 'mortise/v1/key-text',
  safetyCode: 'mortise/v1/safety-code',
} as const
export type Label = keyof typeof labels

/** Each label with its zero byte; every entry of a journal is hashed behind one. */
const prefixes: ReadonlyMap<string, Uint8Array> = new Map(
  Object.entries(labels).map(([label, text]) => [label, utf8(`${text}\0`)]),
)

/** Label, one zero byte, then the parts one after another. */
export function labelled(label: Label, ...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(prefixes.get(label) ?? utf8(`${labels[label]}\0`), ...parts)
}
