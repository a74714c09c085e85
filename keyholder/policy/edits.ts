import { sameContent } from '@mortise/access'
import type { DoorSettings } from '@mortise/access'
import { bytesEqual } from '@mortise/protocol/wire'
import type {
  Binding,
  Credential,
  Delegation,
  HolidaySchedule,
  Invitation,
  Policy,
  RelyingParty,
  User,
  Validity,
} from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'

/**
 * A wish for a policy, as a pure function, so that it can be made again on a newer version.
 * Version and link to the version before are not its business.
 * `bindings` are the credentials that the lock attached itself; none when left out.
 * @throws KeyholderError `editImpossible` when the policy has no place for it.
 */
export type PolicyEdit = (policy: Policy, bindings?: readonly Binding[]) => Policy

interface Identified {
  readonly id: Uint8Array
}

/** Several edits as one, first to last. */
export function together(...edits: readonly PolicyEdit[]): PolicyEdit {
  return (policy, bindings) => edits.reduce((edited, edit) => edit(edited, bindings), policy)
}

export function addUser(user: User): PolicyEdit {
  return (policy) => ({ ...policy, users: withItem(policy.users, user) })
}

/** Takes the person out, with everything that they could prove themselves with. */
export function removeUser(userId: Uint8Array): PolicyEdit {
  return (policy) => ({
    ...policy,
    users: withoutItem(policy.users, userId),
    invitations: policy.invitations.filter((one) => !bytesEqual(one.userId, userId)),
  })
}

/** When and how often somebody may come, and with how much. */
export type UserTerms = Omit<
  User,
  'id' | 'name' | 'role' | 'userStatus' | 'verbs' | 'credentials' | 'delegation'
>

/** What of a user can be changed. */
export interface UserChanges extends Partial<Pick<User, 'name' | 'role' | 'userStatus' | 'verbs'>> {
  /** What a manager may give; null is as much as they have themselves. It goes with the role. */
  readonly delegation?: Delegation | null
  /** All terms at once, in place of those before. */
  readonly terms?: UserTerms
  /** The span alone; null means always. */
  readonly validity?: Validity | null
}

export function changeUser(userId: Uint8Array, changes: UserChanges): PolicyEdit {
  const { terms, validity, delegation: wanted, ...plain } = changes
  return editUser(userId, (user) => {
    const { id, name, role, userStatus, verbs, credentials, delegation, ...termsBefore } = user
    const person = { id, name, role, userStatus, verbs, credentials, ...plain }
    // Whom they may let in ends with the role that lets them.
    const given = wanted === undefined ? delegation : (wanted ?? undefined)
    const isLimited = given !== undefined && person.role === 'manager'
    const limits = isLimited ? { delegation: given } : {}
    const { validity: spanBefore, ...others } = terms ?? termsBefore
    const span = validity === undefined ? spanBefore : (validity ?? undefined)
    return { ...person, ...limits, ...others, ...(span === undefined ? {} : { validity: span }) }
  })
}

/** Lets an agent unlock, by its key together with its voice PIN or another way in of its own. */
export function allowVoice(userId: Uint8Array): PolicyEdit {
  return editUser(userId, ({ verbs, credentialRule, ...user }) => ({
    ...user,
    verbs: verbs.includes('unlock') ? verbs : [...verbs, 'unlock'],
    credentialRule: credentialRule === 'tri' ? credentialRule : 'dual',
  }))
}

/** Takes the voice PINs of an agent away, and its right to open. */
export function forbidVoice(userId: Uint8Array): PolicyEdit {
  return editUser(userId, (user) => ({
    ...user,
    verbs: user.verbs.filter((verb) => verb === 'lock'),
    credentials: user.credentials.filter(({ type }) => type !== 'pin'),
  }))
}

export function addCredential(userId: Uint8Array, credential: Credential): PolicyEdit {
  return editUser(userId, (user) => ({
    ...user,
    credentials: withItem(user.credentials, credential),
  }))
}

/** A credential that the lock attached itself goes with the invitation that it came by. */
export function removeCredential(userId: Uint8Array, credentialId: Uint8Array): PolicyEdit {
  const fromList = editUser(userId, (user) => ({
    ...user,
    credentials: withoutItem(user.credentials, credentialId),
  }))
  return (policy, bindings = []) => {
    const bound = bindings.find(
      ({ userId: holder, credential }) =>
        bytesEqual(holder, userId) && bytesEqual(credential.id, credentialId),
    )
    return bound === undefined ? fromList(policy) : removeInvitation(bound.invitationId)(policy)
  }
}

/**
 * Another name for a credential of the list. One that the lock attached itself has the name that came
 * with it, and a code has none.
 * @throws KeyholderError `editImpossible`
 */
export function renameCredential(
  userId: Uint8Array,
  credentialId: Uint8Array,
  name: string,
): PolicyEdit {
  return editUser(userId, (user) => {
    const credential = findItem(user.credentials, credentialId)
    if (credential === undefined || credential.type === 'pin') {
      throw new KeyholderError('editImpossible')
    }
    const credentials = user.credentials.map((one) =>
      one === credential ? { ...credential, name } : one,
    )
    return { ...user, credentials }
  })
}

export function addInvitation(invitation: Invitation): PolicyEdit {
  return (policy) => {
    requireItem(policy.users, invitation.userId)
    return { ...policy, invitations: withItem(policy.invitations, invitation) }
  }
}

export function removeInvitation(invitationId: Uint8Array): PolicyEdit {
  return (policy) => ({ ...policy, invitations: withoutItem(policy.invitations, invitationId) })
}

/**
 * Takes an invitation back. Somebody who has no other way in was only ever invited, and goes with it.
 * A key that came by it goes as well.
 */
export function withdrawInvitation(invitationId: Uint8Array): PolicyEdit {
  return (policy, bindings = []) => {
    const invitation = findItem(policy.invitations, invitationId)
    if (invitation === undefined) throw new KeyholderError('editImpossible')
    const { userId } = invitation
    const isTheirs = (one: { readonly userId: Uint8Array }): boolean =>
      bytesEqual(one.userId, userId)
    const hasOthers = policy.invitations.some((one) => isTheirs(one) && one !== invitation)
    const hasKeys =
      bindings.some(isTheirs) || findItem(policy.users, userId)?.credentials.length !== 0
    const edit = hasOthers || hasKeys ? removeInvitation(invitationId) : removeUser(userId)
    return edit(policy, bindings)
  }
}

/**
 * Other rules for the door itself. What stays as it is stays as it was written: a default is not
 * spelled out.
 */
export function changeSettings(changes: Partial<DoorSettings>): PolicyEdit {
  const { doorName, timeZone, matterChannel, passageSchedules, quietHours, ...plain } = changes
  const named = {
    ...(doorName === undefined ? {} : { doorName }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(matterChannel === undefined ? {} : { matterChannel }),
  }
  return (policy) => {
    const { passageSchedules: passageBefore = [], ...document } = policy
    const { quietHours: quietBefore = null, ...settings } = policy.settings
    const passage = passageSchedules ?? passageBefore
    const quiet = quietHours === undefined ? quietBefore : quietHours
    return {
      ...document,
      ...named,
      settings: { ...settings, ...plain, ...(quiet === null ? {} : { quietHours: quiet }) },
      ...(passage.length === 0 ? {} : { passageSchedules: passage }),
    }
  }
}

/** The same holiday twice says nothing more. */
export function addHoliday(holiday: HolidaySchedule): PolicyEdit {
  return ({ holidaySchedules = [], ...policy }) => {
    if (holidaySchedules.some((one) => sameContent(one, holiday))) {
      throw new KeyholderError('editImpossible')
    }
    return { ...policy, holidaySchedules: [...holidaySchedules, holiday] }
  }
}

/** Holidays have no id: the very one that somebody saw is meant, or none. */
export function removeHoliday(holiday: HolidaySchedule): PolicyEdit {
  return ({ holidaySchedules = [], ...policy }) => {
    const left = holidaySchedules.filter((one) => !sameContent(one, holiday))
    if (left.length === holidaySchedules.length) throw new KeyholderError('editImpossible')
    return left.length === 0 ? policy : { ...policy, holidaySchedules: left }
  }
}

export function changeRelyingParties(relyingParties: readonly RelyingParty[]): PolicyEdit {
  return (policy) => ({ ...policy, relyingParties })
}

function editUser(userId: Uint8Array, edit: (user: User) => User): PolicyEdit {
  return (policy) => {
    requireItem(policy.users, userId)
    const users = policy.users.map((user) => (bytesEqual(user.id, userId) ? edit(user) : user))
    return { ...policy, users }
  }
}

function findItem<Item extends Identified>(items: readonly Item[], id: Uint8Array) {
  return items.find((item) => bytesEqual(item.id, id))
}

function requireItem(items: readonly Identified[], id: Uint8Array): void {
  if (findItem(items, id) === undefined) throw new KeyholderError('editImpossible')
}

function withItem<Item extends Identified>(items: readonly Item[], added: Item): readonly Item[] {
  if (findItem(items, added.id) !== undefined) throw new KeyholderError('editImpossible')
  return [...items, added]
}

function withoutItem<Item extends Identified>(
  items: readonly Item[],
  id: Uint8Array,
): readonly Item[] {
  requireItem(items, id)
  return items.filter((item) => !bytesEqual(item.id, id))
}
