import { unreachable } from '@mortise/protocol/errors'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Credential, Invitation, MatterChannel, Policy, User } from '@mortise/protocol/words'
import { everyOf } from '#access/every-of.ts'
import { matterChannelOf } from '#access/rules.ts'
import { viewPolicy } from '#access/policy-view.ts'
import type { PolicyView } from '#access/policy-view.ts'
import { sameContent } from '#access/same-content.ts'

/** Everything of a user but the credentials, which are compared one by one. */
export type UserField = Exclude<keyof User, 'id' | 'credentials'>

/** One thing that a new policy does differently, in plain data. The order of lists means nothing. */
export type Change =
  | { readonly type: 'doorNameChanged' }
  | { readonly type: 'timeZoneChanged' }
  | { readonly type: 'settingsChanged' }
  | { readonly type: 'relyingPartiesChanged' }
  | {
      readonly type: 'matterChannelChanged'
      readonly before: MatterChannel
      readonly after: MatterChannel
    }
  | { readonly type: 'holidaySchedulesChanged' }
  | { readonly type: 'passageSchedulesChanged' }
  | { readonly type: 'userAdded'; readonly user: User }
  | { readonly type: 'userRemoved'; readonly user: User }
  | {
      readonly type: 'userChanged'
      readonly before: User
      readonly after: User
      readonly fields: readonly UserField[]
    }
  /** `user` as in the new policy. */
  | { readonly type: 'credentialAdded'; readonly user: User; readonly credential: Credential }
  /** `user` as in the old policy. */
  | { readonly type: 'credentialRemoved'; readonly user: User; readonly credential: Credential }
  | { readonly type: 'credentialRenamed'; readonly user: User; readonly credential: Credential }
  /** An id that means something else than before. Never allowed. */
  | { readonly type: 'credentialRewritten'; readonly user: User; readonly credential: Credential }
  | { readonly type: 'invitationAdded'; readonly user: User; readonly invitation: Invitation }
  | { readonly type: 'invitationRemoved'; readonly user: User; readonly invitation: Invitation }
  | { readonly type: 'invitationRewritten'; readonly invitation: Invitation }

/**
 * What changes from one policy to the next: to be authorized, and to be shown to the person who
 * signs. Users of invitations are expected to exist (see `policyFault`).
 */
export function difference(before: Policy, after: Policy): readonly Change[] {
  const old = viewPolicy(before, [])
  const next = viewPolicy(after, [])
  return [
    ...documentChanges(before, after),
    ...userChanges(old, next),
    ...credentialChanges(old, next),
    ...invitationChanges(old, next),
  ]
}

function documentChanges(before: Policy, after: Policy): readonly Change[] {
  const changes: Change[] = []
  if (before.doorName !== after.doorName) changes.push({ type: 'doorNameChanged' })
  if (before.timeZone !== after.timeZone) changes.push({ type: 'timeZoneChanged' })
  if (!sameContent(before.settings, after.settings)) changes.push({ type: 'settingsChanged' })
  if (!sameContent(before.relyingParties, after.relyingParties)) {
    changes.push({ type: 'relyingPartiesChanged' })
  }
  const channels = [matterChannelOf(before), matterChannelOf(after)] as const
  if (channels[0] !== channels[1]) {
    changes.push({ type: 'matterChannelChanged', before: channels[0], after: channels[1] })
  }
  if (!sameContent(before.holidaySchedules, after.holidaySchedules)) {
    changes.push({ type: 'holidaySchedulesChanged' })
  }
  if (!sameContent(before.passageSchedules, after.passageSchedules)) {
    changes.push({ type: 'passageSchedulesChanged' })
  }
  return changes
}

function userChanges(before: PolicyView, after: PolicyView): readonly Change[] {
  const changes: Change[] = []
  for (const [id, user] of before.users) {
    if (!after.users.has(id)) changes.push({ type: 'userRemoved', user })
  }
  for (const [id, user] of after.users) {
    const old = before.users.get(id)
    if (old === undefined) changes.push({ type: 'userAdded', user })
    else {
      const fields = changedFields(old, user)
      if (fields.length > 0) changes.push({ type: 'userChanged', before: old, after: user, fields })
    }
  }
  return changes
}

const userFields = everyOf<UserField>()(
  'name',
  'role',
  'userStatus',
  'verbs',
  'validity',
  'userType',
  'credentialRule',
  'weekDaySchedules',
  'yearDaySchedules',
  'holidayRule',
  'useLimit',
  'expiringUserTimeout',
  'maxOfflineHours',
  'afterHousehold',
  'delegation',
)

/** Which fields of a user say something else than before. */
export function changedFields(before: User, after: User): readonly UserField[] {
  return userFields.filter((field) => !sameContent(before[field], after[field]))
}

function credentialChanges(before: PolicyView, after: PolicyView): readonly Change[] {
  const changes: Change[] = []
  for (const [id, holder] of before.holders) {
    if (!after.holders.has(id)) changes.push({ type: 'credentialRemoved', ...holder })
  }
  for (const [id, holder] of after.holders) {
    const old = before.holders.get(id)
    if (old === undefined) changes.push({ type: 'credentialAdded', ...holder })
    else if (
      !bytesEqual(old.user.id, holder.user.id) ||
      !sameSecret(old.credential, holder.credential)
    ) {
      changes.push({ type: 'credentialRewritten', ...holder })
    } else if (!sameContent(old.credential, holder.credential)) {
      changes.push({ type: 'credentialRenamed', ...holder })
    }
  }
  return changes
}

/** Equal in everything but the name that people give it. */
export function sameSecret(left: Credential, right: Credential): boolean {
  return JSON.stringify(secretWords(left)) === JSON.stringify(secretWords(right))
}

function secretWords(credential: Credential): readonly string[] {
  const common = [credential.type, toHex(credential.id), String(credential.createdAtMs)]
  switch (credential.type) {
    case 'pin':
    case 'fingerprint':
      return [...common, String(credential.duress)]
    case 'face':
      return common
    case 'deviceKey':
    case 'rfid':
      return [...common, toHex(credential.publicKey)]
    case 'passkey': {
      const { publicKey, relyingPartyId, passkeyId } = credential
      return [...common, toHex(publicKey), relyingPartyId, toHex(passkeyId)]
    }
    default:
      return unreachable(credential)
  }
}

function invitationChanges(before: PolicyView, after: PolicyView): readonly Change[] {
  const old = invitationsById(before.policy)
  const next = invitationsById(after.policy)
  const changes: Change[] = []
  for (const [id, invitation] of old) {
    const user = before.users.get(toHex(invitation.userId))
    if (!next.has(id) && user) changes.push({ type: 'invitationRemoved', user, invitation })
  }
  for (const [id, invitation] of next) {
    const user = after.users.get(toHex(invitation.userId))
    const former = old.get(id)
    if (former === undefined && user) changes.push({ type: 'invitationAdded', user, invitation })
    if (former !== undefined && !sameInvitation(former, invitation)) {
      changes.push({ type: 'invitationRewritten', invitation })
    }
  }
  return changes
}

function invitationsById(policy: Policy): ReadonlyMap<string, Invitation> {
  return new Map(policy.invitations.map((invitation) => [toHex(invitation.id), invitation]))
}

function sameInvitation(left: Invitation, right: Invitation): boolean {
  return (
    bytesEqual(left.userId, right.userId) &&
    bytesEqual(left.ticketPublicKey, right.ticketPublicKey) &&
    left.notAfterMs === right.notAfterMs
  )
}
