import { assertInvariant } from '@mortise/protocol/errors'
import { limits } from '@mortise/protocol/limits'
import { pinWeakness } from '@mortise/protocol/words'
import type { UserType } from '@mortise/protocol/words'
import type {
  CredentialName,
  LockUserChange,
  MatterAnswer,
  MatterStatus,
  SetCredential,
} from '#core/matter/commands.ts'
import {
  allCredentialsIndex,
  credentialAt,
  freeUserIndex,
  matterLimits,
  nextFreeCredential,
  nextOccupiedCredential,
  noUniqueId,
  userAt,
  withUser,
  withoutUser,
} from '#core/matter/database.ts'
import type {
  HeldCredential,
  MatterCredential,
  MatterDatabase,
  MatterUser,
} from '#core/matter/database.ts'
import { answered, changed, isIndex, refused } from '#core/matter/outcome.ts'
import type { MatterOutcome, Sender } from '#core/matter/outcome.ts'
import { userChange } from '#core/matter/users.ts'

/** Section 5.2.10.36.6: the types that a user may get who is made together with a credential. */
const typesWithCredential: readonly UserType[] = [
  'unrestrictedUser',
  'nonAccessUser',
  'forcedUser',
  'disposableUser',
  'expiringUser',
  'remoteOnlyUser',
]

/** The digits of a PIN as the command brought them, or undefined when they are no good code. */
export function pinOf(data: Uint8Array): string | undefined {
  if (data.length > limits.pinDigitsMax) return undefined
  const digits = String.fromCharCode(...data)
  return pinWeakness(digits) === undefined ? digits : undefined
}

/**
 * What speaks against setting a credential, as far as it can be told without hashing the code.
 * Section 5.2.10.37.1, in the order of its list.
 */
export function setCredentialFault(
  database: MatterDatabase,
  command: SetCredential,
  { fabricIndex }: Sender,
): MatterStatus | undefined {
  const { credential, operationType } = command
  if (!isCredentialName(credential)) return 'invalidCommand'
  if (pinOf(command.credentialData) === undefined) return 'invalidCommand'
  const held = credentialAt(database, 'pin', credential.credentialIndex)
  return operationType === 'add'
    ? addFault(database, command, held, fabricIndex)
    : modifyFault(database, command, held, fabricIndex)
}

function addFault(
  database: MatterDatabase,
  { userIndex, userStatus, userType }: SetCredential,
  held: HeldCredential | undefined,
  fabricIndex: number,
): MatterStatus | undefined {
  if (held !== undefined) return 'occupied'
  if (userIndex === undefined) {
    if (userType !== undefined && !typesWithCredential.includes(userType)) return 'invalidCommand'
    return freeUserIndex(database) === undefined ? 'resourceExhausted' : undefined
  }
  const user = userAt(database, userIndex)
  if (user === undefined || userStatus !== undefined || userType !== undefined) {
    return 'invalidCommand'
  }
  if (user.creatorFabricIndex !== fabricIndex) return 'invalidCommand'
  const full = user.credentials.length >= matterLimits.credentialsPerUserMax
  return full ? 'resourceExhausted' : undefined
}

function modifyFault(
  database: MatterDatabase,
  { userIndex, userStatus, userType }: SetCredential,
  held: HeldCredential | undefined,
  fabricIndex: number,
): MatterStatus | undefined {
  if (userIndex === undefined || userStatus !== undefined || userType !== undefined) {
    return 'invalidCommand'
  }
  const user = userAt(database, userIndex)
  if (user === undefined || held === undefined) return 'invalidCommand'
  if (held.user.userIndex !== userIndex) return 'occupied'
  const made = user.creatorFabricIndex === fabricIndex
  return made && held.credential.creatorFabricIndex === fabricIndex ? undefined : 'invalidCommand'
}

/** Puts a credential in its place, once it has no fault, its code is hashed and nobody has it. */
export function placeCredential(
  database: MatterDatabase,
  command: SetCredential,
  by: Sender,
): MatterOutcome {
  const index = command.credential.credentialIndex
  if (command.operationType === 'modify') return modifyCredential(database, index, by)
  const isNew = command.userIndex === undefined
  const user = isNew
    ? userForCredential(database, command, by)
    : userAt(database, command.userIndex)
  assertInvariant(user !== undefined, 'whoever a credential without fault names is there')
  const added = {
    ...user,
    lastModifiedFabricIndex: by.fabricIndex,
    credentials: [...user.credentials, newCredential(index, by)],
  }
  const after = withUser(database, added)
  return changed(
    after,
    [
      ...(isNew ? [userChange('add', user.userIndex)] : []),
      pinChange('add', user.userIndex, index),
    ],
    {
      ...(isNew ? { userIndex: user.userIndex } : {}),
      ...nextFree(after, index),
    },
  )
}

/** A code that is set again is another credential: the old one's id never means the new code. */
function modifyCredential(database: MatterDatabase, index: number, by: Sender): MatterOutcome {
  const held = credentialAt(database, 'pin', index)
  assertInvariant(held !== undefined, 'what a change without fault replaces is there')
  const { user, credential } = held
  const replaced = {
    ...newCredential(index, by),
    creatorFabricIndex: credential.creatorFabricIndex,
  }
  const after = withUser(database, {
    ...user,
    lastModifiedFabricIndex: by.fabricIndex,
    credentials: user.credentials.map((one) => (one === credential ? replaced : one)),
  })
  return changed(after, [pinChange('modify', user.userIndex, index)], nextFree(after, index))
}

function userForCredential(
  database: MatterDatabase,
  { userStatus, userType }: SetCredential,
  { fabricIndex, random }: Sender,
): MatterUser {
  const userIndex = freeUserIndex(database)
  assertInvariant(userIndex !== undefined, 'a credential without fault finds a free slot')
  return {
    id: random.slice(0, 16),
    userIndex,
    userName: '',
    userUniqueId: noUniqueId,
    userStatus: userStatus ?? 'occupiedEnabled',
    userType: userType ?? 'unrestrictedUser',
    credentialRule: 'single',
    creatorFabricIndex: fabricIndex,
    lastModifiedFabricIndex: fabricIndex,
    credentials: [],
    weekDaySchedules: [],
    yearDaySchedules: [],
  }
}

function newCredential(credentialIndex: number, by: Sender): MatterCredential {
  return {
    id: by.random.slice(16, 32),
    credentialType: 'pin',
    credentialIndex,
    createdAtMs: by.nowMs,
    creatorFabricIndex: by.fabricIndex,
    lastModifiedFabricIndex: by.fabricIndex,
  }
}

/** The answer to a SetCredential that was refused: the next free index is told all the same. */
export function refusedCredential(
  database: MatterDatabase,
  { credential }: SetCredential,
  status: MatterStatus,
): MatterAnswer {
  if (credential.credentialType === 'unsupported') return { status }
  return { status, ...nextFree(database, credential.credentialIndex) }
}

function nextFree(
  database: MatterDatabase,
  after: number,
): Pick<MatterAnswer, 'nextCredentialIndex'> {
  const next = nextFreeCredential(database, 'pin', Math.max(0, after))
  return next === undefined ? {} : { nextCredentialIndex: next }
}

/** Section 5.2.10.38. The data of a code is never told. */
export function getCredentialStatus(
  database: MatterDatabase,
  credential: CredentialName,
): MatterOutcome {
  if (!isCredentialName(credential)) return refused(database, 'invalidCommand')
  const { credentialIndex } = credential
  const held = credentialAt(database, 'pin', credentialIndex)
  const next = nextOccupiedCredential(database, 'pin', credentialIndex)
  return answered(database, {
    status: 'success',
    credentialExists: held !== undefined,
    ...(held === undefined
      ? {}
      : {
          userIndex: held.user.userIndex,
          creatorFabricIndex: held.credential.creatorFabricIndex,
          lastModifiedFabricIndex: held.credential.lastModifiedFabricIndex,
        }),
    ...(next === undefined ? {} : { nextCredentialIndex: next }),
  })
}

/** Section 5.2.10.40: one, one type, or all. A user without another credential goes with the last one. */
export function clearCredential(
  database: MatterDatabase,
  credential: CredentialName | undefined,
): MatterOutcome {
  if (credential === undefined || isEveryPin(credential)) {
    const held = database.users.filter(({ credentials }) => credentials.length > 0)
    if (held.length === 0) return answered(database, { status: 'success' })
    const after = held.reduce((rest, { userIndex }) => withoutUser(rest, userIndex), database)
    return changed(after, [
      pinChange('clear', undefined, allCredentialsIndex),
      ...held.map(({ userIndex }) => userChange('clear', userIndex)),
    ])
  }
  if (!isCredentialName(credential)) return refused(database, 'invalidCommand')
  const held = credentialAt(database, 'pin', credential.credentialIndex)
  return held === undefined ? answered(database, { status: 'success' }) : clearOne(database, held)
}

function clearOne(database: MatterDatabase, { user, credential }: HeldCredential): MatterOutcome {
  const change = pinChange('clear', user.userIndex, credential.credentialIndex)
  const credentials = user.credentials.filter((one) => one !== credential)
  if (credentials.length > 0) return changed(withUser(database, { ...user, credentials }), [change])
  return changed(withoutUser(database, user.userIndex), [
    change,
    userChange('clear', user.userIndex),
  ])
}

function isCredentialName({ credentialType, credentialIndex }: CredentialName): boolean {
  return credentialType === 'pin' && isIndex(credentialIndex, matterLimits.credentialIndexMax)
}

function isEveryPin({ credentialType, credentialIndex }: CredentialName): boolean {
  return credentialType === 'pin' && credentialIndex === allCredentialsIndex
}

function pinChange(
  dataOperationType: LockUserChange['dataOperationType'],
  userIndex: number | undefined,
  dataIndex: number,
): LockUserChange {
  return { lockDataType: 'pin', dataOperationType, userIndex, dataIndex }
}
