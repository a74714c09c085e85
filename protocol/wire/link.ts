import { limits } from '#protocol/limits.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  bytes,
  field,
  list,
  message,
  only,
  optional,
  record,
  variant,
  word,
} from '#protocol/wire/codec.ts'
import {
  count,
  ed25519PublicKey,
  ed25519Signature,
  hash32,
  id16,
  lockId,
  nonce32,
  wholeMessage,
} from '#protocol/wire/fields.ts'

/**
 * Frames between a lock and its hub, one CBOR message in one WebSocket message. The order is
 * hubHello, lockHello, welcome (or farewell); after that both sides speak freely.
 */
export type LinkFrame =
  | {
      /** Hub to lock, first. */
      readonly type: 'hubHello'
      readonly v: 1
      readonly hubKey: Uint8Array
      readonly nonce: Uint8Array
    }
  | {
      /** Lock to hub: signs both nonces, both keys and its role. */
      readonly type: 'lockHello'
      readonly v: 1
      readonly lockKey: Uint8Array
      /** What phones seal their requests to; signed, so that the hub cannot swap it unnoticed. */
      readonly sealingKey: Uint8Array
      readonly nonce: Uint8Array
      readonly signature: Uint8Array
      /** HMAC-SHA-256 of the transcript with the hub's enrolment secret; for a hub that does not know this lock yet. */
      readonly enrolment?: Uint8Array
    }
  | {
      /** Hub to lock: signs the same transcript, and says how far its copy of the journal reaches. */
      readonly type: 'welcome'
      readonly signature: Uint8Array
      readonly lastSequence: number
    }
  | {
      /** Hub to lock, before it closes. */
      readonly type: 'farewell'
      readonly reason: (typeof farewellReasons)[number]
    }
  | {
      /** Hub to lock: a sealed request; the hub cannot read it. */
      readonly type: 'request'
      readonly id: Uint8Array
      readonly sealed: Uint8Array
    }
  | {
      /** Lock to hub: the sealed reply to the request of that id. */
      readonly type: 'reply'
      readonly id: Uint8Array
      readonly sealed: Uint8Array
    }
  | {
      /** Lock to hub: there is nobody to seal a reply to. */
      readonly type: 'undeliverable'
      readonly id: Uint8Array
      readonly reason: (typeof undeliverableReasons)[number]
    }
  | {
      /** Lock to hub: signed state. */
      readonly type: 'state'
      readonly signed: Uint8Array
    }
  | {
      /** Lock to hub: signed policy report. */
      readonly type: 'policy'
      readonly signed: Uint8Array
    }
  | {
      /** Lock to hub: consecutive journal entries and one signed head at or after the last of them. */
      readonly type: 'events'
      readonly entries: readonly Uint8Array[]
      readonly signedHead: Uint8Array
    }
  | {
      /** Hub to lock: everything up to this sequence is durable here. */
      readonly type: 'acknowledge'
      readonly sequence: number
    }
  | {
      /** Lock to hub: which version of my policy is the newest that you know? */
      readonly type: 'askNewest'
      readonly nonce: Uint8Array
    }
  | {
      /** Hub to lock: this one. Signed for this nonce, so that no old word keeps a cut-off lock content. */
      readonly type: 'newest'
      readonly nonce: Uint8Array
      readonly version: number
      readonly signature: Uint8Array
    }

/** Why a hub does not talk to a lock. */
export const farewellReasons = ['unknownLock', 'badSignature', 'tooManyLocks', 'replaced'] as const
/** Why the lock could not answer a request. */
export const undeliverableReasons = ['unsealable', 'malformed', 'busy'] as const

const entries = list(bytes(limits.entryBytesMax, 1), { max: limits.entriesPerUploadMax })
const sealedRequest = record({ id: field(0, id16), sealed: field(1, wholeMessage) })
const signedOnly = record({ signed: field(0, wholeMessage) })

const frame: Codec<LinkFrame> = variant({
  hubHello: record({
    v: field(0, only(1)),
    hubKey: field(1, ed25519PublicKey),
    nonce: field(2, nonce32),
  }),
  lockHello: record({
    v: field(0, only(1)),
    lockKey: field(1, ed25519PublicKey),
    sealingKey: field(2, ed25519PublicKey),
    nonce: field(3, nonce32),
    signature: field(4, ed25519Signature),
    enrolment: optional(5, hash32),
  }),
  welcome: record({ signature: field(0, ed25519Signature), lastSequence: field(1, count) }),
  farewell: record({ reason: field(0, word(farewellReasons)) }),
  request: sealedRequest,
  reply: sealedRequest,
  undeliverable: record({ id: field(0, id16), reason: field(1, word(undeliverableReasons)) }),
  state: signedOnly,
  policy: signedOnly,
  events: record({ entries: field(0, entries), signedHead: field(1, wholeMessage) }),
  acknowledge: record({ sequence: field(0, count) }),
  askNewest: record({ nonce: field(0, nonce32) }),
  newest: record({
    nonce: field(0, nonce32),
    version: field(1, count),
    signature: field(2, ed25519Signature),
  }),
})

/** Frames may carry a whole message and a little around it. */
const frameOverheadBytes = 4096

/** What a WebSocket of the link takes before it hangs up. */
export const linkFrameBytesMax: number = limits.messageBytesMax + frameOverheadBytes

export const linkFrameMessage = message<LinkFrame>(frame, linkFrameBytesMax)

/** What both sides sign to prove who they are; each role under its own label. */
export interface LinkTranscript {
  readonly hubKey: Uint8Array
  readonly hubNonce: Uint8Array
  readonly lockKey: Uint8Array
  readonly lockNonce: Uint8Array
  readonly sealingKey: Uint8Array
}

const transcriptBytesMax = 512

export const linkTranscriptMessage = message<LinkTranscript>(
  record({
    hubKey: field(0, ed25519PublicKey),
    hubNonce: field(1, nonce32),
    lockKey: field(2, ed25519PublicKey),
    lockNonce: field(3, nonce32),
    sealingKey: field(4, ed25519PublicKey),
  }),
  transcriptBytesMax,
)

/** What a hub signs when it vouches that a version of a policy is the newest that it knows. */
export interface NewestPolicy {
  readonly lockId: Uint8Array
  readonly version: number
  readonly nonce: Uint8Array
}

const newestPolicyBytesMax = 256

export const newestPolicyMessage = message<NewestPolicy>(
  record({ lockId: field(0, lockId), version: field(1, count), nonce: field(2, nonce32) }),
  newestPolicyBytesMax,
)
