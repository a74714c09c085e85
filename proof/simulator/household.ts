import {
  claim,
  commitChange,
  draftCode,
  draftPerson,
  draftVisitorCode,
  operate,
  proposeChange,
  together,
} from '@mortise/keyholder'
import type { Claimed, Contact, NewPerson, PolicyEdit } from '@mortise/keyholder'
import type { SealCrypto } from '@mortise/protocol/seal'
import { assertInvariant } from '@mortise/protocol/errors'
import { bytesEqual, policyMessage, utf8 } from '@mortise/protocol/wire'
import type { PinForCredential } from '@mortise/protocol/wire'
import type { PolicySettings, User, Verb } from '@mortise/protocol/words'
import { createPerson, introduce } from '#proof/testing/person.ts'
import type { Person } from '#proof/testing/person.ts'
import type { Auditor } from './auditor.ts'
import { settled } from './network.ts'
import type { Network } from './network.ts'
import type { Site } from './site.ts'

/** Somebody with a phone. */
export interface Phone {
  readonly contact: Contact
  readonly credentialId: Uint8Array
}

/** Digits that somebody knows, and whose they are. */
export interface Code {
  readonly pin: string
  readonly userId: Uint8Array
  readonly credentialId: Uint8Array
}

/** The people around a door: what they hold, and what they do with it. */
export interface Household {
  readonly owner: Phone
  residentPhone: Phone
  /** In the wrong hands, as is a phone of whoever has gone. */
  stolenPhone: Phone | undefined
  readonly stranger: Phone
  readonly resident: User
  readonly codes: { owner: Code; resident: Code; cleaner: Code; guest?: Code; oneTime?: Code }
  /** @returns whether the lock has said that it is in force */
  readonly change: (edit: PolicyEdit, pins?: readonly PinForCredential[]) => Promise<boolean>
  readonly operate: (phone: Phone, verb: Verb) => Promise<void>
  readonly newPhone: (number: number) => Promise<{ readonly phone: Phone; readonly person: Person }>
  readonly newCode: (person: NewPerson) => ReturnType<typeof draftVisitorCode>
}

export interface HouseholdParts {
  readonly site: Site
  readonly network: Network
  readonly auditor: Auditor
  readonly seed: number
  readonly crypto: SealCrypto
}

const settings: Partial<PolicySettings> = {
  autoRelockTime: 60,
  wrongCodeEntryLimit: 5,
  userCodeTemporaryDisableTime: 30,
}
/** Tuesday and Thursday. */
const cleanerDays = 0b001_0100
const cleanerHours = { daysMask: cleanerDays, startMinute: 9 * 60, endMinute: 12 * 60 - 1 }

export async function foundHousehold(parts: HouseholdParts): Promise<Household> {
  const { site, network, auditor, seed, crypto } = parts
  const draw = (number: number): Person =>
    createPerson({
      name: `phone ${number}`,
      hub: network.hub,
      nowMs: site.trueMs,
      seed: crypto.sha256(utf8(`phone ${seed} ${number}`)),
      crypto,
      keyCrypto: crypto,
    })
  const ada = draw(1)
  const { contact, policy } = await claimed(parts, ada)
  const owner: Phone = { contact, credentialId: ada.credential.id }
  const { device } = owner.contact
  const change = async (edit: PolicyEdit, pins: readonly PinForCredential[] = []) => {
    const { value } = await settled(site, changeAsOwner(owner.contact, auditor, edit, pins))
    return value === true
  }
  const newPhone = async (number: number) => {
    const person = draw(number)
    const contact = await introduce(person, site.lock())
    return { phone: { contact, credentialId: person.credential.id }, person }
  }
  const first = await newPhone(2)
  const resident = draftPerson(device, { name: 'Ben', role: 'resident' }, [first.person.credential])
  const residentCode = draftCode(device, resident.user.id)
  const cleaner = draftVisitorCode(device, { name: 'Cleo' })
  const [ownerUser] = policy.users
  assertInvariant(ownerUser !== undefined, 'the first policy has its owner')
  const ownerCode = draftCode(device, ownerUser.id)
  const drafts = [resident, residentCode, cleaner, ownerCode]
  const scheduled: PolicyEdit = withFields(cleaner.userId, {
    userType: 'weekDayScheduleUser',
    weekDaySchedules: [cleanerHours],
  })
  const isReady = await change(
    together(...drafts.map(({ edit }) => edit), scheduled),
    drafts.flatMap(({ pins }) => pins),
  )
  assertInvariant(isReady, 'a household is founded in peace')
  return {
    owner,
    residentPhone: first.phone,
    stolenPhone: undefined,
    stranger: await impostor(draw(99), owner, site),
    resident: resident.user,
    codes: { owner: ownerCode, resident: residentCode, cleaner },
    change,
    newPhone,
    newCode: (person) => draftVisitorCode(device, person),
    async operate({ contact, credentialId }, verb) {
      auditor.deeds.did(credentialId, 'remote')
      const { value } = await settled(site, operate(contact, verb))
      if (value !== undefined) auditor.received(value)
    },
  }
}

async function claimed({ site, auditor }: HouseholdParts, owner: Person): Promise<Claimed> {
  site.door().hands.pressInsideButton()
  const shown = site.door().snapshot().setupCode
  assertInvariant(shown !== null, 'a new lock shows its setup code')
  const options = {
    doorName: 'Front door',
    timeZone: 'Europe/Berlin',
    ownerName: 'Ada',
    credentials: [owner.credential],
    relyingParties: [],
    settings,
  } as const
  const { value, error } = await settled(site, claim(owner.device, shown.text, options))
  if (value === undefined) throw error
  auditor.signed(policyMessage.encode(value.policy))
  auditor.knows(value.contact.lockId)
  return value
}

/** Somebody who signs with a key of their own and claims that it is the owner's. */
async function impostor(person: Person, { credentialId }: Phone, { lock }: Site): Promise<Phone> {
  const credential = { ...person.credential, id: credentialId }
  const contact = await introduce({ ...person, credential }, lock())
  return { contact, credentialId: person.credential.id }
}

async function changeAsOwner(
  contact: Contact,
  auditor: Auditor,
  edit: PolicyEdit,
  pins: readonly PinForCredential[],
): Promise<boolean> {
  const proposal = await proposeChange(contact, { edit, pins })
  auditor.signed(proposal.encoded)
  const { receipt } = await commitChange(contact, proposal)
  if (receipt !== undefined) auditor.received(receipt)
  return true
}

export function withFields(userId: Uint8Array, fields: Partial<User>): PolicyEdit {
  return (policy) => ({
    ...policy,
    users: policy.users.map((user) =>
      bytesEqual(user.id, userId) ? { ...user, ...fields } : user,
    ),
  })
}
