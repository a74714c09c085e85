import { linkSigningInput, verifyLinkSignature } from '@mortise/protocol/verify'
import { bytesEqual } from '@mortise/protocol/wire'
import type { LinkFrame, LinkTranscript } from '@mortise/protocol/wire'
import type { HubLinkOptions } from './settings.ts'

type HubHello = Extract<LinkFrame, { type: 'hubHello' }>
type LockHello = Extract<LinkFrame, { type: 'lockHello' }>

const NONCE_BYTES = 32

export interface AnsweredHello {
  readonly transcript: LinkTranscript
  readonly lockHello: LockHello
}

/**
 * The lock's half of the handshake. The transcript holds both nonces and both keys, so neither
 * side's signature is good on another connection, for another peer or in the other role.
 * @returns undefined when the hub names another key than the pinned one: it is told nothing
 */
export function answerHello(
  { hub, identity, crypto, random }: HubLinkOptions,
  { hubKey, nonce }: HubHello,
): AnsweredHello | undefined {
  if (!bytesEqual(hubKey, hub.hubKey)) return undefined
  const transcript = {
    hubKey,
    hubNonce: nonce,
    lockKey: crypto.ed25519PublicKey(identity.identitySeed),
    lockNonce: random.bytes(NONCE_BYTES),
    sealingKey: crypto.x25519PublicKey(identity.sealingPrivateKey),
  }
  const enrolment = crypto.hmacSha256(
    hub.enrolmentSecret,
    linkSigningInput('linkEnrolment', transcript),
  )
  const signature = crypto.signEd25519(
    identity.identitySeed,
    linkSigningInput('linkLock', transcript),
  )
  const { lockKey, lockNonce, sealingKey } = transcript
  const lockHello = {
    type: 'lockHello',
    v: 1,
    lockKey,
    sealingKey,
    nonce: lockNonce,
    signature,
    enrolment,
  } as const
  return { transcript, lockHello }
}

/** Whether the hub that was greeted holds the pinned key, on this very connection. */
export function isHubProven(
  { crypto }: HubLinkOptions,
  transcript: LinkTranscript,
  signature: Uint8Array,
): boolean {
  return verifyLinkSignature(crypto, 'linkHub', transcript, signature)
}
