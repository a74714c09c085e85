import { limits } from '#protocol/limits.ts'
import type { Codec } from '#protocol/wire/codec.ts'
import {
  bool,
  field,
  mark,
  message,
  only,
  optional,
  record,
  uint,
  word,
} from '#protocol/wire/codec.ts'
import { count, hash32, id16, instantMs, lockId, name, reason } from '#protocol/wire/fields.ts'
import { attempts, eventTypes } from '#protocol/words/events.ts'
import type { Entry, Head } from '#protocol/words/events.ts'
import {
  alarmCodes,
  credentialTypes,
  doorStates,
  lockStates,
  operatingModes,
  operationSources,
  verbs,
} from '#protocol/words/matter.ts'
import { outcomes } from '#protocol/words/reasons.ts'

const entry: Codec<Entry> = record({
  v: field(0, only(1)),
  sequence: field(1, uint(Number.MAX_SAFE_INTEGER, 1)),
  boot: field(2, count),
  timeMs: field(3, instantMs),
  previous: field(4, hash32),
  type: field(5, word(eventTypes)),
  source: optional(6, word(operationSources)),
  userId: optional(7, id16),
  userName: optional(8, name),
  credentialId: optional(9, id16),
  credentialType: optional(10, word(credentialTypes)),
  verb: optional(11, word(verbs)),
  attempt: optional(12, word(attempts)),
  outcome: optional(13, word(outcomes)),
  reason: optional(14, reason),
  intent: optional(15, count),
  policyVersion: optional(16, count),
  policyHash: optional(17, hash32),
  lockState: optional(18, word(lockStates)),
  doorState: optional(19, word(doorStates)),
  alarmCode: optional(20, word(alarmCodes)),
  count: optional(21, count),
  untilMs: optional(22, instantMs),
  batteryPercent: optional(23, uint(100)),
  mainsPresent: optional(24, bool),
  duress: optional(25, mark),
  operatingMode: optional(26, word(operatingModes)),
  batteryMillivolts: optional(27, count),
  batteryDaysLeft: optional(28, count),
  throughSequence: optional(29, count),
  matterUserIndex: optional(30, count),
  matterFabricIndex: optional(31, count),
  lostFrom: optional(32, count),
  lostAfter: optional(33, hash32),
})

export const entryMessage = message<Entry>(entry, limits.entryBytesMax)

const headBytesMax = 256

export const headMessage = message<Head>(
  record({
    v: field(0, only(1)),
    lockId: field(1, lockId),
    sequence: field(2, count),
    hash: field(3, hash32),
    timeMs: field(4, instantMs),
  }),
  headBytesMax,
)
