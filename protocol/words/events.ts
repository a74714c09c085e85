import type {
  AlarmCode,
  CredentialType,
  DoorState,
  LockState,
  OperatingMode,
  OperationSource,
  Verb,
} from '#protocol/words/matter.ts'
import type { Outcome, Reason } from '#protocol/words/reasons.ts'

/** What a journal entry tells of. */
export const eventTypes = [
  /** The lock's software began a new boot. */
  'started',
  'setupWindowOpened',
  'setupWindowClosed',
  'claimed',
  'policyChanged',
  'invitationAccepted',
  /** An accepted intent, written before the bolt moves. */
  'operationIntent',
  /** How the intent with the sequence number `intent` ended. */
  'operationResult',
  /** An operation, a code, a policy change or a claim that was refused. */
  'refused',
  /** Messages that were refused before they could be attributed to anybody, counted. */
  'messagesRefused',
  'keypadLockedOut',
  /** The bolt moved without an intent: key, thumbturn, or force. */
  'boltMoved',
  'doorMoved',
  'alarmBegan',
  'alarmEnded',
  'powerChanged',
  'operatingModeChanged',
  /** One credential of several that it takes, or one that never opens. */
  'credentialPresented',
  /** An owner or a second source confirmed the time after it had become uncertain. */
  'timeConfirmed',
  /** Everything that anybody could open with is gone. The last entry of this lock id that tells of people. */
  'factoryReset',
  /** Entries up to `throughSequence` are no longer kept here. */
  'journalPruned',
  /** A Matter administrator changed a user, a credential or a schedule of that channel. */
  'lockUserChanged',
  /** The reader at the door learns a finger or a face, which opens nothing before a policy lists it. */
  'enrolmentBegan',
  /** `done`: the reader knows it. `failed`: it does not, or has forgotten it again. */
  'enrolmentEnded',
] as const
export type EventType = (typeof eventTypes)[number]

/** What a refusal was of, where no verb says it. */
export const attempts = [
  'claim',
  'changePolicy',
  'acceptInvitation',
  'code',
  'message',
  'fingerprint',
  'face',
  'rfid',
  'setOperatingMode',
  'enrolCredential',
  'factoryReset',
  'stopFactoryReset',
] as const
export type Attempt = (typeof attempts)[number]

/** One link of the lock's hash chain. Fields that do not apply are left out. */
export interface Entry {
  readonly v: 1
  /** From 1, without gaps. */
  readonly sequence: number
  /** How many times the lock has started. */
  readonly boot: number
  /** Lock time, milliseconds since 1970. */
  readonly timeMs: number
  /** Hash of the entry before; of the lock's id for the first. 32 bytes. */
  readonly previous: Uint8Array
  readonly type: EventType
  readonly source?: OperationSource
  readonly userId?: Uint8Array
  /** The name at that time: it stays readable after the person was removed. */
  readonly userName?: string
  readonly credentialId?: Uint8Array
  readonly credentialType?: CredentialType
  readonly verb?: Verb
  readonly attempt?: Attempt
  readonly outcome?: Outcome
  readonly reason?: Reason
  /** Sequence of the intent that this is the result of; of another intent: of the failed one that it tries again. */
  readonly intent?: number
  readonly policyVersion?: number
  readonly policyHash?: Uint8Array
  readonly lockState?: LockState
  readonly doorState?: DoorState
  readonly alarmCode?: AlarmCode
  /** How many, for counted entries. */
  readonly count?: number
  /** Until when, for lockouts and windows. Milliseconds since 1970. */
  readonly untilMs?: number
  readonly batteryPercent?: number
  readonly mainsPresent?: boolean
  /** The person was forced. Never shown where the person under duress may be watched. */
  readonly duress?: true
  readonly operatingMode?: OperatingMode
  readonly batteryMillivolts?: number
  readonly batteryDaysLeft?: number
  readonly throughSequence?: number
  /** Of what was removed, entries from here on had not been handed over: nobody has them any more. */
  readonly lostFrom?: number
  /** Hash of the entry before `lostFrom`: vouches for a copy that ends there. 32 bytes. */
  readonly lostAfter?: Uint8Array
  /** Matter user index, for what a Matter administrator did. */
  readonly matterUserIndex?: number
  readonly matterFabricIndex?: number
}

/** The end of the chain as the lock signs it. */
export interface Head {
  readonly v: 1
  readonly lockId: Uint8Array
  /** 0 and the genesis hash while the journal is empty. */
  readonly sequence: number
  readonly hash: Uint8Array
  readonly timeMs: number
}
