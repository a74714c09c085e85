import { limits } from '#protocol/limits.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  byId,
  bytes,
  field,
  list,
  message,
  only,
  optional,
  record,
  text,
  uint,
  variant,
  word,
} from '#protocol/wire/codec.ts'
import {
  count,
  ed25519PublicKey,
  hash32,
  id16,
  instantMs,
  lockId,
  name,
  p256PublicKey,
} from '#protocol/wire/fields.ts'
import { roles, userStatuses, verbs } from '#protocol/words/matter.ts'
import type { Binding, Credential, Invitation, Policy, User } from '#protocol/words/policy.ts'

export const credential: Codec<Credential> = variant({
  pin: record({ id: field(0, id16), createdAtMs: field(1, instantMs) }),
  passkey: record({
    id: field(0, id16),
    createdAtMs: field(1, instantMs),
    name: field(2, name),
    passkeyId: field(3, bytes(limits.passkeyIdBytesMax, 1)),
    publicKey: field(4, p256PublicKey),
    relyingPartyId: field(5, text(limits.relyingPartyIdBytesMax)),
  }),
  deviceKey: record({
    id: field(0, id16),
    createdAtMs: field(1, instantMs),
    name: field(2, name),
    publicKey: field(3, ed25519PublicKey),
  }),
})

const validity = record({ notBeforeMs: field(0, instantMs), notAfterMs: field(1, instantMs) })

const user: Codec<User> = record({
  id: field(0, id16),
  name: field(1, name),
  role: field(2, word(roles)),
  userStatus: field(3, word(userStatuses)),
  verbs: field(4, list(word(verbs), { max: verbs.length, unique: (verb) => verb })),
  validity: optional(5, validity),
  credentials: field(6, list(credential, { max: limits.credentialsPerUserMax, unique: byId })),
})

const invitation: Codec<Invitation> = record({
  id: field(0, id16),
  userId: field(1, id16),
  ticketPublicKey: field(2, ed25519PublicKey),
  notAfterMs: field(3, instantMs),
})

const origins = list(text(limits.originBytesMax), {
  max: limits.originsPerRelyingPartyMax,
  unique: (origin) => origin,
})

const relyingParty = record({
  id: field(0, text(limits.relyingPartyIdBytesMax)),
  origins: field(1, origins),
})

/** A day: nobody waits longer for a door to lock itself. Matter allows any uint32. */
const autoRelockSecondsMax = 86_400
/** Matter 1.4.2 Application Clusters section 5.2.9.25 and 5.2.9.26: both 1 to 255. */
const matterByteMax = 255

const settings = record({
  autoRelockTime: field(0, uint(autoRelockSecondsMax)),
  wrongCodeEntryLimit: field(1, uint(matterByteMax, 1)),
  userCodeTemporaryDisableTime: field(2, uint(matterByteMax, 1)),
})

const policyCodec: Codec<Policy> = record({
  v: field(0, only(1)),
  lockId: field(1, lockId),
  version: field(2, uint(Number.MAX_SAFE_INTEGER, 1)),
  previous: field(3, hash32),
  doorName: field(4, name),
  timeZone: field(5, text(limits.timeZoneBytesMax)),
  settings: field(6, settings),
  relyingParties: field(
    7,
    list(relyingParty, { max: limits.relyingPartiesMax, unique: (party) => party.id }),
  ),
  users: field(8, list(user, { max: limits.usersMax, unique: byId })),
  invitations: field(9, list(invitation, { max: limits.invitationsMax, unique: byId })),
})

/** The owners' document. */
export const policyMessage = message(policyCodec, limits.policyBytesMax)

export const binding: Codec<Binding> = record({
  userId: field(0, id16),
  invitationId: field(1, id16),
  credential: field(2, credential),
})

/** The lock's statement of the policy in force and of the credentials that it attached itself. */
export interface PolicyReport {
  readonly v: 1
  readonly lockId: Uint8Array
  readonly version: number
  /** The encoded policy; its SHA-256 is the policy hash of the state. */
  readonly policy: Uint8Array
  readonly bindings: readonly Binding[]
  readonly timeMs: number
}

const bindingsMax = limits.invitationsMax * limits.credentialsPerUserMax
const bindings = list(binding, { max: bindingsMax })

/** The bindings alone, as the lock keeps them beside its policy. */
export const bindingsMessage = message(
  record({ bindings: field(0, bindings) }),
  limits.messageBytesMax,
)

export const policyReportMessage = message<PolicyReport>(
  record({
    v: field(0, only(1)),
    lockId: field(1, lockId),
    version: field(2, count),
    policy: field(3, bytes(limits.policyBytesMax)),
    bindings: field(4, bindings),
    timeMs: field(5, instantMs),
  }),
  limits.messageBytesMax,
)
