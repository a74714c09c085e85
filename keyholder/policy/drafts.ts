import type { InvitationText, PinForCredential } from '@mortise/protocol/wire'
import { encodeInvitationText } from '@mortise/protocol/wire'
import type { Credential, Role, User, Verb } from '@mortise/protocol/words'
import type { Device } from '#keyholder/ports.ts'
import type { EnrolmentOrder } from '#keyholder/contact/operate.ts'
import type { LockKeys } from '#keyholder/known-lock.ts'
import { newBiometricCredential, newId, newPinCredential } from './credentials.ts'
import type { BiometricWish } from './credentials.ts'
import type { PolicyEdit, UserTerms } from './edits.ts'
import {
  addCredential,
  allowVoice,
  addInvitation,
  addUser,
  removeCredential,
  together,
} from './edits.ts'
import { generatePin, requireFitPin } from './pin.ts'

/** A wish, with the digits of the codes that are new in it. Ids are drawn, so it can be made again. */
export interface PolicyChange {
  readonly edit: PolicyEdit
  readonly pins: readonly PinForCredential[]
}

type Fresh = Pick<Device, 'crypto' | 'clock'>

/** Without terms: always, as often as they like. */
export interface NewPerson extends UserTerms {
  readonly name: string
  /** Guest when not said. */
  readonly role?: Role
  /** When not said: both, of an agent to lock, of an auditor none. */
  readonly verbs?: readonly Verb[]
}

/** An assistant opens only once its owners want it, and an auditor does nothing. */
function usualVerbs(role: Role): readonly Verb[] {
  if (role === 'auditor') return []
  return role === 'agent' ? ['lock'] : ['lock', 'unlock']
}

function newUser(device: Fresh, person: NewPerson, credentials: readonly Credential[] = []): User {
  const { role = 'guest', verbs = usualVerbs(role) } = person
  return { ...person, id: newId(device), role, userStatus: 'occupiedEnabled', verbs, credentials }
}

/** A person who proves themselves with keys that are known already. */
export function draftPerson(
  device: Fresh,
  person: NewPerson,
  credentials: readonly Credential[],
): PolicyChange & { readonly user: User } {
  const user = newUser(device, person, credentials)
  return { user, edit: addUser(user), pins: [] }
}

export interface CodeDraft extends PolicyChange {
  readonly userId: Uint8Array
  readonly credentialId: Uint8Array
  /** Shown once, to the person who makes it; kept nowhere. */
  readonly pin: string
}

/** How a code is made. */
export interface CodeOptions {
  /** Drawn when not given. */
  readonly pin?: string | undefined
  /** Opens as if nothing were wrong, and tells the owners silently. */
  readonly duress?: boolean
}

/**
 * A visitor with a code for the keypad.
 * @throws KeyholderError `pinUnfit`
 */
export function draftVisitorCode(
  device: Fresh,
  person: NewPerson,
  options: CodeOptions = {},
): CodeDraft {
  const { credential, digits } = newCode(device, options)
  const user = newUser(device, person, [credential])
  const pins = [{ credentialId: credential.id, pin: digits }]
  return { userId: user.id, credentialId: credential.id, pin: digits, edit: addUser(user), pins }
}

/**
 * A code for somebody who is in the policy, in place of the one with the id `replaces`.
 * @throws KeyholderError `pinUnfit`
 */
export function draftCode(
  device: Fresh,
  userId: Uint8Array,
  options: CodeOptions & { readonly replaces?: Uint8Array } = {},
): CodeDraft {
  const { credential, digits } = newCode(device, options)
  const add = addCredential(userId, credential)
  const { replaces } = options
  const edit = replaces === undefined ? add : together(removeCredential(userId, replaces), add)
  const pins = [{ credentialId: credential.id, pin: digits }]
  return { userId, credentialId: credential.id, pin: digits, edit, pins }
}

/**
 * A PIN for an agent, for people to tell it, and with it the right to unlock.
 * @throws KeyholderError `pinUnfit`
 */
export function draftVoicePin(
  device: Fresh,
  userId: Uint8Array,
  options: CodeOptions = {},
): CodeDraft {
  const draft = draftCode(device, userId, options)
  return { ...draft, edit: together(draft.edit, allowVoice(userId)) }
}

function newCode(device: Fresh, { pin, duress = false }: CodeOptions) {
  const digits = pin ?? generatePin((length) => device.crypto.randomBytes(length))
  requireFitPin(digits)
  const credential = newPinCredential(device)
  return { credential: duress ? { ...credential, duress } : credential, digits }
}

export interface BiometricDraft extends PolicyChange {
  readonly userId: Uint8Array
  readonly credentialId: Uint8Array
  /** For `beginEnrolment`: the lock takes the change only after its reader has learned this. */
  readonly order: EnrolmentOrder
}

/** A finger or a face for somebody who is in the policy. */
export function draftBiometric(
  device: Fresh,
  userId: Uint8Array,
  wish: BiometricWish,
): BiometricDraft {
  const credential = newBiometricCredential(device, wish)
  const { id: credentialId, type: credentialType } = credential
  const order = { credentialId, credentialType, userId }
  return { userId, credentialId, order, edit: addCredential(userId, credential), pins: [] }
}

export interface InvitationDraft extends PolicyChange {
  readonly userId: Uint8Array
  readonly invitationId: Uint8Array
  /** Goes into the fragment of a link; good once, for whoever has it. */
  readonly text: string
}

/** How an invitation is made. */
export interface InvitationTerms {
  /** Until when it can be accepted. */
  readonly notAfterMs: number
  /** How the one who sends it calls themselves; travels in the link alone. */
  readonly inviterName?: string
}

/** An invitation for somebody who is in the policy, to attach one key of their own. */
export function draftInvitation(
  device: Fresh,
  lock: LockKeys,
  userId: Uint8Array,
  { notAfterMs, inviterName }: InvitationTerms,
): InvitationDraft {
  const ticketSeed = device.crypto.randomBytes(32)
  const invitationId = newId(device)
  const ticketPublicKey = device.crypto.ed25519PublicKey(ticketSeed)
  const { lockKey, sealingKey } = lock
  const secret: InvitationText = { lockKey, sealingKey, invitationId, ticketSeed }
  const carried = inviterName === undefined ? secret : { ...secret, inviterName }
  return {
    userId,
    invitationId,
    text: encodeInvitationText((...parts) => device.crypto.sha256(...parts), carried),
    edit: addInvitation({ id: invitationId, userId, ticketPublicKey, notAfterMs }),
    pins: [],
  }
}

/** A new person together with an invitation to attach their own key. */
export function draftInvitedPerson(
  device: Fresh,
  lock: LockKeys,
  person: NewPerson,
  terms: InvitationTerms,
): InvitationDraft {
  const user = newUser(device, person)
  const invitation = draftInvitation(device, lock, user.id, terms)
  return { ...invitation, edit: together(addUser(user), invitation.edit) }
}
