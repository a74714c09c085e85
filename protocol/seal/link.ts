import type { VerifyCrypto } from '#protocol/seal/port.ts'
import { labelled } from '#protocol/wire/labels.ts'
import { linkTranscriptMessage } from '#protocol/wire/link.ts'
import type { LinkTranscript } from '#protocol/wire/link.ts'

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
