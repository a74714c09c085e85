import type {
  AlarmCode,
  BiometricType,
  DoorState,
  LockState,
  OperatingMode,
  Role,
  Verb,
} from '#protocol/words/matter.ts'
import type { User, WeekDaySchedule, YearDaySchedule } from '#protocol/words/policy.ts'
import type { Reason } from '#protocol/words/reasons.ts'

/** What the lock's sensors say, signed by the lock. "Unknown" is said when it is unknown. */
export interface State {
  readonly v: 1
  readonly lockId: Uint8Array
  /** How many times the lock has started. */
  readonly boot: number
  /** Rises with every state that is published within a boot. */
  readonly counter: number
  /** Lock time, milliseconds since 1970. */
  readonly timeMs: number
  /** False: timed access is refused until an owner's command confirms the time. */
  readonly timeCertain: boolean
  readonly claimed: boolean
  /** 0 while unclaimed. */
  readonly policyVersion: number
  /** Of the policy in force; 32 zero bytes while unclaimed. */
  readonly policyHash: Uint8Array
  /** The journal's newest sequence. */
  readonly sequence: number
  readonly lockState: LockState
  readonly doorState: DoorState
  /** The bolt is being driven right now. */
  readonly moving: boolean
  readonly alarms: readonly AlarmCode[]
  readonly batteryPercent?: number
  readonly mainsPresent?: boolean
  readonly keypadLockedUntilMs?: number
  /** When the lock will lock itself, if that is under way. */
  readonly autoRelockAtMs?: number
  readonly softwareVersion: string
  /** The asker's own nonce, which shows that this state is not an old one replayed. */
  readonly nonce?: Uint8Array
  /** Absent: `normal`. */
  readonly operatingMode?: OperatingMode
  readonly operatingModeUntilMs?: number
  readonly batteryDaysLeft?: number
  /** How much the days left are worth. */
  readonly batteryConfidence?: BatteryConfidence
  /** Lock time at which the hub last vouched that the policy in force is the newest. */
  readonly policyConfirmedAtMs?: number
  /** Entries before this one are no longer kept by the lock. */
  readonly journalFrom?: number
  readonly enrolment?: Enrolment
  /** Lock time at which everybody's access ends, unless an owner stops it before. */
  readonly factoryResetAtMs?: number
}

export const enrolmentStages = ['capturing', 'enrolled', 'failed'] as const
export type EnrolmentStage = (typeof enrolmentStages)[number]

/** A finger or a face that the reader at the door learns. It opens nothing before a policy lists it. */
export interface Enrolment {
  readonly credentialId: Uint8Array
  readonly credentialType: BiometricType
  readonly stage: EnrolmentStage
  /** How often the reader has taken it, of `needed`; both 0 before the first time. */
  readonly captured: number
  readonly needed: number
  /** Why it failed. */
  readonly reason?: Reason
  /** Lock time at which it is forgotten, unless a policy lists it before. */
  readonly untilMs: number
}

export const batteryConfidences = ['low', 'medium', 'high'] as const
export type BatteryConfidence = (typeof batteryConfidences)[number]

/**
 * What the lock tells somebody of their own access, and of nobody else's: so that a guest, who may
 * not read the policy, knows their times by the lock's word and not by the hub's. Every limit that
 * is absent does not hold for them.
 */
export interface OwnAccess extends Pick<
  User,
  | 'validity'
  | 'weekDaySchedules'
  | 'yearDaySchedules'
  | 'holidayRule'
  | 'useLimit'
  | 'expiringUserTimeout'
  | 'afterHousehold'
> {
  readonly userId: Uint8Array
  readonly userName: string
  readonly doorName: string
  /** IANA name: whose hours the times are meant in. */
  readonly timeZone: string
  readonly role: Role
  /** None for somebody whose access is switched off. */
  readonly verbs: readonly Verb[]
  /** The days that the rule for holidays means; their names and modes are the household's. */
  readonly holidays?: readonly YearDaySchedule[]
  /** Hours in which people of this role may not open. */
  readonly quietHours?: readonly WeekDaySchedule[]
  /** How often the person has opened, where that is limited. */
  readonly uses?: number
  /** When `expiringUserTimeout` began to count. */
  readonly firstUseMs?: number
  /** Until when the invitation can be accepted; only for whoever asks with one. */
  readonly invitationNotAfterMs?: number
}
