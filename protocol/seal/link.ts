import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { labelled } from '#protocol/wire/labels.ts'
import { linkTranscriptMessage, newestPolicyMessage } from '#protocol/wire/link.ts'
import type { LinkTranscript, NewestPolicy } from '#protocol/wire/link.ts'

/** The bytes that one side of a link signs; the label holds its role, so that nobody can mirror it. */
export function linkSigningInput(
  side: 'linkLock' | 'linkHub' | 'linkEnrolment',
  transcript: LinkTranscript,
): Uint8Array {
  return labelled(side, linkTranscriptMessage.encode(transcript))
}

/** Whether that side of the link holds the key that the transcript names for it. */
export function verifyLinkSignature(
  crypto: VerifyCrypto,
  side: 'linkLock' | 'linkHub',
  transcript: LinkTranscript,
  signature: Uint8Array,
): boolean {
  const key = side === 'linkLock' ? transcript.lockKey : transcript.hubKey
  return crypto.verifyEd25519(key, linkSigningInput(side, transcript), signature)
}

/** The bytes that a hub signs when it vouches for the newest version of a policy that it knows. */
export function newestPolicySigningInput(newest: NewestPolicy): Uint8Array {
  return labelled('newestPolicy', newestPolicyMessage.encode(newest))
}

/** Whether the hub of that key vouched for exactly this. */
export function verifyNewestPolicy(
  crypto: VerifyCrypto,
  hubKey: Uint8Array,
  newest: NewestPolicy,
  signature: Uint8Array,
): boolean {
  return crypto.verifyEd25519(hubKey, newestPolicySigningInput(newest), signature)
}
