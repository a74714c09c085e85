import { unreachable } from '@mortise/protocol/errors'
import { bytesEqual } from '@mortise/protocol/wire'
import { matterChannels } from '@mortise/protocol/words'
import type { Policy, Reason, User } from '@mortise/protocol/words'
import { difference } from '#access/difference.ts'
import type { Change } from '#access/difference.ts'
import { guestOfflineHours, offlineHoursOf } from '#access/rules.ts'
import { isWithin, reachesBeyond } from '#access/within.ts'

/**
 * Decides whether somebody may replace the policy `before` by `after`, both sound by themselves.
 * @param signer the user of `before` whose credential signed the change
 * @param insideButtonPressed somebody stood inside within the last ten minutes
 * @returns undefined when they may
 */
export function authorizeChange(
  before: Policy,
  after: Policy,
  signer: User,
  insideButtonPressed: boolean,
): Reason | undefined {
  const all = difference(before, after)
  const changes = all.filter(isOrdinary)
  if (changes.length < all.length) return 'policyInvalid'
  switch (signer.role) {
    case 'owner':
      return insideButtonPressed || !changes.some((change) => isSensitive(change, signer))
        ? undefined
        : 'insideButtonNeeded'
    case 'manager':
      return changes.every((change) => managerMay(change, signer)) &&
        !exceedsGuests(changes, after, signer)
        ? undefined
        : 'notAuthorized'
    case 'resident':
      return changes.every((change) => residentMay(change, signer)) ? undefined : 'notAuthorized'
    case 'guest':
    case 'agent':
    case 'auditor':
      return 'notAuthorized'
    default:
      return unreachable(signer.role)
  }
}

/** Ids name one thing for ever: a journal that names an id must not come to mean another. */
function isOrdinary(change: Change): change is OrdinaryChange {
  return change.type !== 'credentialRewritten' && change.type !== 'invitationRewritten'
}

type OrdinaryChange = Exclude<
  Change,
  { readonly type: 'credentialRewritten' | 'invitationRewritten' }
>

/** As much of a person as it takes to know them again. */
type Somebody = Pick<User, 'id'>

/**
 * What one gesture must not be able to do alone, because the page that asked for it may have been
 * changed by its server: touch who rules the lock, or from where passkeys are accepted.
 */
function isSensitive(change: OrdinaryChange, signer: Somebody): boolean {
  switch (change.type) {
    case 'relyingPartiesChanged':
      return true
    case 'matterChannelChanged':
      return opensChannel(change)
    case 'userAdded':
    case 'invitationAdded':
      return isOwner(change.user) || isOpeningAgent(change.user)
    case 'userRemoved':
    case 'credentialRemoved':
    case 'credentialRenamed':
    case 'invitationRemoved':
      return isOwner(change.user) && !isSelf(change.user, signer)
    case 'userChanged':
      return (
        changesOwner(change, signer) ||
        (isOpeningAgent(change.after) && reachesBeyond(change.after, change.before))
      )
    case 'credentialAdded':
      // A code of their own opens the door but signs nothing, as any code that an owner gives away.
      return (
        isOpeningAgent(change.user) ||
        (isOwner(change.user) && !(isSelf(change.user, signer) && change.credential.type === 'pin'))
      )
    case 'doorNameChanged':
    case 'timeZoneChanged':
    case 'settingsChanged':
    case 'holidaySchedulesChanged':
    case 'passageSchedulesChanged':
      return false
    default:
      return unreachable(change)
  }
}

/** A channel lets in whoever rules its other end, so opening one is more than one gesture may do. */
function opensChannel({
  before,
  after,
}: Extract<Change, { type: 'matterChannelChanged' }>): boolean {
  return matterChannels.indexOf(after) > matterChannels.indexOf(before)
}

/** An assistant or automation that opens the door: whoever shouts at it may. */
function isOpeningAgent({ role, verbs }: User): boolean {
  return role === 'agent' && verbs.some((verb) => verb !== 'lock')
}

function changesOwner(
  { before, after }: Extract<Change, { type: 'userChanged' }>,
  signer: Somebody,
): boolean {
  if (!isOwner(before) && !isOwner(after)) return false
  return !isSelf(after, signer) || raises(before, after)
}

/** Nobody raises their own rights by a gesture alone. */
function raises(before: User, after: User): boolean {
  return !isWithin(after, before)
}

/** A manager touches guests only, and gives them no more than the manager has. */
function managerMay(change: OrdinaryChange, signer: User): boolean {
  switch (change.type) {
    case 'userAdded':
    case 'credentialAdded':
    case 'invitationAdded':
      return isGuest(change.user) && isBounded(change.user, signer)
    case 'userRemoved':
    case 'credentialRemoved':
    case 'credentialRenamed':
    case 'invitationRemoved':
      return isGuest(change.user)
    case 'userChanged': {
      const { before, after, fields } = change
      const harmless = fields.every((field) => field === 'name' || disables(field, after))
      return isGuest(before) && isGuest(after) && (harmless || isBounded(after, signer))
    }
    case 'doorNameChanged':
    case 'timeZoneChanged':
    case 'settingsChanged':
    case 'relyingPartiesChanged':
    case 'matterChannelChanged':
    case 'holidaySchedulesChanged':
    case 'passageSchedulesChanged':
      return false
    default:
      return unreachable(change)
  }
}

function disables(field: string, after: User): boolean {
  return field === 'userStatus' && after.userStatus === 'occupiedDisabled'
}

/**
 * An end, nothing at any time that the manager may not, no longer a stay than the owners allow, and
 * no longer without the hub than guests are left by default.
 */
function isBounded(guest: User, manager: User): boolean {
  const { validity } = guest
  if (validity === undefined || !isWithin(guest, manager)) return false
  const offlineHours = offlineHoursOf(guest)
  if (offlineHours === undefined || offlineHours > guestOfflineHours) return false
  const { delegation } = manager
  const stayMs = validity.notAfterMs - validity.notBeforeMs
  return delegation === undefined || stayMs <= delegation.stayHoursMax * hourMs
}

const hourMs = 3_600_000

/** The owners' bound on guests holds for what a manager adds, not for what was there. */
function exceedsGuests(
  changes: readonly OrdinaryChange[],
  after: Policy,
  { delegation }: User,
): boolean {
  if (delegation === undefined) return false
  const adds = changes.some(({ type }) => type === 'userAdded')
  return adds && after.users.filter(isGuest).length > delegation.guestsMax
}

/** A resident keeps codes of their own, and nothing else. */
function residentMay(change: OrdinaryChange, signer: User): boolean {
  return (
    (change.type === 'credentialAdded' || change.type === 'credentialRemoved') &&
    change.credential.type === 'pin' &&
    isSelf(change.user, signer)
  )
}

function isOwner(user: User): boolean {
  return user.role === 'owner'
}

function isGuest(user: User): boolean {
  return user.role === 'guest'
}

function isSelf(user: User, signer: Somebody): boolean {
  return bytesEqual(user.id, signer.id)
}

/**
 * Whether the lock will want somebody to have pressed the button on the inside. A forecast for the
 * person who signs: the lock asks `authorizeChange`.
 * @param signer absent when nobody knows yet who will sign
 */
export function needsInsideButton(
  before: Policy,
  after: Policy,
  signer: User | undefined,
): boolean {
  return difference(before, after)
    .filter(isOrdinary)
    .some((change) => isSensitive(change, signer ?? nobody))
}

/** Has an id like nobody's. */
const nobody: Somebody = { id: new Uint8Array() }
