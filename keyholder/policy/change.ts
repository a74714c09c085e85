import { policyHash } from '@mortise/protocol/verify'
import type { PinForCredential, Receipt } from '@mortise/protocol/wire'
import { bytesEqual, toHex } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import { ask } from '#keyholder/contact/ask.ts'
import { performCommand } from '#keyholder/contact/command.ts'
import type { Contact } from '#keyholder/contact/contact.ts'
import { KeyholderError, LockRefusal, lacksReceipt } from '#keyholder/errors.ts'
import type { OwnCredential } from '#keyholder/known-lock.ts'
import { adoptBoundKeys } from './adopt.ts'
import type { PolicyChange } from './drafts.ts'
import { encodePolicy } from './encode.ts'
import type { PolicyDifference, PolicyPreview } from './preview.ts'
import { preview } from './preview.ts'
import type { PolicyReading } from './read.ts'
import { findOwnCredential, readPolicy } from './read.ts'
import { requireFitPin } from './pin.ts'

/** A change that is ready to be looked at and signed. */
export interface PolicyProposal {
  readonly before: PolicyReading
  readonly after: Policy
  readonly encoded: Uint8Array
  readonly pins: readonly PinForCredential[]
  readonly preview: PolicyPreview
}

/**
 * Makes a change on the policy that the lock says is in force, without sending anything.
 * @throws KeyholderError `policyOutdated` when the hub does not have that policy; `editImpossible`,
 *   `policyUnfit`, `pinUnfit`; and as `ask` and `readPolicy`
 */
export async function proposeChange(
  contact: Contact,
  change: PolicyChange,
): Promise<PolicyProposal> {
  for (const { pin } of change.pins) requireFitPin(pin)
  const { state } = await ask(contact)
  const before = await readPolicy(contact, state)
  if (before.standing !== 'inForce') throw new KeyholderError('policyOutdated')
  const { policy, hash, bindings } = before
  const own = contact.known.credential
  const isOwn = ({ id }: OwnCredential) => own !== undefined && bytesEqual(id, own.id)
  const signer = findOwnCredential(before, isOwn)?.user
  const edited = change.edit(policy, bindings)
  const invites = edited.invitations.length > policy.invitations.length
  // Used invitations take up places of open ones. Nobody but an owner may write down others' keys.
  const makesRoom = invites && signer?.role === 'owner'
  const content = makesRoom ? adoptBoundKeys(edited, bindings) : edited
  const after = { ...content, version: policy.version + 1, previous: hash }
  return {
    before,
    after,
    encoded: encodePolicy(after),
    pins: change.pins,
    preview: preview(policy, after, bindings, signer?.id),
  }
}

/** What became of a change. */
export interface PolicyChanged {
  readonly version: number
  /** Absent when the receipt was lost and the lock confirmed the version by its state. */
  readonly receipt?: Receipt
}

/**
 * Has a proposal signed and sends it. Where no receipt arrives, the lock is asked once whether the
 * new version is in force.
 * @throws LockRefusal, with the reason `policyConflict` when another version came between;
 *   KeyholderError
 */
export async function commitChange(
  contact: Contact,
  proposal: PolicyProposal,
): Promise<PolicyChanged> {
  const { encoded: policy, pins, after } = proposal
  try {
    const receipt = await performCommand(contact, { type: 'changePolicy', policy, pins })
    return { version: after.version, receipt }
  } catch (error) {
    if (!lacksReceipt(error)) throw error
    const inForce = await saysInForce(contact, policy)
    if (!inForce) throw error
    return { version: after.version }
  }
}

async function saysInForce(contact: Contact, encoded: Uint8Array): Promise<boolean> {
  try {
    const { state } = await ask(contact)
    return bytesEqual(state.policyHash, policyHash(contact.device.crypto, encoded))
  } catch (error) {
    if (error instanceof KeyholderError) return false
    throw error
  }
}

/**
 * Proposes, commits and, when somebody else's change came between, makes the same edit once more
 * on their version; not when both changed the same thing. For programs; a person is shown the
 * proposal in between.
 * @throws LockRefusal; KeyholderError `policyConflict` and as `proposeChange` and `commitChange`
 */
export async function changePolicy(contact: Contact, change: PolicyChange): Promise<PolicyChanged> {
  const first = await proposeChange(contact, change)
  try {
    return await commitChange(contact, first)
  } catch (error) {
    if (!isConflict(error)) throw error
    const second = await proposeChange(contact, change)
    const theirs = preview(first.before.policy, second.before.policy, first.before.bindings)
    if (touchSame(first.preview.differences, theirs.differences)) {
      throw new KeyholderError('policyConflict', { cause: error })
    }
    return await commitChange(contact, second)
  }
}

/** Whether the lock refused a change because its policy is a newer one. */
export function isConflict(error: unknown): boolean {
  return error instanceof LockRefusal && error.reason === 'policyConflict'
}

/** Whether two changes of one policy concern the same user or the same setting. */
export function touchSame(
  ours: readonly PolicyDifference[],
  theirs: readonly PolicyDifference[],
): boolean {
  const theirSubjects = new Set(theirs.map(subjectOf))
  return ours.some((difference) => theirSubjects.has(subjectOf(difference)))
}

function subjectOf(difference: PolicyDifference): string {
  if ('user' in difference) return toHex(difference.user.id)
  switch (difference.kind) {
    case 'userChanged':
      return toHex(difference.after.id)
    case 'settingChanged':
      return difference.setting
    case 'holidayAdded':
    case 'holidayRemoved':
      return `holiday ${difference.holiday.name}`
    case 'relyingPartiesChanged':
      return difference.kind
  }
}
