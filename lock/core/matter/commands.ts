import type { CredentialRule, OperatingMode, UserStatus, UserType } from '@mortise/protocol/words'
import type { MatterCredentialType } from '#core/matter/database.ts'

/** DataOperationTypeEnum, as far as setting goes. */
export type SetOperation = 'add' | 'modify'

/** CredentialStruct. Types that this lock does not offer are refused as such. */
export interface CredentialName {
  readonly credentialType: MatterCredentialType | 'unsupported'
  readonly credentialIndex: number
}

/** What Matter calls null is undefined here. */
export interface SetUser {
  readonly type: 'setUser'
  readonly operationType: SetOperation
  readonly userIndex: number
  readonly userName: string | undefined
  readonly userUniqueId: number | undefined
  readonly userStatus: UserStatus | undefined
  readonly userType: UserType | undefined
  readonly credentialRule: CredentialRule | undefined
}

export interface SetCredential {
  readonly type: 'setCredential'
  readonly operationType: SetOperation
  readonly credential: CredentialName
  /** For a PIN its ASCII digits. */
  readonly credentialData: Uint8Array
  readonly userIndex: number | undefined
  readonly userStatus: UserStatus | undefined
  readonly userType: UserType | undefined
}

export interface SetWeekDaySchedule {
  readonly type: 'setWeekDaySchedule'
  readonly weekDayIndex: number
  readonly userIndex: number
  readonly daysMask: number
  readonly startHour: number
  readonly startMinute: number
  readonly endHour: number
  readonly endMinute: number
}

export interface SetYearDaySchedule {
  readonly type: 'setYearDaySchedule'
  readonly yearDayIndex: number
  readonly userIndex: number
  readonly localStartTime: number
  readonly localEndTime: number
}

export interface SetHolidaySchedule {
  readonly type: 'setHolidaySchedule'
  readonly holidayIndex: number
  readonly localStartTime: number
  readonly localEndTime: number
  readonly operatingMode: OperatingMode
}

/** The commands that manage, in the words of Matter 1.4.2 Application Clusters section 5.2.10. */
export type ManagementCommand =
  | SetUser
  | { readonly type: 'getUser'; readonly userIndex: number }
  | { readonly type: 'clearUser'; readonly userIndex: number }
  | SetCredential
  | { readonly type: 'getCredentialStatus'; readonly credential: CredentialName }
  /** Without a credential: all of all types. */
  | { readonly type: 'clearCredential'; readonly credential: CredentialName | undefined }
  | SetWeekDaySchedule
  | {
      readonly type: 'getWeekDaySchedule' | 'clearWeekDaySchedule'
      readonly weekDayIndex: number
      readonly userIndex: number
    }
  | SetYearDaySchedule
  | {
      readonly type: 'getYearDaySchedule' | 'clearYearDaySchedule'
      readonly yearDayIndex: number
      readonly userIndex: number
    }
  | SetHolidaySchedule
  | {
      readonly type: 'getHolidaySchedule' | 'clearHolidaySchedule'
      readonly holidayIndex: number
    }

/** The commands that move the bolt. UnboltDoor draws it without pulling the latch. */
export interface DoorCommand {
  readonly type: 'lockDoor' | 'unlockDoor' | 'unboltDoor'
  /** ASCII digits. */
  readonly pinCode: Uint8Array | undefined
}

export interface UnlockWithTimeout {
  readonly type: 'unlockWithTimeout'
  /** Seconds. */
  readonly timeout: number
  readonly pinCode: Uint8Array | undefined
}

export type MatterCommand = ManagementCommand | DoorCommand | UnlockWithTimeout

/** Global status codes and those of the cluster. */
export type MatterStatus =
  | 'success'
  | 'failure'
  | 'duplicate'
  | 'occupied'
  | 'notFound'
  | 'resourceExhausted'
  | 'invalidCommand'
  | 'constraintError'

/** Fields of the answer beyond the status, by the command that they answer. Absent is Matter's null. */
export interface MatterAnswer {
  readonly status: MatterStatus
  readonly userIndex?: number
  readonly userName?: string
  readonly userUniqueId?: number
  readonly userStatus?: UserStatus | 'available'
  readonly userType?: UserType
  readonly credentialRule?: CredentialRule
  readonly credentials?: readonly CredentialName[]
  readonly creatorFabricIndex?: number
  readonly lastModifiedFabricIndex?: number
  readonly nextUserIndex?: number
  readonly credentialExists?: boolean
  readonly nextCredentialIndex?: number
  readonly daysMask?: number
  readonly startHour?: number
  readonly startMinute?: number
  readonly endHour?: number
  readonly endMinute?: number
  readonly localStartTime?: number
  readonly localEndTime?: number
  readonly operatingMode?: OperatingMode
}

/** What the cluster tells in a LockUserChange event. Section 5.2.11.5. */
export interface LockUserChange {
  readonly lockDataType:
    | 'userIndex'
    | 'pin'
    | 'weekDaySchedule'
    | 'yearDaySchedule'
    | 'holidaySchedule'
  readonly dataOperationType: 'add' | 'clear' | 'modify'
  readonly userIndex: number | undefined
  readonly dataIndex: number | undefined
}
