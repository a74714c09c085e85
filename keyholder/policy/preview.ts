import { unreachable } from '@mortise/protocol/errors'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type {
  Binding,
  Credential,
  Invitation,
  Policy,
  PolicySettings,
  RelyingParty,
  User,
} from '@mortise/protocol/words'

/** One difference between two policies, as plain data for people to read. */
export type PolicyDifference =
  | { readonly kind: 'userAdded'; readonly user: User }
  | {
      readonly kind: 'userRemoved'
      readonly user: User
      /** Everything that stops working, credentials that the lock attached included. */
      readonly credentials: readonly Credential[]
    }
  | {
      readonly kind: 'userChanged'
      readonly before: User
      readonly after: User
      /** The person can do something, or at some time, that they could not before. */
      readonly gains: boolean
      readonly loses: boolean
    }
  | { readonly kind: 'credentialAdded'; readonly user: User; readonly credential: Credential }
  | { readonly kind: 'credentialRemoved'; readonly user: User; readonly credential: Credential }
  | { readonly kind: 'invitationAdded'; readonly user: User; readonly invitation: Invitation }
  | { readonly kind: 'invitationRemoved'; readonly user: User; readonly invitation: Invitation }
  | { readonly kind: 'doorRenamed'; readonly before: string; readonly after: string }
  | { readonly kind: 'timeZoneChanged'; readonly before: string; readonly after: string }
  | {
      readonly kind: 'settingsChanged'
      readonly before: PolicySettings
      readonly after: PolicySettings
    }
  | {
      readonly kind: 'relyingPartiesChanged'
      readonly before: readonly RelyingParty[]
      readonly after: readonly RelyingParty[]
    }

export interface PolicyPreview {
  readonly differences: readonly PolicyDifference[]
  /** The lock will want somebody to have pressed the button on the inside. The lock decides; this is a forecast. */
  readonly insideButtonNeeded: boolean
}

/**
 * What a change does, computed from the two documents and not from a form.
 * @param bindings credentials that the lock attached itself under `before`
 * @param signerId the user who will sign: about themselves, owners may do a little more alone
 */
export function preview(
  before: Policy,
  after: Policy,
  bindings: readonly Binding[] = [],
  signerId?: Uint8Array,
): PolicyPreview {
  const differences = [
    ...usersDiffer(before, after, bindings),
    ...invitationsDiffer(before, after, bindings),
    ...documentDiffers(before, after),
  ]
  const isSelf = (user: User) => signerId !== undefined && bytesEqual(user.id, signerId)
  const insideButtonNeeded = differences.some((difference) => isSensitive(difference, isSelf))
  return { differences, insideButtonNeeded }
}

interface Pair<Item> {
  readonly before?: Item
  readonly after?: Item
}

/** Pairs the items of two lists by id: those of `before` in their order, then the new ones. */
function pairs<Item extends { readonly id: Uint8Array }>(
  before: readonly Item[],
  after: readonly Item[],
): readonly Pair<Item>[] {
  const afterById = new Map(after.map((item) => [toHex(item.id), item]))
  const beforeIds = new Set(before.map((item) => toHex(item.id)))
  const kept = before.map((item) => {
    const match = afterById.get(toHex(item.id))
    return match === undefined ? { before: item } : { before: item, after: match }
  })
  const added = after.filter((item) => !beforeIds.has(toHex(item.id)))
  return [...kept, ...added.map((item) => ({ after: item }))]
}

function usersDiffer(
  before: Policy,
  after: Policy,
  bindings: readonly Binding[],
): readonly PolicyDifference[] {
  return pairs(before.users, after.users).flatMap((pair) => {
    if (pair.before === undefined) {
      return pair.after === undefined ? [] : [{ kind: 'userAdded', user: pair.after } as const]
    }
    if (pair.after !== undefined) return userDiffers(pair.before, pair.after)
    const user = pair.before
    const bound = bindings.filter((one) => bytesEqual(one.userId, user.id))
    const credentials = [...user.credentials, ...bound.map(({ credential }) => credential)]
    return [{ kind: 'userRemoved', user, credentials } as const]
  })
}

function userDiffers(before: User, after: User): readonly PolicyDifference[] {
  const differences: PolicyDifference[] = []
  if (describeUser(before) !== describeUser(after)) {
    const gains = reachesBeyond(after, before)
    const loses = reachesBeyond(before, after)
    differences.push({ kind: 'userChanged', before, after, gains, loses })
  }
  for (const pair of pairs(before.credentials, after.credentials)) {
    if (sameCredential(pair.before, pair.after)) continue
    if (pair.before !== undefined) {
      differences.push({ kind: 'credentialRemoved', user: after, credential: pair.before })
    }
    if (pair.after !== undefined) {
      differences.push({ kind: 'credentialAdded', user: after, credential: pair.after })
    }
  }
  return differences
}

/** Everything of a user but the credentials, comparable. */
function describeUser(user: User): string {
  const { name, role, userStatus, verbs, validity } = user
  const { notBeforeMs, notAfterMs } = validity ?? {}
  return JSON.stringify([name, role, userStatus, verbs.toSorted(), notBeforeMs, notAfterMs])
}

function sameCredential(left: Credential | undefined, right: Credential | undefined): boolean {
  return left !== undefined && right !== undefined && describe(left) === describe(right)
}

/** Bytes as text, so that two values can be compared as a whole. */
function describe(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item instanceof Uint8Array ? toHex(item) : item,
  )
}

const rolesUpwards = ['guest', 'resident', 'manager', 'owner']

/** Whether `one` may do anything, or at any time, that `other` may not. */
function reachesBeyond(one: User, other: User): boolean {
  if (one.userStatus !== 'occupiedEnabled') return false
  if (other.userStatus !== 'occupiedEnabled') return true
  if (rolesUpwards.indexOf(one.role) > rolesUpwards.indexOf(other.role)) return true
  if (one.verbs.some((verb) => !other.verbs.includes(verb))) return true
  if (other.validity === undefined) return false
  if (one.validity === undefined) return true
  return (
    one.validity.notBeforeMs < other.validity.notBeforeMs ||
    one.validity.notAfterMs > other.validity.notAfterMs
  )
}

function invitationsDiffer(
  before: Policy,
  after: Policy,
  bindings: readonly Binding[],
): readonly PolicyDifference[] {
  return pairs(before.invitations, after.invitations).flatMap(
    (pair): readonly PolicyDifference[] => {
      if (pair.before !== undefined && pair.after !== undefined) return []
      const invitation = pair.after ?? pair.before
      const user = [...after.users, ...before.users].find(
        (one) => invitation !== undefined && bytesEqual(one.id, invitation.userId),
      )
      if (invitation === undefined || user === undefined) return []
      if (pair.after !== undefined) return [{ kind: 'invitationAdded', user, invitation } as const]
      const stays = after.users.some(({ id }) => bytesEqual(id, user.id))
      const bound = bindings.find(({ invitationId }) => bytesEqual(invitationId, invitation.id))
      // A spent invitation is nothing but the hold of the credential that came by it.
      if (bound === undefined) return [{ kind: 'invitationRemoved', user, invitation } as const]
      const { credential } = bound
      return stays ? [{ kind: 'credentialRemoved', user, credential } as const] : []
    },
  )
}

function documentDiffers(before: Policy, after: Policy): readonly PolicyDifference[] {
  const differences: PolicyDifference[] = []
  if (before.doorName !== after.doorName) {
    differences.push({ kind: 'doorRenamed', before: before.doorName, after: after.doorName })
  }
  if (before.timeZone !== after.timeZone) {
    differences.push({ kind: 'timeZoneChanged', before: before.timeZone, after: after.timeZone })
  }
  if (describe(before.settings) !== describe(after.settings)) {
    differences.push({ kind: 'settingsChanged', before: before.settings, after: after.settings })
  }
  if (describe(before.relyingParties) !== describe(after.relyingParties)) {
    const [old, wanted] = [before.relyingParties, after.relyingParties]
    differences.push({ kind: 'relyingPartiesChanged', before: old, after: wanted })
  }
  return differences
}

/**
 * What concerns owners, or where passkeys may be used, needs somebody inside the house; what owners
 * give up of their own, and codes of their own, do not.
 */
function isSensitive(difference: PolicyDifference, isSelf: (user: User) => boolean): boolean {
  switch (difference.kind) {
    case 'relyingPartiesChanged':
      return true
    case 'userAdded':
    case 'invitationAdded':
      return difference.user.role === 'owner'
    case 'userRemoved':
    case 'credentialRemoved':
    case 'invitationRemoved':
      return difference.user.role === 'owner' && !isSelf(difference.user)
    case 'credentialAdded': {
      const ownCode = isSelf(difference.user) && difference.credential.type === 'pin'
      return difference.user.role === 'owner' && !ownCode
    }
    case 'userChanged': {
      const { before, after, gains } = difference
      const ofOwner = before.role === 'owner' || after.role === 'owner'
      return ofOwner && (gains || !isSelf(after))
    }
    case 'doorRenamed':
    case 'timeZoneChanged':
    case 'settingsChanged':
      return false
    default:
      return unreachable(difference)
  }
}
