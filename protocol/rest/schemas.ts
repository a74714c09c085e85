import * as z from 'zod/mini'
import { limits } from '#protocol/limits.ts'
import {
  bytes,
  count,
  deviceKey,
  ed25519Signature,
  entryBytes,
  exactBytes,
  idText,
  instantMs,
  lockIdText,
  lockKey,
  nonce,
  passkeyId,
  personName,
  sealedMessage,
  signedStatement,
} from '#protocol/rest/fields.ts'
import { credentialTypes, roles, verbs } from '#protocol/words/matter.ts'

/** Nothing to say beyond "done". */
export const done = z.object({})

export const health = z.object({
  status: z.literal('ok'),
  version: z.string(),
  uptimeSeconds: count,
})

export const setupStatus = z.object({
  /** True until the first account exists. Making it needs the link that the hub printed. */
  open: z.boolean(),
})

/** 256 bits from the fragment of the setup link, as the link carries them. */
const setupToken = exactBytes(32)

export const setupBegin = z.strictObject({ setupToken })

/** For `navigator.credentials.create`: the challenge is `registrationChallenge(nonce)`. */
export const registrationOptions = z.object({
  nonce,
  relyingPartyId: z.string(),
  /** WebAuthn user handle: random, tells nothing about the person. */
  userHandle: bytes(64, 1),
  expiresAtMs: instantMs,
})

/** A new passkey as the browser returned it (Web Authentication Level 3 section 5.2.1). */
const newPasskey = z.strictObject({
  passkeyId,
  clientDataJson: bytes(limits.clientDataBytesMax),
  attestationObject: bytes(8192),
})

export const setupFinish = z.strictObject({
  setupToken,
  nonce,
  name: personName,
  passkey: newPasskey,
})

/** `signature`: Ed25519 by the device key over `labelled('registration', nonce)`. */
export const setupDevice = z.strictObject({
  setupToken,
  nonce,
  name: personName,
  publicKey: deviceKey,
  signature: ed25519Signature,
})

/** For `navigator.credentials.get`: the challenge is `signInChallenge(nonce)`. */
export const signInOptions = z.object({
  nonce,
  relyingPartyId: z.string(),
  expiresAtMs: instantMs,
})

export const signInFinish = z.strictObject({
  nonce,
  passkeyId,
  authenticatorData: bytes(limits.authenticatorDataBytesMax),
  clientDataJson: bytes(limits.clientDataBytesMax),
  signature: bytes(limits.es256SignatureBytesMax),
})

/** `signature`: Ed25519 by the device key over `labelled('signIn', nonce)`. */
export const signInDevice = z.strictObject({
  nonce,
  publicKey: deviceKey,
  signature: ed25519Signature,
})

export const account = z.object({ id: idText, name: z.string() })

export const session = z.object({
  id: idText,
  /** Ends when unused for so long. */
  idleExpiresAtMs: instantMs,
  /** Ends at the latest. */
  expiresAtMs: instantMs,
})

export const signedIn = z.object({ account, session })

/** For programs, which keep no cookies: the token goes into `Authorization: Bearer`. */
export const signedInDevice = z.object({ account, session, token: z.string() })

export const sessionEntry = z.object({
  id: idText,
  current: z.boolean(),
  kind: z.enum(['browser', 'device']),
  createdAtMs: instantMs,
  lastSeenAtMs: instantMs,
})

export const sessionList = z.object({ sessions: z.array(sessionEntry) })

/** One of the account's own credentials at a lock. */
const ownCredential = z.object({
  /** Id in the policy, for proofs. */
  credentialId: exactBytes(16),
  type: z.enum(credentialTypes),
  /** P-256 point or Ed25519 key. */
  publicKey: bytes(65, 32),
  passkeyId: z.optional(passkeyId),
  relyingPartyId: z.optional(z.string()),
})

/** Who the account is at a lock, by the lock's own report. Not signed: the lock decides by itself. */
const membership = z.object({
  userId: exactBytes(16),
  name: z.string(),
  role: z.enum(roles),
  verbs: z.array(z.enum(verbs)),
  validity: z.optional(z.object({ notBeforeMs: instantMs, notAfterMs: instantMs })),
  credentials: z.array(ownCredential),
})

export const signedState = z.object({
  /** Encoded `SignedStatement` of a `State`. */
  signed: signedStatement,
  /** By the hub's clock. */
  receivedAtMs: instantMs,
})

/** How whole the hub's copy of the journal is; the phone checks for itself. */
const journalStanding = z.object({
  lastSequence: count,
  /** Entries below the last that this hub never got. */
  missing: count,
})

/** The lock's key signed a second history that contradicts the stored one; it was not stored. */
const chainConflict = z.object({ sequence: count, seenAtMs: instantMs })

export const lock = z.object({
  lockId: lockIdText,
  /** By the lock's last signed state; false also when there is none yet. */
  claimed: z.boolean(),
  /** What its people call the door. Absent while unclaimed. */
  name: z.optional(z.string()),
  lockKey,
  /** What requests are sealed to; the lock signed it. */
  sealingKey: exactBytes(32),
  online: z.boolean(),
  /** Since when it is online or offline, by the hub's clock. */
  sinceMs: instantMs,
  /** Version in force by the lock's signed report; 0 while there is none. */
  policyVersion: count,
  state: z.optional(signedState),
  journal: z.optional(journalStanding),
  chainConflict: z.optional(chainConflict),
  you: z.optional(membership),
})

export const lockList = z.object({
  locks: z.array(lock),
  /** Pass as `after` for the next page. */
  next: z.optional(lockIdText),
})

export const currentSession = z.object({
  account,
  session,
  /** The first page of `GET /locks`. */
  locks: z.array(lock),
})

export const signedPolicy = z.object({
  /** Encoded `SignedStatement` of a `PolicyReport`. */
  signed: signedStatement,
  version: count,
  receivedAtMs: instantMs,
})

export const lockState = z.object({
  state: z.optional(signedState),
  online: z.boolean(),
  sinceMs: instantMs,
})

export const relayRequest = z.strictObject({ sealed: sealedMessage })
export const relayAnswer = z.object({ sealed: sealedMessage })

export const invitationOptions = z.object({ nonce, expiresAtMs: instantMs })

/** `signature`: Ed25519 by the ticket's key over `ticketEntryInput(nonce, lockId, invitationId)`. */
export const invitationEnter = z.strictObject({
  nonce,
  lockId: lockIdText,
  invitationId: exactBytes(16),
  signature: ed25519Signature,
})

export const invitationEntered = z.object({
  /** For `relayInvited` alone. In the body, as pages may not send an `Authorization`. */
  token: z.string(),
  expiresAtMs: instantMs,
})

export const invitationRelay = z.strictObject({
  token: z.string().check(z.maxLength(64)),
  sealed: sealedMessage,
})

export const eventPage = z.object({
  /** Encoded entries, newest first, without a gap inside the page. */
  entries: z.array(entryBytes),
  /** Encoded `SignedStatement` of the newest `Head`, absent while there is no journal. */
  signedHead: z.optional(signedStatement),
  /** Pass as `before` for older entries; absent at the end. */
  next: z.optional(count),
  /** Sequences right below this page that the hub never got, both included. */
  gap: z.optional(z.object({ fromSequence: count, toSequence: count })),
})

/** What `GET /events` streams, one JSON text in each `data:` line. */
export const liveEvent = z.discriminatedUnion('type', [
  /** First of a connection: fetch what you show anew, then follow. */
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('heartbeat') }),
  z.object({
    type: z.literal('state'),
    lockId: lockIdText,
    signed: signedStatement,
    receivedAtMs: instantMs,
  }),
  z.object({
    type: z.literal('presence'),
    lockId: lockIdText,
    online: z.boolean(),
    sinceMs: instantMs,
  }),
  /** The hub's copy of the journal reaches this sequence. Not for guests. */
  z.object({ type: z.literal('journal'), lockId: lockIdText, lastSequence: count }),
  z.object({ type: z.literal('policy'), lockId: lockIdText, version: count }),
  /** The account gained or lost a lock. */
  z.object({ type: z.literal('locks') }),
])
export type LiveEvent = z.output<typeof liveEvent>
/** How often a heartbeat comes; two missing ones mean that the connection is dead. */
export const heartbeatSeconds = 20

/** What the app reads from its own origin before anything else: `GET /config.json`. */
export const appConfig = z.object({
  /** `convenience`: the hub itself serves the app's code, and could serve other code. */
  mode: z.enum(['convenience', 'separate']),
  /** Where the API is; the app appends `/api/v1`. */
  hubOrigin: z.string(),
  relyingPartyId: z.string(),
})
export type AppConfig = z.output<typeof appConfig>
