import { unreachable } from '@mortise/protocol/errors'
import { bytesEqual } from '@mortise/protocol/wire'
import type { Policy, Reason, User } from '@mortise/protocol/words'
import { difference } from '#access/difference.ts'
import type { Change } from '#access/difference.ts'

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
  const changes = difference(before, after)
  if (changes.some(isRewrite)) return 'policyInvalid'
  switch (signer.role) {
    case 'owner':
      return insideButtonPressed || !changes.some((change) => isSensitive(change, signer))
        ? undefined
        : 'insideButtonNeeded'
    case 'manager':
      return changes.every((change) => managerMay(change, signer)) ? undefined : 'notAuthorized'
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
function isRewrite({ type }: Change): boolean {
  return type === 'credentialRewritten' || type === 'invitationRewritten'
}

/**
 * What one gesture must not be able to do alone, because the page that asked for it may have been
 * changed by its server: touch who rules the lock, or from where passkeys are accepted.
 */
function isSensitive(change: Change, signer: User): boolean {
  switch (change.type) {
    case 'relyingPartiesChanged':
      return true
    case 'userAdded':
    case 'invitationAdded':
      return isOwner(change.user)
    case 'userRemoved':
    case 'credentialRemoved':
    case 'credentialRenamed':
    case 'invitationRemoved':
      return isOwner(change.user) && !isSelf(change.user, signer)
    case 'userChanged':
      return changesOwner(change, signer)
    case 'credentialAdded':
      // A code of their own opens the door but signs nothing, as any code that an owner gives away.
      return (
        isOwner(change.user) && !(isSelf(change.user, signer) && change.credential.type === 'pin')
      )
    case 'doorNameChanged':
    case 'timeZoneChanged':
    case 'settingsChanged':
    case 'credentialRewritten':
    case 'invitationRewritten':
      return false
    default:
      return unreachable(change)
  }
}

function changesOwner(
  { before, after }: Extract<Change, { type: 'userChanged' }>,
  signer: User,
): boolean {
  if (!isOwner(before) && !isOwner(after)) return false
  return !isSelf(after, signer) || raises(before, after)
}

/** Nobody raises their own rights by a gesture alone. */
function raises(before: User, after: User): boolean {
  if (after.verbs.some((verb) => !before.verbs.includes(verb))) return true
  return !isWithin(after, before)
}

/** A manager touches guests only, and gives them no more than the manager has. */
function managerMay(change: Change, signer: User): boolean {
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
    case 'credentialRewritten':
    case 'invitationRewritten':
      return false
    default:
      return unreachable(change)
  }
}

function disables(field: string, after: User): boolean {
  return field === 'userStatus' && after.userStatus === 'occupiedDisabled'
}

/** An end, no verb that the manager lacks, and no time at which the manager has no access. */
function isBounded(guest: User, manager: User): boolean {
  return (
    guest.validity !== undefined &&
    guest.verbs.every((verb) => manager.verbs.includes(verb)) &&
    isWithin(guest, manager)
  )
}

/** True when `inner` is valid only while `outer` is. */
function isWithin(inner: User, outer: User): boolean {
  if (outer.validity === undefined) return true
  if (inner.validity === undefined) return false
  return (
    inner.validity.notBeforeMs >= outer.validity.notBeforeMs &&
    inner.validity.notAfterMs <= outer.validity.notAfterMs
  )
}

/** A resident keeps codes of their own, and nothing else. */
function residentMay(change: Change, signer: User): boolean {
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

function isSelf(user: User, signer: User): boolean {
  return bytesEqual(user.id, signer.id)
}
