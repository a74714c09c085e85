import {
  changedFields,
  changedSettings,
  doorSettingsOf,
  needsInsideButton,
  reachesBeyond,
  sameContent,
  sameSecret,
} from '@mortise/access'
import type { DoorSetting, DoorSettings, UserField } from '@mortise/access'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type {
  Binding,
  Credential,
  HolidaySchedule,
  Invitation,
  Policy,
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
      readonly fields: readonly UserField[]
      /** The person can do something, or at some time, that they could not before. */
      readonly gains: boolean
      readonly loses: boolean
    }
  | { readonly kind: 'credentialAdded'; readonly user: User; readonly credential: Credential }
  | { readonly kind: 'credentialRemoved'; readonly user: User; readonly credential: Credential }
  | {
      readonly kind: 'credentialRenamed'
      readonly user: User
      readonly before: Credential
      readonly after: Credential
    }
  | { readonly kind: 'invitationAdded'; readonly user: User; readonly invitation: Invitation }
  | { readonly kind: 'invitationRemoved'; readonly user: User; readonly invitation: Invitation }
  | {
      readonly kind: 'settingChanged'
      readonly setting: DoorSetting
      /** All of them: one setting may need another one to be told. */
      readonly before: DoorSettings
      readonly after: DoorSettings
    }
  | {
      readonly kind: 'relyingPartiesChanged'
      readonly before: readonly RelyingParty[]
      readonly after: readonly RelyingParty[]
    }
  | { readonly kind: 'holidayAdded'; readonly holiday: HolidaySchedule }
  | { readonly kind: 'holidayRemoved'; readonly holiday: HolidaySchedule }

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
  const signer = before.users.find(({ id }) => signerId !== undefined && bytesEqual(id, signerId))
  return { differences, insideButtonNeeded: needsInsideButton(before, after, signer) }
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
    if (sameContent(pair.before, pair.after)) return []
    if (pair.before === undefined) {
      return pair.after === undefined ? [] : [{ kind: 'userAdded', user: pair.after } as const]
    }
    if (pair.after !== undefined) return userDiffers(pair.before, pair.after, bindings)
    const user = pair.before
    const bound = bindings.filter((one) => bytesEqual(one.userId, user.id))
    const credentials = [...user.credentials, ...bound.map(({ credential }) => credential)]
    return [{ kind: 'userRemoved', user, credentials } as const]
  })
}

function userDiffers(
  before: User,
  after: User,
  bindings: readonly Binding[],
): readonly PolicyDifference[] {
  const differences: PolicyDifference[] = []
  const fields = changedFields(before, after)
  if (fields.length > 0) {
    const gains = reachesBeyond(after, before)
    const loses = reachesBeyond(before, after)
    differences.push({ kind: 'userChanged', before, after, fields, gains, loses })
  }
  for (const pair of pairs(before.credentials, after.credentials)) {
    if (sameContent(pair.before, pair.after)) continue
    if (isRenaming(pair)) {
      differences.push({ kind: 'credentialRenamed', user: after, ...pair })
      continue
    }
    if (pair.before !== undefined) {
      differences.push({ kind: 'credentialRemoved', user: after, credential: pair.before })
    }
    // A key that came by a link is held already; that it now stands in the list changes nothing.
    const isAdopted =
      pair.before === undefined &&
      bindings.some(
        (one) => bytesEqual(one.userId, after.id) && sameContent(one.credential, pair.after),
      )
    if (pair.after !== undefined && !isAdopted) {
      differences.push({ kind: 'credentialAdded', user: after, credential: pair.after })
    }
  }
  return differences
}

/** Of two that differ: the same secret has another name, and everything else is another credential. */
function isRenaming(pair: Pair<Credential>): pair is Required<Pair<Credential>> {
  const { before, after } = pair
  return before !== undefined && after !== undefined && sameSecret(before, after)
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
      const stays = after.users.find(({ id }) => bytesEqual(id, user.id))
      const bound = bindings.find(({ invitationId }) => bytesEqual(invitationId, invitation.id))
      // A spent invitation is nothing but the hold of the credential that came by it.
      if (bound === undefined) return [{ kind: 'invitationRemoved', user, invitation } as const]
      const { credential } = bound
      const isListed = stays?.credentials.some(({ id }) => bytesEqual(id, credential.id)) ?? true
      return isListed ? [] : [{ kind: 'credentialRemoved', user, credential } as const]
    },
  )
}

function documentDiffers(before: Policy, after: Policy): readonly PolicyDifference[] {
  const [old, wanted] = [doorSettingsOf(before), doorSettingsOf(after)]
  return [
    ...changedSettings(old, wanted).map(
      (setting) => ({ kind: 'settingChanged', setting, before: old, after: wanted }) as const,
    ),
    ...relyingPartiesDiffer(before.relyingParties, after.relyingParties),
    ...holidaysDiffer(before.holidaySchedules, after.holidaySchedules),
  ]
}

function relyingPartiesDiffer(
  before: readonly RelyingParty[],
  after: readonly RelyingParty[],
): readonly PolicyDifference[] {
  return sameContent(before, after) ? [] : [{ kind: 'relyingPartiesChanged', before, after }]
}

function holidaysDiffer(
  before: readonly HolidaySchedule[] = [],
  after: readonly HolidaySchedule[] = [],
): readonly PolicyDifference[] {
  return [
    ...without(before, after).map((holiday) => ({ kind: 'holidayRemoved', holiday }) as const),
    ...without(after, before).map((holiday) => ({ kind: 'holidayAdded', holiday }) as const),
  ]
}

function without(some: readonly HolidaySchedule[], others: readonly HolidaySchedule[]) {
  return some.filter((one) => !others.some((other) => sameContent(one, other)))
}
