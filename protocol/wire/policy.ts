import { limits } from '#protocol/limits.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  byId,
  bytes,
  field,
  list,
  mark,
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
import {
  credentialRules,
  operatingModes,
  roles,
  userStatuses,
  userTypes,
  verbs,
} from '#protocol/words/matter.ts'
import { faceRules, holidayRules, matterChannels } from '#protocol/words/policy.ts'
import type {
  Binding,
  Credential,
  Delegation,
  HolidaySchedule,
  Invitation,
  Policy,
  QuietHours,
  User,
  WeekDaySchedule,
  YearDaySchedule,
} from '#protocol/words/policy.ts'

export const credential: Codec<Credential> = variant({
  pin: record({
    id: field(0, id16),
    createdAtMs: field(1, instantMs),
    duress: optional(2, mark),
  }),
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
  fingerprint: record({
    id: field(0, id16),
    createdAtMs: field(1, instantMs),
    name: field(2, name),
    duress: optional(3, mark),
  }),
  face: record({ id: field(0, id16), createdAtMs: field(1, instantMs), name: field(2, name) }),
  rfid: record({
    id: field(0, id16),
    createdAtMs: field(1, instantMs),
    name: field(2, name),
    publicKey: field(3, p256PublicKey),
  }),
})

export const validity = record({
  notBeforeMs: field(0, instantMs),
  notAfterMs: field(1, instantMs),
})

/** Seven bits, at least one: Matter 1.4.2 Application Clusters section 5.2.6.2, DaysMaskMap. */
const daysMaskMax = 127
const minuteOfDay = uint(24 * 60 - 1)
const weekDaySchedule: Codec<WeekDaySchedule> = record({
  daysMask: field(0, uint(daysMaskMax, 1)),
  startMinute: field(1, minuteOfDay),
  endMinute: field(2, minuteOfDay),
})
export const weekDaySchedules = list(weekDaySchedule, {
  max: limits.schedulesPerUserMax,
  min: 1,
  unique: ({ daysMask, startMinute, endMinute }) => `${daysMask} ${startMinute} ${endMinute}`,
})

/** The last minute of the year 9999. */
const localMinuteMax = 4_223_371_679
const localMinute = uint(localMinuteMax)
export const yearDaySchedule: Codec<YearDaySchedule> = record({
  startLocalMinute: field(0, localMinute),
  endLocalMinute: field(1, localMinute),
})
export const yearDaySchedules = list(yearDaySchedule, {
  max: limits.schedulesPerUserMax,
  min: 1,
  unique: ({ startLocalMinute, endLocalMinute }) => `${startLocalMinute} ${endLocalMinute}`,
})

export const useLimit = uint(limits.useLimitMax, 1)
export const expiringUserTimeout = uint(limits.expiringUserMinutesMax, 1)

const delegation: Codec<Delegation> = record({
  guestsMax: field(0, uint(limits.usersMax)),
  stayHoursMax: field(1, uint(limits.stayHoursMax, 1)),
})

/** A year; who may stay away from the hub for longer has no limit. */
const offlineHoursMax = 8784

const user: Codec<User> = record({
  id: field(0, id16),
  name: field(1, name),
  role: field(2, word(roles)),
  userStatus: field(3, word(userStatuses)),
  verbs: field(4, list(word(verbs), { max: verbs.length, unique: (verb) => verb })),
  validity: optional(5, validity),
  credentials: field(6, list(credential, { max: limits.credentialsPerUserMax, unique: byId })),
  userType: optional(7, word(userTypes)),
  credentialRule: optional(8, word(credentialRules)),
  weekDaySchedules: optional(9, weekDaySchedules),
  yearDaySchedules: optional(10, yearDaySchedules),
  holidayRule: optional(11, word(holidayRules)),
  useLimit: optional(12, useLimit),
  expiringUserTimeout: optional(13, expiringUserTimeout),
  maxOfflineHours: optional(14, uint(offlineHoursMax)),
  afterHousehold: optional(15, mark),
  delegation: optional(16, delegation),
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

const quietHours: Codec<QuietHours> = record({
  schedules: field(0, weekDaySchedules),
  roles: field(1, list(word(roles), { max: roles.length, min: 1, unique: (role) => role })),
})

const settings = record({
  autoRelockTime: field(0, uint(limits.autoRelockSecondsMax)),
  wrongCodeEntryLimit: field(1, uint(limits.wrongCodeEntryLimitMax, 1)),
  userCodeTemporaryDisableTime: field(2, uint(limits.userCodeTemporaryDisableSecondsMax, 1)),
  quietHours: optional(3, quietHours),
  nightHours: optional(4, weekDaySchedules),
  faceRule: optional(5, word(faceRules)),
  unlatchSeconds: optional(6, uint(limits.unlatchSecondsMax, 1)),
  doorAjarSeconds: optional(7, uint(limits.doorAjarSecondsMax)),
})

const holidaySchedule: Codec<HolidaySchedule> = record({
  name: field(0, name),
  startLocalMinute: field(1, localMinute),
  endLocalMinute: field(2, localMinute),
  operatingMode: optional(3, word(operatingModes)),
})
const holidaySchedules = list(holidaySchedule, { max: limits.holidaySchedulesMax, min: 1 })

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
  matterChannel: optional(10, word(matterChannels)),
  holidaySchedules: optional(11, holidaySchedules),
  passageSchedules: optional(12, weekDaySchedules),
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
