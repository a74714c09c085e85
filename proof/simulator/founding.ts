import { claim, draftCode, draftPerson, draftVisitorCode, together } from '@mortise/keyholder'
import type { Claimed, Device, PolicyEdit } from '@mortise/keyholder'
import { assertInvariant } from '@mortise/protocol/errors'
import type { SealCrypto } from '@mortise/protocol/seal'
import { policyMessage, utf8 } from '@mortise/protocol/wire'
import type { User } from '@mortise/protocol/words'
import { createPerson, introduce, relyingParty } from '#proof/testing/person.ts'
import type { PasskeySigner } from '#proof/testing/passkey-prover.ts'
import type { Person } from '#proof/testing/person.ts'
import type { Auditor } from './auditor/auditor.ts'
import { doingsOf } from './doings.ts'
import { codeWay, withFields } from './household.ts'
import type { Assistant, Household, NewPhone, Phone } from './household.ts'
import { settled } from './network.ts'
import type { Network } from './network.ts'
import { firstHolidays, firstSettings } from './rules.ts'
import type { Site } from './site.ts'

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
  const owner: Phone = { contact: first.contact, credentialId: ada.credential.id }
  const { device } = first.contact
  const [ben, mia] = [await newPhone(), await newPhone()]
  const resident = draftPerson(device, { name: 'Ben', role: 'resident' }, [ben.person.credential])
  const manager = draftPerson(device, { name: 'Mia', role: 'manager' }, [mia.person.credential])
  const [ownerUser] = first.policy.users
  assertInvariant(ownerUser !== undefined, 'the first policy has its owner')
  const residentCode = draftCode(device, resident.user.id)
  const duressCode = draftCode(device, resident.user.id, { duress: true })
  const ownerCode = draftCode(device, ownerUser.id)
  const { agent, assistant, pins: spoken } = draftAssistant(device, await newPhone())
  const doings = doingsOf({ site, auditor, assistant, first: first.policy })
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
  const isReady = await doings.change(
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
    ...doings,
    newPerson: () => draw(),
    newPhone,
    newCode: (person) => draftVisitorCode(device, person),
    device,
  }
}

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
