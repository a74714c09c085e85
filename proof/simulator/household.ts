import { addCredential } from '@mortise/keyholder'
import type { Contact, Device, NewPerson, PolicyEdit } from '@mortise/keyholder'
import type { draftVisitorCode } from '@mortise/keyholder'
import { bytesEqual } from '@mortise/protocol/wire'
import type { PinForCredential } from '@mortise/protocol/wire'
import type { Credential, OperatingMode, Policy, User, Verb } from '@mortise/protocol/words'
import type { Person } from '#proof/testing/person.ts'
import type { WayKind } from './visitors.ts'

/** Somebody with a phone. */
export interface Phone {
  readonly contact: Contact
  readonly credentialId: Uint8Array
}

/** Something that somebody proves themselves with. */
export interface Way {
  readonly kind: WayKind
  readonly credentialId: Uint8Array
  /** Of a code. */
  readonly pin?: string
  /** Of a phone. */
  readonly phone?: Phone
}

export interface NewPhone {
  readonly phone: Phone
  readonly person: Person
}

/** Something that opens for whoever tells it its PIN. */
export interface Assistant {
  readonly phone: Phone
  readonly pin: string
  readonly duressPin: string
}

/** Somebody who comes now and then. */
export interface Visitor {
  readonly name: string
  readonly userId: Uint8Array
  readonly ways: readonly Way[]
}

/** An invitation as it travels, for whoever has it. */
export interface Link {
  readonly text: string
  readonly invitationId: Uint8Array
  readonly userId: Uint8Array
}

/** The people around a door: what they hold, and what they do with it. */
export interface Household {
  readonly owner: Phone
  residentPhone: Phone
  readonly managerPhone: Phone
  /** In the wrong hands, as is a phone of whoever has gone. */
  stolenPhone: Phone | undefined
  readonly stranger: Phone
  readonly resident: User
  readonly assistant: Assistant
  readonly codes: { readonly owner: Way; readonly resident: Way; readonly duress: Way }
  /** Those who are in the policy, oldest first; the first two stay. */
  readonly visitors: Visitor[]
  /** Those who were taken out last, with what they had. */
  readonly gone: Visitor[]
  /** Invitations that were sent last, whatever became of them. */
  readonly links: Link[]
  /** As far as somebody who keeps count of the signed changes knows. */
  readonly policy: () => Policy
  /** @returns whether the lock has said that it is in force */
  readonly change: (by: Phone, edit: PolicyEdit, pins?: Pins) => Promise<boolean>
  /** Somebody stands at the reader until it knows them, and their phone has that signed. */
  readonly enrol: (by: Phone, userId: Uint8Array, credential: Biometric) => Promise<boolean>
  readonly operate: (phone: Phone, verb: Verb, timeoutSeconds?: number) => Promise<void>
  /** Somebody hands the lock over, or tries to. */
  readonly orderReset: (phone: Phone) => Promise<void>
  /** Somebody has seen that a reset was asked for inside, and wants none of it. */
  readonly stopReset: (phone: Phone) => Promise<void>
  /** Somebody tells an assistant a PIN, or none. */
  readonly say: (pin: string | undefined) => Promise<void>
  readonly setMode: (phone: Phone, mode: OperatingMode, untilMs?: number) => Promise<void>
  /** Somebody whose phone knows no lock yet. */
  readonly newPerson: () => Person
  readonly newPhone: () => Promise<NewPhone>
  readonly newCode: (person: NewPerson) => ReturnType<typeof draftVisitorCode>
  readonly device: Device
}

export type Pins = readonly PinForCredential[]
export type Biometric = Extract<Credential, { type: 'fingerprint' | 'face' }>

export function codeWay(code: { readonly credentialId: Uint8Array; readonly pin: string }): Way {
  return { kind: 'code', credentialId: code.credentialId, pin: code.pin }
}

export function withFields(userId: Uint8Array, fields: Partial<User>): PolicyEdit {
  return (policy) => ({
    ...policy,
    users: policy.users.map((user) =>
      bytesEqual(user.id, userId) ? { ...user, ...fields } : user,
    ),
  })
}

export function withCredential(userId: Uint8Array, credential: User['credentials'][number]) {
  return addCredential(userId, credential)
}
