import { pick } from '@mortise/access/testing'
import {
  addCredential,
  addUser,
  changeSettings,
  draftCode,
  removeCredential,
  removeUser,
  together,
} from '@mortise/keyholder'
import type { PolicyEdit } from '@mortise/keyholder'
import type { PinForCredential } from '@mortise/protocol/wire'
import { matterChannels } from '@mortise/protocol/words'
import type { Credential, User } from '@mortise/protocol/words'
import { codeWay, withFields } from '../household.ts'
import type { Biometric, Phone, Visitor, Way } from '../household.ts'
import { drawSettings } from '../rules.ts'
import { biometricCredential, kinds, mayBeDuress, termsOf, waysOf } from '../visitors.ts'
import type { Kind, WayKind } from '../visitors.ts'
import { hourMs, minuteMs } from '../world.ts'
import type { Act, World } from '../world.ts'
import { comeAs } from './doorstep.ts'

const visitorsMax = 11
const stayingVisitors = 2
const goneMax = 3

interface Drafted {
  readonly way: Way
  readonly credential: Credential
  readonly pins: readonly PinForCredential[]
}

async function draftWay(world: World, kind: WayKind, userId: Uint8Array, duress: boolean) {
  const { people, site } = world
  if (kind === 'phone') {
    const { phone, person } = await people.newPhone()
    const { credentialId } = phone
    return { way: { kind, credentialId, phone }, credential: person.credential, pins: [] }
  }
  if (kind === 'code') {
    const draft = draftCode(people.device, userId, { duress })
    const plain = { type: 'pin', id: draft.credentialId, createdAtMs: site.trueMs() } as const
    const credential = duress ? { ...plain, duress } : plain
    return { way: codeWay(draft), credential, pins: draft.pins }
  }
  const id = people.device.crypto.randomBytes(16)
  const type = kind === 'face' ? 'face' : 'fingerprint'
  const credential = biometricCredential(type, id, site.trueMs(), duress)
  return { way: { kind, credentialId: id }, credential, pins: [] }
}

/** Somebody new of a kind, with everything that they prove themselves with. */
async function invite(
  world: World,
  by: Phone,
  kind: Kind,
  chance: () => number,
  terms: Partial<User> = {},
): Promise<void> {
  const { people, site, timeZone } = world
  const id = people.device.crypto.randomBytes(16)
  const drafts: Drafted[] = []
  for (const way of waysOf[kind]) {
    drafts.push(await draftWay(world, way, id, mayBeDuress(kind, way, chance)))
  }
  const name = `${kind} ${id.toHex().slice(0, 4)}`
  const given = drafts.filter(({ credential }) => !isBiometric(credential))
  const { credentialRule, ...plainTerms } = termsOf(kind, {
    chance,
    nowMs: site.trueMs(),
    timeZone,
  })
  const user: User = {
    id,
    name,
    role: 'guest',
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials: given.map(({ credential }) => credential),
    ...plainTerms,
    ...terms,
  }
  const pins = given.flatMap((draft) => draft.pins)
  if (!(await people.change(by, addUser(user), pins))) return
  const ways = given.map(({ way }) => way)
  for (const { way, credential } of drafts) {
    if (isBiometric(credential) && (await people.enrol(by, id, credential))) ways.push(way)
  }
  people.visitors.push({ name, userId: id, ways })
  if (credentialRule !== undefined && ways.length === drafts.length) {
    await people.change(by, withFields(id, { credentialRule }))
  }
}

function isBiometric(credential: Credential): credential is Biometric {
  return credential.type === 'fingerprint' || credential.type === 'face'
}

async function take({ people }: World, visitor: Visitor): Promise<void> {
  if (!(await people.change(people.owner, removeUser(visitor.userId)))) return
  people.visitors.splice(people.visitors.indexOf(visitor), 1)
  people.gone.unshift(visitor)
  people.gone.length = Math.min(people.gone.length, goneMax)
}

function drawStaying({ people }: World, chance: () => number): Visitor | undefined {
  const { visitors } = people
  const others = visitors.slice(stayingVisitors)
  return others[Math.floor(chance() * others.length)]
}

/** Whoever came first goes where there are too many. */
export async function makePlace(world: World): Promise<void> {
  const { visitors } = world.people
  const oldest = visitors[stayingVisitors]
  if (visitors.length >= visitorsMax && oldest !== undefined) await take(world, oldest)
}

const inviteSomebody: Act = async (world, chance) => {
  const { people, site } = world
  await makePlace(world)
  const kind = pick(chance, kinds)
  // What opens without a person behind it needs somebody inside.
  if (kind === 'agent' && chance() < 0.7) site.door().hands.pressInsideButton()
  await invite(world, people.owner, kind, chance)
}

/** Opens shortly before the hours begin that hold the door open, where they begin soon. */
const openBeforeHours: Act = async (world) => {
  const { people, site } = world
  const { passageSchedules = [], timeZone } = people.policy()
  const [hours] = passageSchedules
  if (hours === undefined) return
  const now = Temporal.Instant.fromEpochMilliseconds(site.trueMs()).toZonedDateTimeISO(timeZone)
  const wallMs = (now.hour * 60 + now.minute) * minuteMs + now.second * 1_000
  const waitMs = hours.startMinute * minuteMs - wallMs - 20_000
  if (waitMs < 0 || waitMs > 5 * hourMs) return
  site.time.advance(waitMs)
  await people.operate(people.owner, 'unlock')
}

/** A manager, within what the owners allow and beyond it. */
const managerInvites: Act = async (world, chance) => {
  const { people, site } = world
  const hours = pick(chance, [10, 71, 72, 73, 400])
  const notBeforeMs = site.trueMs() + Math.floor(chance() * 5 * hourMs)
  const validity = { notBeforeMs, notAfterMs: notBeforeMs + hours * hourMs }
  const role = pick(chance, ['guest', 'guest', 'guest', 'resident'] as const)
  const offline = pick(chance, [{}, {}, { maxOfflineHours: 0 }])
  if (people.visitors.length >= visitorsMax + stayingVisitors) return
  await invite(world, people.managerPhone, 'weekend', chance, { validity, role, ...offline })
}

function othersMay(edit: (world: World, chance: () => number) => PolicyEdit): Act {
  return async (world, chance) => {
    const { people } = world
    const guests = people.visitors.flatMap(({ ways }) => ways.flatMap(({ phone }) => phone ?? []))
    const phones = [people.residentPhone, people.managerPhone, ...guests]
    const by = phones[Math.floor(chance() * phones.length)]
    if (by !== undefined) await people.change(by, edit(world, chance))
  }
}

async function revoke({ people }: World): Promise<void> {
  const { stolenPhone, resident } = people
  if (stolenPhone === undefined || people.residentPhone !== stolenPhone) return
  const { phone, person } = await people.newPhone()
  const gone = removeCredential(resident.id, stolenPhone.credentialId)
  const come = addCredential(resident.id, person.credential)
  if (await people.change(people.owner, together(gone, come))) people.residentPhone = phone
}

export const owners = {
  inviteSomebody,
  managerInvites,
  openBeforeHours,
  async takeSomebody(world, chance) {
    const visitor = drawStaying(world, chance)
    if (visitor !== undefined) await take(world, visitor)
  },
  /** A one-time code is used, and then again, with luck across a restart. */
  async onceTwice(world, chance) {
    const isOnce = ({ name }: Visitor): boolean => name.startsWith('once ')
    const { people, site } = world
    if (!people.visitors.some(isOnce)) await invite(world, people.owner, 'once', chance)
    const once = people.visitors.findLast(isOnce)
    if (once === undefined) return
    await comeAs(world, once, chance)
    if (chance() < 0.5) await site.restart()
    await comeAs(world, once, chance)
  },
  async suspendSomebody(world, chance) {
    const visitor = drawStaying(world, chance)
    if (visitor === undefined) return
    const userStatus = pick(chance, ['occupiedEnabled', 'occupiedDisabled'] as const)
    await world.people.change(world.people.owner, withFields(visitor.userId, { userStatus }))
  },
  losePhone({ people }) {
    people.stolenPhone = people.residentPhone
    return Promise.resolve()
  },
  revokePhone: (world) => revoke(world),
  async changeRules({ people }, chance) {
    await people.change(people.owner, changeSettings(drawSettings(chance)))
  },
  async changeHours({ people }, chance) {
    const startMinute = Math.floor(chance() * 20) * 60
    const hours = { daysMask: 127, startMinute, endMinute: startMinute + 119 }
    const change = chance() < 0.7 ? { passageSchedules: [hours] } : {}
    // A policy that has no such hours does not have the field.
    await people.change(people.owner, ({ passageSchedules: _before, ...policy }) => ({
      ...policy,
      ...change,
    }))
  },
  async openChannel({ people, site }, chance) {
    if (chance() < 0.8) site.door().hands.pressInsideButton()
    const matterChannel = pick(chance, matterChannels)
    await people.change(people.owner, (policy) => ({ ...policy, matterChannel }))
  },
  async changeZone({ people, timeZone }, chance) {
    const there = chance() < 0.5 ? timeZone : 'Asia/Tokyo'
    await people.change(people.owner, changeSettings({ timeZone: there }))
  },
  residentsCode: async ({ people }) => {
    const { residentPhone, resident, device } = people
    const draft = draftCode(device, resident.id)
    const isAdded = await people.change(residentPhone, draft.edit, draft.pins)
    if (isAdded)
      await people.change(residentPhone, removeCredential(resident.id, draft.credentialId))
  },
  /** Rights that are not theirs to change. */
  meddle: othersMay(({ people }, chance) =>
    pick(chance, [
      withFields(people.resident.id, { role: 'owner' as const }),
      changeSettings({ autoRelockTime: 0 }),
      removeUser(people.resident.id),
      withFields(people.visitors[0]?.userId ?? people.resident.id, {
        userType: 'unrestrictedUser',
      }),
    ]),
  ),
} satisfies Readonly<Record<string, Act>>
