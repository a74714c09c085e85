import {
  addCredential,
  beginEnrolment,
  claim,
  commitChange,
  draftCode,
  draftPerson,
  draftVisitorCode,
  operate,
  operateByVoice,
  proposeChange,
  setOperatingMode,
  together,
  unlockFor,
} from '@mortise/keyholder'
import type { Claimed, Contact, Device, NewPerson, PolicyEdit } from '@mortise/keyholder'
import { assertInvariant } from '@mortise/protocol/errors'
import type { SealCrypto } from '@mortise/protocol/seal'
import { bytesEqual, policyMessage, utf8 } from '@mortise/protocol/wire'
import type { PinForCredential } from '@mortise/protocol/wire'
import type { Credential, OperatingMode, Policy, User, Verb } from '@mortise/protocol/words'
import { createPerson, introduce, relyingParty } from '#proof/testing/person.ts'
import type { PasskeySigner } from '#proof/testing/passkey-prover.ts'
import type { Person } from '#proof/testing/person.ts'
import type { Auditor } from './auditor/auditor.ts'
import { settled } from './network.ts'
import type { Network } from './network.ts'
import { firstHolidays, firstSettings } from './rules.ts'
import type { Site } from './site.ts'
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

interface NewPhone {
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
  /** Somebody tells an assistant a PIN, or none. */
  readonly say: (pin: string | undefined) => Promise<void>
  readonly setMode: (phone: Phone, mode: OperatingMode, untilMs?: number) => Promise<void>
  /** Somebody whose phone knows no lock yet. */
  readonly newPerson: () => Person
  readonly newPhone: () => Promise<NewPhone>
  readonly newCode: (person: NewPerson) => ReturnType<typeof draftVisitorCode>
  readonly device: Device
}

type Pins = readonly PinForCredential[]
export type Biometric = Extract<Credential, { type: 'fingerprint' | 'face' }>

export interface HouseholdParts {
  readonly site: Site
  readonly network: Network
  readonly auditor: Auditor
  readonly seed: number
  readonly crypto: SealCrypto
  /** The passkey that a secret stands for. */
  readonly passkey: (secret: Uint8Array) => PasskeySigner
  readonly timeZone: string
}

/** A house with its people, its rules and its holidays, founded in peace. */
export async function foundHousehold(parts: HouseholdParts): Promise<Household> {
  const { site, network, auditor, seed, crypto, timeZone } = parts
  let drawn = 0
  const draw = (kind?: 'deviceKey'): Person => {
    drawn += 1
    const secret = crypto.sha256(utf8(`phone ${seed} ${drawn}`))
    return createPerson({
      name: `phone ${drawn}`,
      hub: network.hub,
      nowMs: site.trueMs,
      seed: secret,
      crypto,
      keyCrypto: crypto,
      // Of three phones one has a passkey, that of the first resident among them.
      ...(kind === undefined && drawn % 3 === 2 ? { passkey: parts.passkey(secret) } : {}),
    })
  }
  const newPhone = async () => {
    const person = draw()
    const contact = await introduce(person, site.lock())
    return { phone: { contact, credentialId: person.credential.id }, person }
  }
  const ada = draw()
  const first = await claimed(parts, ada)
  let { policy } = first
  const owner: Phone = { contact: first.contact, credentialId: ada.credential.id }
  const { device } = first.contact
  const change = async (by: Phone, edit: PolicyEdit, pins: Pins = []): Promise<boolean> => {
    const { value } = await settled(site, changeBy(by.contact, auditor, edit, pins))
    if (value !== undefined) policy = value
    return value !== undefined
  }
  const [ben, mia] = [await newPhone(), await newPhone()]
  const resident = draftPerson(device, { name: 'Ben', role: 'resident' }, [ben.person.credential])
  const manager = draftPerson(device, { name: 'Mia', role: 'manager' }, [mia.person.credential])
  const [ownerUser] = policy.users
  assertInvariant(ownerUser !== undefined, 'the first policy has its owner')
  const residentCode = draftCode(device, resident.user.id)
  const duressCode = draftCode(device, resident.user.id, { duress: true })
  const ownerCode = draftCode(device, ownerUser.id)
  const { agent, assistant, pins: spoken } = draftAssistant(device, await newPhone())
  const night = draftVisitorCode(device, { name: 'Nils' })
  const cleaner = draftVisitorCode(device, { name: 'Cleo' })
  const codes = [residentCode, duressCode, ownerCode, ...spoken, night, cleaner]
  const drafts = [resident, manager, agent, ...codes]
  const rules: PolicyEdit = (before) => ({
    ...before,
    settings: { ...before.settings, ...firstSettings },
    holidaySchedules: firstHolidays(site.trueMs(), timeZone),
  })
  site.door().hands.pressInsideButton()
  const isReady = await change(
    owner,
    together(
      ...drafts.map(({ edit }) => edit),
      withFields(agent.user.id, { credentialRule: 'dual' }),
      withFields(manager.user.id, { delegation: { guestsMax: 14, stayHoursMax: 72 } }),
      withFields(night.userId, nightShift),
      withFields(cleaner.userId, cleanerHours),
      rules,
    ),
    drafts.flatMap(({ pins }) => pins),
  )
  assertInvariant(isReady, 'a household is founded in peace')
  return {
    owner,
    residentPhone: ben.phone,
    managerPhone: mia.phone,
    stolenPhone: undefined,
    stranger: await impostor(draw('deviceKey'), owner, site),
    resident: resident.user,
    assistant,
    codes: {
      owner: codeWay(ownerCode),
      resident: codeWay(residentCode),
      duress: codeWay(duressCode),
    },
    visitors: [
      { name: 'Nils', userId: night.userId, ways: [codeWay(night)] },
      { name: 'Cleo', userId: cleaner.userId, ways: [codeWay(cleaner)] },
    ],
    gone: [],
    links: [],
    policy: () => policy,
    change,
    async enrol(by, userId, credential) {
      const { id: credentialId, type: credentialType } = credential
      const order = { credentialId, credentialType, userId }
      const { value } = await settled(site, beginEnrolment(by.contact, order))
      if (value === undefined) return false
      auditor.received(value)
      for (let touch = 0; touch < touches; touch += 1) site.show(order)
      return change(by, addCredential(userId, credential))
    },
    newPerson: () => draw(),
    newPhone,
    newCode: (person) => draftVisitorCode(device, person),
    device,
    async operate({ contact, credentialId }, verb, timeoutSeconds) {
      const isTimed = verb === 'unlock' && timeoutSeconds !== undefined
      auditor.deeds.did(credentialId, 'remote', timeoutSeconds)
      const deed = isTimed ? unlockFor(contact, timeoutSeconds) : operate(contact, verb)
      const { value } = await settled(site, deed)
      if (value !== undefined) auditor.received(value)
    },
    say: (pin) => sayTo(assistant, parts, pin),
    async setMode({ contact, credentialId }, mode, untilMs) {
      auditor.deeds.did(credentialId, 'mode')
      // Who locks down wants the door locked as well.
      if (mode === 'lockdown') auditor.deeds.did(credentialId, 'remote')
      const { value } = await settled(site, setOperatingMode(contact, mode, untilMs))
      if (value !== undefined) auditor.received(value)
    },
  }
}

/** As often as the reader takes a finger. */
const touches = 3

/** Works while the clocks are set forward and back. */
const nightShift: Partial<User> = {
  userType: 'weekDayScheduleUser',
  weekDaySchedules: [
    { daysMask: 127, startMinute: 30, endMinute: 89 },
    { daysMask: 127, startMinute: 135, endMinute: 164 },
    { daysMask: 127, startMinute: 210, endMinute: 239 },
  ],
  maxOfflineHours: 0,
}
/** Tuesday and Thursday. */
const cleanerHours: Partial<User> = {
  userType: 'weekDayScheduleUser',
  weekDaySchedules: [{ daysMask: 0b001_0100, startMinute: 9 * 60, endMinute: 12 * 60 - 1 }],
  holidayRule: 'noAccess',
}

/** It opens, so that somebody inside presses the button before this is signed. */
function draftAssistant(device: Device, { phone, person }: NewPhone) {
  const terms = { name: 'Speaker', role: 'agent', verbs: ['lock', 'unlock'] } as const
  const agent = draftPerson(device, terms, [person.credential])
  const plain = draftCode(device, agent.user.id)
  const forced = draftCode(device, agent.user.id, { duress: true })
  const assistant: Assistant = { phone, pin: plain.pin, duressPin: forced.pin }
  return { agent, assistant, pins: [plain, forced] }
}

/** Only a right PIN is a deed that may move the bolt. */
async function sayTo(
  { phone: { contact, credentialId }, pin: right, duressPin }: Assistant,
  { site, auditor }: HouseholdParts,
  pin: string | undefined,
): Promise<void> {
  if (pin === right) auditor.deeds.did(credentialId, 'voice')
  if (pin === duressPin) auditor.deeds.did(credentialId, 'voice, forced')
  if (pin === undefined) auditor.deeds.did(credentialId, 'remote')
  else site.hears(pin)
  const deed =
    pin === undefined ? operate(contact, 'unlock') : operateByVoice(contact, 'unlock', pin)
  const { value } = await settled(site, deed)
  if (value !== undefined) auditor.received(value)
}

export function codeWay(code: { readonly credentialId: Uint8Array; readonly pin: string }): Way {
  return { kind: 'code', credentialId: code.credentialId, pin: code.pin }
}

async function claimed(parts: HouseholdParts, owner: Person): Promise<Claimed> {
  const { site, auditor, timeZone } = parts
  site.door().hands.pressInsideButton()
  const shown = site.door().snapshot().setupCode
  assertInvariant(shown !== null, 'a new lock shows its setup code')
  const options = {
    doorName: 'Front door',
    timeZone,
    ownerName: 'Ada',
    credentials: [owner.credential],
    relyingParties: [relyingParty],
    settings: firstSettings,
  } as const
  const { value, error } = await settled(site, claim(owner.device, shown.text, options))
  if (value === undefined) throw error
  auditor.signed(policyMessage.encode(value.policy))
  auditor.knows(value.contact.lockId)
  return value
}

/**
 * Somebody who signs with a key of their own and claims that it is the owner's. It is of the same kind,
 * or the lock would not even look at the signature.
 */
async function impostor(person: Person, { credentialId }: Phone, { lock }: Site): Promise<Phone> {
  const credential = { ...person.credential, id: credentialId }
  const contact = await introduce({ ...person, credential }, lock())
  return { contact, credentialId: person.credential.id }
}

async function changeBy(
  contact: Contact,
  auditor: Auditor,
  edit: PolicyEdit,
  pins: Pins,
): Promise<Policy> {
  const proposal = await proposeChange(contact, { edit, pins })
  auditor.signed(proposal.encoded)
  const { receipt } = await commitChange(contact, proposal)
  if (receipt !== undefined) auditor.received(receipt)
  return policyMessage.decode(proposal.encoded)
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
