import { limits } from '#protocol/limits.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  bool,
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
  challenge32,
  count,
  ed25519Signature,
  hash32,
  id16,
  instantMs,
  lockId,
  name,
  nonce32,
  reason,
  wholeMessage,
} from '#protocol/wire/fields.ts'
import {
  expiringUserTimeout,
  useLimit,
  validity,
  weekDaySchedules,
  yearDaySchedule,
  yearDaySchedules,
} from '#protocol/wire/policy.ts'
import {
  alarmCodes,
  biometricTypes,
  doorStates,
  lockStates,
  operatingModes,
  roles,
  verbs,
} from '#protocol/words/matter.ts'
import { holidayRules } from '#protocol/words/policy.ts'
import { outcomes } from '#protocol/words/reasons.ts'
import type { Outcome, Reason } from '#protocol/words/reasons.ts'
import { batteryConfidences, enrolmentStages } from '#protocol/words/state.ts'
import type { Enrolment, OwnAccess, State } from '#protocol/words/state.ts'

const percent = uint(100)

const captures = uint(limits.capturesMax)

const enrolment: Codec<Enrolment> = record({
  credentialId: field(0, id16),
  credentialType: field(1, word(biometricTypes)),
  stage: field(2, word(enrolmentStages)),
  captured: field(3, captures),
  needed: field(4, captures),
  reason: optional(5, reason),
  untilMs: field(6, instantMs),
})

const state: Codec<State> = record({
  v: field(0, only(1)),
  lockId: field(1, lockId),
  boot: field(2, count),
  counter: field(3, count),
  timeMs: field(4, instantMs),
  timeCertain: field(5, bool),
  claimed: field(6, bool),
  policyVersion: field(7, count),
  policyHash: field(8, hash32),
  sequence: field(9, count),
  lockState: field(10, word(lockStates)),
  doorState: field(11, word(doorStates)),
  moving: field(12, bool),
  alarms: field(13, list(word(alarmCodes), { max: limits.alarmsMax, unique: (code) => code })),
  batteryPercent: optional(14, percent),
  mainsPresent: optional(15, bool),
  keypadLockedUntilMs: optional(16, instantMs),
  autoRelockAtMs: optional(17, instantMs),
  softwareVersion: field(18, text(limits.softwareVersionBytesMax)),
  nonce: optional(19, nonce32),
  operatingMode: optional(20, word(operatingModes)),
  operatingModeUntilMs: optional(21, instantMs),
  batteryDaysLeft: optional(22, count),
  batteryConfidence: optional(23, word(batteryConfidences)),
  policyConfirmedAtMs: optional(24, instantMs),
  journalFrom: optional(25, count),
  enrolment: optional(26, enrolment),
  factoryResetAtMs: optional(27, instantMs),
})

/** A state is small; this leaves room for alarms to come. */
const stateBytesMax = 4096

export const stateMessage = message<State>(state, stateBytesMax)

/** The lock's signed answer to one command. */
export interface Receipt {
  readonly v: 1
  readonly lockId: Uint8Array
  /** Labelled SHA-256 of the command bytes that this answers. */
  readonly commandHash: Uint8Array
  readonly outcome: Outcome
  readonly reason: Reason
  /** Journal sequence of the entry that tells of it; 0 when a refusal was only counted. */
  readonly sequence: number
  /** The state after it. */
  readonly state: State
  /** For the same credential's next command, so that it needs no question first. */
  readonly nextChallenge?: Uint8Array
}

const receipt = record({
  v: field(0, only(1)),
  lockId: field(1, lockId),
  commandHash: field(2, hash32),
  outcome: field(3, word(outcomes)),
  reason: field(4, reason),
  sequence: field(5, count),
  state: field(6, state),
  nextChallenge: optional(7, challenge32),
})

/** The lock's signed answer to a question. */
export interface Answer {
  readonly v: 1
  /** Carries the asker's nonce. */
  readonly state: State
  readonly challenge?: Uint8Array
  /** Why there is no challenge, when one was asked for. */
  readonly reason?: Reason
  /** Beside a challenge: what the one who asked may do. */
  readonly access?: OwnAccess
}

const ownAccess: Codec<OwnAccess> = record({
  userId: field(0, id16),
  userName: field(1, name),
  doorName: field(2, name),
  timeZone: field(3, text(limits.timeZoneBytesMax)),
  role: field(4, word(roles)),
  verbs: field(5, list(word(verbs), { max: verbs.length, unique: (verb) => verb })),
  validity: optional(6, validity),
  invitationNotAfterMs: optional(7, instantMs),
  weekDaySchedules: optional(8, weekDaySchedules),
  yearDaySchedules: optional(9, yearDaySchedules),
  holidayRule: optional(10, word(holidayRules)),
  holidays: optional(11, list(yearDaySchedule, { max: limits.holidaySchedulesMax, min: 1 })),
  quietHours: optional(12, weekDaySchedules),
  useLimit: optional(13, useLimit),
  uses: optional(14, count),
  expiringUserTimeout: optional(15, expiringUserTimeout),
  firstUseMs: optional(16, instantMs),
  afterHousehold: optional(17, mark),
})

const answer = record({
  v: field(0, only(1)),
  state: field(1, state),
  challenge: optional(2, challenge32),
  reason: optional(3, reason),
  access: optional(4, ownAccess),
})

/** What the lock signs and seals back to the asker. */
export type Reply =
  | ({ readonly type: 'answer' } & Answer)
  | ({ readonly type: 'receipt' } & Receipt)

const reply: Codec<Reply> = variant({ answer, receipt })

const replyBytesMax = 8192

export const replyMessage = message<Reply>(reply, replyBytesMax)

/** A statement with the lock's Ed25519 signature over its label and exactly these bytes. */
export interface SignedStatement {
  readonly body: Uint8Array
  readonly signature: Uint8Array
}

export const signedStatementMessage = message<SignedStatement>(
  record({ body: field(0, wholeMessage), signature: field(1, ed25519Signature) }),
  limits.messageBytesMax,
)
