import type { Codec, MessageCodec } from '#protocol/wire/codec.ts'
import { field, message, optional, record, text } from '#protocol/wire/codec.ts'
import { concatBytes, fromBase64Url, toBase64Url, bytesEqual } from '#protocol/wire/bytes.ts'
import { WireError } from '#protocol/wire/errors.ts'
import {
  ed25519PublicKey,
  ed25519Seed,
  id16,
  name,
  x25519PublicKey,
} from '#protocol/wire/fields.ts'
import { labelled } from '#protocol/wire/labels.ts'
import type { Label } from '#protocol/wire/labels.ts'

/** Texts that people carry from one screen to another, with a checksum against slips. */

/** What the lock shows on its inside while it can be claimed. */
export interface ClaimText {
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  /** 128 random bits, good once, for ten minutes. */
  readonly setupCode: Uint8Array
}

/** What a hub prints for a lock that shall join it. Holds a secret: it goes into a file, not an argument. */
export interface HubText {
  /** WebSocket address of the hub's lock endpoint. */
  readonly url: string
  readonly hubKey: Uint8Array
  readonly enrolmentSecret: Uint8Array
}

/** What an owner sends to somebody who may attach a key of their own. Holds a secret: it goes into a fragment. */
export interface InvitationText {
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  readonly invitationId: Uint8Array
  /** Seed of the Ed25519 key whose public half stands in the policy. */
  readonly ticketSeed: Uint8Array
  /** Who sends it, as they call themselves: whoever has the link could change it. */
  readonly inviterName?: string
}

/** What somebody shows to an owner who shall add their device key: nothing secret. */
export interface KeyText {
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** What they call the device. */
  readonly name: string
}

type Sha256 = (...parts: readonly Uint8Array[]) => Uint8Array

interface TextFormat<Value> {
  readonly prefix: string
  readonly label: Label
  readonly body: MessageCodec<Value>
}

const textBytesMax = 1024
const urlBytesMax = 300
const checksumBytes = 4

function textFormat<Value>(prefix: string, label: Label, codec: Codec<Value>): TextFormat<Value> {
  return { prefix, label, body: message(codec, textBytesMax) }
}

const claimFormat: TextFormat<ClaimText> = textFormat(
  'mortise1.',
  'claimText',
  record({
    lockKey: field(0, ed25519PublicKey),
    sealingKey: field(1, x25519PublicKey),
    setupCode: field(2, id16),
  }),
)

const hubFormat: TextFormat<HubText> = textFormat(
  'mortise-hub1.',
  'hubText',
  record({
    url: field(0, text(urlBytesMax)),
    hubKey: field(1, ed25519PublicKey),
    enrolmentSecret: field(2, id16),
  }),
)

const invitationFormat: TextFormat<InvitationText> = textFormat(
  'mortise-invitation1.',
  'invitationText',
  record({
    lockKey: field(0, ed25519PublicKey),
    sealingKey: field(1, x25519PublicKey),
    invitationId: field(2, id16),
    ticketSeed: field(3, ed25519Seed),
    inviterName: optional(4, name),
  }),
)

const keyFormat: TextFormat<KeyText> = textFormat(
  'mortise-key1.',
  'keyText',
  record({ publicKey: field(0, ed25519PublicKey), name: field(1, name) }),
)

function encodeText<Value>(format: TextFormat<Value>, sha256: Sha256, value: Value): string {
  const body = format.body.encode(value)
  const checksum = sha256(labelled(format.label, body)).subarray(0, checksumBytes)
  return format.prefix + toBase64Url(concatBytes(body, checksum))
}

function decodeText<Value>(format: TextFormat<Value>, sha256: Sha256, input: string): Value {
  const trimmed = input.replaceAll(/\s+/g, '')
  if (!trimmed.startsWith(format.prefix)) throw new WireError('unknownVariant')
  const joined = fromBase64Url(trimmed.slice(format.prefix.length))
  if (joined === undefined) throw new WireError('invalidText')
  if (joined.length <= checksumBytes) throw new WireError('truncated')
  const body = joined.subarray(0, -checksumBytes)
  const expected = sha256(labelled(format.label, body)).subarray(0, checksumBytes)
  if (!bytesEqual(expected, joined.subarray(-checksumBytes))) throw new WireError('badChecksum')
  return format.body.decode(body)
}

/** The text behind the QR code on the lock's inside. */
export function encodeClaimText(sha256: Sha256, value: ClaimText): string {
  return encodeText(claimFormat, sha256, value)
}

/** Accepts white space anywhere, as pasting brings it. Throws WireError. */
export function decodeClaimText(sha256: Sha256, input: string): ClaimText {
  return decodeText(claimFormat, sha256, input)
}

/** The text that connects a lock to a hub. */
export function encodeHubText(sha256: Sha256, value: HubText): string {
  return encodeText(hubFormat, sha256, value)
}

/** Throws WireError. */
export function decodeHubText(sha256: Sha256, input: string): HubText {
  return decodeText(hubFormat, sha256, input)
}

/** The text in the fragment of an invitation link. */
export function encodeInvitationText(sha256: Sha256, value: InvitationText): string {
  return encodeText(invitationFormat, sha256, value)
}

/** Throws WireError. */
export function decodeInvitationText(sha256: Sha256, input: string): InvitationText {
  return decodeText(invitationFormat, sha256, input)
}

/** The text of a device key. */
export function encodeKeyText(sha256: Sha256, value: KeyText): string {
  return encodeText(keyFormat, sha256, value)
}

/** Throws WireError. */
export function decodeKeyText(sha256: Sha256, input: string): KeyText {
  return decodeText(keyFormat, sha256, input)
}
