import type { CredentialRule, OperatingMode, UserStatus, UserType } from '@mortise/protocol/words'

/**
 * What the cluster's attributes promise. A household's Matter controller manages a few people;
 * everybody else stands in the owners' policy. The whole database is written as one piece.
 */
export const matterLimits = {
  /** NumberOfTotalUsersSupported, and NumberOfPINUsersSupported. */
  usersMax: 50,
  /** NumberOfCredentialsSupportedPerUser. */
  credentialsPerUserMax: 5,
  /** The highest credential index of a type. */
  credentialIndexMax: 50,
  /** NumberOfWeekDaySchedulesSupportedPerUser, and of year-day schedules. */
  schedulesPerUserMax: 10,
  /** NumberOfHolidaySchedulesSupported. */
  holidaySchedulesMax: 20,
  /** UserName, in characters. */
  userNameMax: 10,
} as const

/** Matter 1.4.2 Application Clusters section 5.2.10.35: every index at once. */
export const allUsersIndex = 0xfffe
export const allCredentialsIndex = 0xfffe
export const allSchedulesIndex = 0xfe

/** UserUniqueID of a user for whom none was given. */
export const noUniqueId = 0xffff_ffff

/** Credential types that a Matter administrator can set by their data. */
export type MatterCredentialType = 'pin'

export interface MatterCredential {
  /** 16 random bytes: what the rest of the lock knows it by. */
  readonly id: Uint8Array
  readonly credentialType: MatterCredentialType
  /** From 1. */
  readonly credentialIndex: number
  readonly createdAtMs: number
  /** 0 when that fabric is gone. */
  readonly creatorFabricIndex: number
  readonly lastModifiedFabricIndex: number
}

export interface MatterWeekDaySchedule {
  readonly index: number
  readonly daysMask: number
  readonly startMinute: number
  readonly endMinute: number
}

export interface MatterYearDaySchedule {
  readonly index: number
  /** Seconds of Matter's local epoch: since 2000-01-01T00:00 on the door's wall. */
  readonly localStartTime: number
  readonly localEndTime: number
}

export interface MatterHolidaySchedule extends MatterYearDaySchedule {
  readonly operatingMode: OperatingMode
}

/** One occupied slot. */
export interface MatterUser {
  /** 16 random bytes: what the rest of the lock knows the person by. Never used again. */
  readonly id: Uint8Array
  /** From 1. */
  readonly userIndex: number
  /** May be empty. */
  readonly userName: string
  readonly userUniqueId: number
  readonly userStatus: UserStatus
  readonly userType: UserType
  readonly credentialRule: CredentialRule
  readonly creatorFabricIndex: number
  readonly lastModifiedFabricIndex: number
  /** By type and index, rising. */
  readonly credentials: readonly MatterCredential[]
  readonly weekDaySchedules: readonly MatterWeekDaySchedule[]
  readonly yearDaySchedules: readonly MatterYearDaySchedule[]
}

export interface MatterDatabase {
  /** Occupied slots only, by rising index. */
  readonly users: readonly MatterUser[]
  readonly holidaySchedules: readonly MatterHolidaySchedule[]
}

export const emptyMatterDatabase: MatterDatabase = { users: [], holidaySchedules: [] }

export function userAt(database: MatterDatabase, userIndex: number): MatterUser | undefined {
  return database.users.find((user) => user.userIndex === userIndex)
}

/** Puts a user into their slot, in the place of whoever is in it. */
export function withUser(database: MatterDatabase, user: MatterUser): MatterDatabase {
  const others = database.users.filter(({ userIndex }) => userIndex !== user.userIndex)
  const users = [...others, user].toSorted((left, right) => left.userIndex - right.userIndex)
  return { ...database, users }
}

export function withoutUser(database: MatterDatabase, userIndex: number): MatterDatabase {
  return { ...database, users: database.users.filter((user) => user.userIndex !== userIndex) }
}

/** The lowest slot that nobody is in. */
export function freeUserIndex(database: MatterDatabase): number | undefined {
  for (let index = 1; index <= matterLimits.usersMax; index += 1) {
    if (userAt(database, index) === undefined) return index
  }
  return undefined
}

/** GetUserResponse NextUserIndex: the next slot after this one that somebody is in. */
export function nextUserIndex(database: MatterDatabase, after: number): number | undefined {
  return database.users.find(({ userIndex }) => userIndex > after)?.userIndex
}

/** A credential with the slot of its user. */
export interface HeldCredential {
  readonly user: MatterUser
  readonly credential: MatterCredential
}

export function credentialAt(
  database: MatterDatabase,
  type: MatterCredentialType,
  index: number,
): HeldCredential | undefined {
  for (const user of database.users) {
    const credential = user.credentials.find(
      ({ credentialType, credentialIndex }) => credentialType === type && credentialIndex === index,
    )
    if (credential !== undefined) return { user, credential }
  }
  return undefined
}

/** GetCredentialStatusResponse NextCredentialIndex: the next occupied index of the type. */
export function nextOccupiedCredential(
  database: MatterDatabase,
  type: MatterCredentialType,
  after: number,
): number | undefined {
  return credentialIndexes(database, type).find((index) => index > after)
}

/** SetCredentialResponse NextCredentialIndex: the next index of the type that is free. */
export function nextFreeCredential(
  database: MatterDatabase,
  type: MatterCredentialType,
  after: number,
): number | undefined {
  const occupied = new Set(credentialIndexes(database, type))
  for (let index = after + 1; index <= matterLimits.credentialIndexMax; index += 1) {
    if (!occupied.has(index)) return index
  }
  return undefined
}

function credentialIndexes(
  database: MatterDatabase,
  type: MatterCredentialType,
): readonly number[] {
  return database.users
    .flatMap(({ credentials }) => credentials)
    .filter(({ credentialType }) => credentialType === type)
    .map(({ credentialIndex }) => credentialIndex)
    .toSorted((left, right) => left - right)
}

/** Every credential id of the database. */
export function credentialIds(database: MatterDatabase): readonly Uint8Array[] {
  return database.users.flatMap(({ credentials }) => credentials.map(({ id }) => id))
}

/** Whether a Matter administrator manages anything here. */
export function hasAnything({ users, holidaySchedules }: MatterDatabase): boolean {
  return users.length > 0 || holidaySchedules.length > 0
}
