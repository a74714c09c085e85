import type { UserType } from '@mortise/protocol/words'
import type { LockUserChange, SetUser } from '#core/matter/commands.ts'
import {
  allUsersIndex,
  matterLimits,
  nextUserIndex,
  noUniqueId,
  userAt,
  withUser,
  withoutUser,
} from '#core/matter/database.ts'
import type { MatterDatabase, MatterUser } from '#core/matter/database.ts'
import { answered, changed, isIndex, refused } from '#core/matter/outcome.ts'
import type { MatterOutcome, Sender } from '#core/matter/outcome.ts'

/** Section 5.2.10.32.6: the types that SetUser may give. Schedules follow from their own commands. */
const settableTypes: readonly UserType[] = [
  'unrestrictedUser',
  'nonAccessUser',
  'forcedUser',
  'disposableUser',
  'expiringUser',
  'scheduleRestrictedUser',
  'remoteOnlyUser',
]

/** Control characters and marks that hide or reverse text, as in every name of this lock. */
const forbiddenInNames = /[\p{Cc}\p{Cs}\p{Cf}]/u

/** Matter 1.4.2 Application Clusters section 5.2.10.32. */
export function setUser(database: MatterDatabase, command: SetUser, by: Sender): MatterOutcome {
  if (!areUserFieldsSound(command)) return refused(database, 'invalidCommand')
  const before = userAt(database, command.userIndex)
  if (command.operationType === 'add') {
    if (before !== undefined) return refused(database, 'occupied')
    const user = newUser(command, by)
    return changed(withUser(database, user), [userChange('add', command.userIndex)])
  }
  if (before === undefined) return refused(database, 'invalidCommand')
  if (before.creatorFabricIndex !== by.fabricIndex && namesAnything(command)) {
    return refused(database, 'invalidCommand')
  }
  return changed(withUser(database, modifiedUser(before, command, by)), [
    userChange('modify', command.userIndex),
  ])
}

/** Only the fabric that made a user may rename them. */
function namesAnything({ userName, userUniqueId }: SetUser): boolean {
  return userName !== undefined || userUniqueId !== undefined
}

function areUserFieldsSound({ userIndex, userName, userType, credentialRule }: SetUser): boolean {
  return (
    isIndex(userIndex, matterLimits.usersMax) &&
    (userName === undefined || isNameSound(userName)) &&
    (userType === undefined || settableTypes.includes(userType)) &&
    // CredentialRulesSupport tells Single only: all credentials here are of one kind.
    (credentialRule === undefined || credentialRule === 'single')
  )
}

function isNameSound(name: string): boolean {
  return Array.from(name).length <= matterLimits.userNameMax && !forbiddenInNames.test(name)
}

/** The defaults of section 5.2.10.32 where a field is null. */
function newUser(command: SetUser, { fabricIndex, random }: Sender): MatterUser {
  return {
    id: random.slice(0, 16),
    userIndex: command.userIndex,
    userName: command.userName ?? '',
    userUniqueId: command.userUniqueId ?? noUniqueId,
    userStatus: command.userStatus ?? 'occupiedEnabled',
    userType: command.userType ?? 'unrestrictedUser',
    credentialRule: command.credentialRule ?? 'single',
    creatorFabricIndex: fabricIndex,
    lastModifiedFabricIndex: fabricIndex,
    credentials: [],
    weekDaySchedules: [],
    yearDaySchedules: [],
  }
}

function modifiedUser(before: MatterUser, command: SetUser, { fabricIndex }: Sender): MatterUser {
  return {
    ...before,
    userName: command.userName ?? before.userName,
    userUniqueId: command.userUniqueId ?? before.userUniqueId,
    userStatus: command.userStatus ?? before.userStatus,
    userType: command.userType ?? before.userType,
    credentialRule: command.credentialRule ?? before.credentialRule,
    lastModifiedFabricIndex: fabricIndex,
  }
}

/** Section 5.2.10.33. The next occupied index is told for a free slot too. */
export function getUser(database: MatterDatabase, userIndex: number): MatterOutcome {
  if (!isIndex(userIndex, matterLimits.usersMax)) return refused(database, 'invalidCommand')
  const next = nextUserIndex(database, userIndex)
  const common = {
    status: 'success',
    userIndex,
    ...(next === undefined ? {} : { nextUserIndex: next }),
  } as const
  const user = userAt(database, userIndex)
  if (user === undefined) return answered(database, common)
  const { userName, userUniqueId, userStatus, userType, credentialRule } = user
  const { creatorFabricIndex, lastModifiedFabricIndex } = user
  return answered(database, {
    ...common,
    userName,
    userUniqueId,
    userStatus,
    userType,
    credentialRule,
    creatorFabricIndex,
    lastModifiedFabricIndex,
    credentials: user.credentials.map(({ credentialType, credentialIndex }) => ({
      credentialType,
      credentialIndex,
    })),
  })
}

/** Section 5.2.10.35: the user, all credentials and all schedules; clearing a free slot succeeds. */
export function clearUser(database: MatterDatabase, userIndex: number): MatterOutcome {
  if (userIndex === allUsersIndex) {
    return changed({ ...database, users: [] }, [userChange('clear', allUsersIndex)])
  }
  if (!isIndex(userIndex, matterLimits.usersMax)) return refused(database, 'invalidCommand')
  if (userAt(database, userIndex) === undefined) return answered(database, { status: 'success' })
  return changed(withoutUser(database, userIndex), [userChange('clear', userIndex)])
}

/**
 * A fabric is gone. What it made stays, and no later fabric that gets its number owns it: section
 * 5.2.10.34.8.
 */
export function forgetFabric(database: MatterDatabase, fabricIndex: number): MatterDatabase {
  const gone = <Made extends { creatorFabricIndex: number; lastModifiedFabricIndex: number }>(
    made: Made,
  ): Made => ({
    ...made,
    creatorFabricIndex: made.creatorFabricIndex === fabricIndex ? 0 : made.creatorFabricIndex,
    lastModifiedFabricIndex:
      made.lastModifiedFabricIndex === fabricIndex ? 0 : made.lastModifiedFabricIndex,
  })
  const users = database.users.map((user) => ({
    ...gone(user),
    credentials: user.credentials.map(gone),
  }))
  return { ...database, users }
}

export function userChange(
  dataOperationType: LockUserChange['dataOperationType'],
  userIndex: number,
): LockUserChange {
  return { lockDataType: 'userIndex', dataOperationType, userIndex, dataIndex: userIndex }
}
