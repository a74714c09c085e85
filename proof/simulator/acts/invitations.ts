import { pick } from '@mortise/access/testing'
import { acceptInvitation, draftInvitedPerson, withdrawInvitation } from '@mortise/keyholder'
import { decodeInvitationText, encodeInvitationText } from '@mortise/protocol/wire'
import type { Link, Visitor, Way } from '../household.ts'
import { settled } from '../network.ts'
import { termsOf } from '../visitors.ts'
import { hourMs, minuteMs, rest } from '../world.ts'
import type { Act, World } from '../world.ts'
import { comeAs } from './doorstep.ts'
import { makePlace } from './owners.ts'

const linksMax = 6

/** Who is invited by a link: those whose terms a phone alone can meet. */
const invited = [
  'weekly',
  'restricted',
  'weekend',
  'once',
  'twice',
  'expiring',
  'remoteOnly',
  'offlineShort',
  'offlineNever',
  'notOnHolidays',
  'lockOnly',
] as const

/** The newest, or an older one that was used, withdrawn or is over. */
function drawLink({ people: { links } }: World, chance: () => number): Link | undefined {
  return chance() < 0.6 ? links[0] : links[Math.floor(chance() * links.length)]
}

/** Somebody opens a link on a phone of their own; whether it is theirs is not written in it. */
async function accept(world: World, link: Link): Promise<void> {
  const { people, site, auditor } = world
  const { device, credential } = people.newPerson()
  auditor.showsTicket(link.invitationId, credential)
  const { value } = await settled(site, acceptInvitation(device, link.text, credential))
  if (value === undefined) return
  if (value.receipt !== undefined) auditor.received(value.receipt)
  const { id: credentialId } = credential
  const phone = { contact: value.contact, credentialId }
  const way: Way = { kind: 'phone', credentialId, phone }
  const visitor = visitorOf(world, link.userId)
  if (visitor === undefined) return
  const ways = [...visitor.ways, way]
  people.visitors[people.visitors.indexOf(visitor)] = { ...visitor, ways }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.toHex() === other.toHex()
}

function visitorOf({ people }: World, userId: Uint8Array): Visitor | undefined {
  return people.visitors.find((visitor) => isSame(visitor.userId, userId))
}

/** An owner invites somebody new by a link that is good for a while. */
async function send(
  world: World,
  chance: () => number,
  kind: (typeof invited)[number] = pick(chance, invited),
): Promise<Link | undefined> {
  const { people, site, timeZone } = world
  await makePlace(world)
  const draw = { chance, nowMs: site.trueMs(), timeZone }
  const { credentialRule: _none, ...terms } = termsOf(kind, draw)
  const notAfterMs = site.trueMs() + pick(chance, [2, 24, 100]) * hourMs
  const person = { name: `${kind} by link`, ...terms }
  const draft = draftInvitedPerson(people.device, site.lock(), person, { notAfterMs })
  if (!(await people.change(people.owner, draft.edit))) return undefined
  const { text, invitationId, userId } = draft
  const link = { text, invitationId, userId }
  people.links.unshift(link)
  people.links.length = Math.min(people.links.length, linksMax)
  people.visitors.push({ name: person.name, userId, ways: [] })
  return link
}

/** Most open it while they think of it. */
async function sendAndAccept(
  world: World,
  chance: () => number,
  kind?: (typeof invited)[number],
): Promise<Link | undefined> {
  const link = await send(world, chance, kind)
  if (link === undefined) return undefined
  await rest(world, pick(chance, [1, 10, 90]) * minuteMs)
  await accept(world, link)
  const visitor = visitorOf(world, link.userId)
  if (visitor !== undefined && chance() < 0.7) await comeAs(world, visitor, chance)
  return link
}

export const invitations = {
  async inviteByLink(world, chance) {
    await (chance() < 0.7 ? sendAndAccept(world, chance) : send(world, chance))
  },
  async acceptLink(world, chance) {
    const link = drawLink(world, chance)
    if (link !== undefined) await accept(world, link)
  },
  /** A link was passed on, and two open it at the same time. */
  async copyLink(world, chance) {
    const link = drawLink(world, chance)
    if (link !== undefined) await Promise.all([accept(world, link), accept(world, link)])
  },
  /** Somebody knows which invitation there is, and not its ticket. */
  async forgeTicket(world, chance) {
    const { people, site } = world
    const link = drawLink(world, chance)
    if (link === undefined) return
    const { crypto } = people.device
    const hash = (...parts: readonly Uint8Array[]): Uint8Array => crypto.sha256(...parts)
    const known = decodeInvitationText(hash, link.text)
    const text = encodeInvitationText(hash, { ...known, ticketSeed: crypto.randomBytes(32) })
    const { device, credential } = people.newPerson()
    await settled(site, acceptInvitation(device, text, credential))
  },
  async withdrawLink(world, chance) {
    const { people } = world
    const isNew = chance() < 0.5
    // Nothing but the lost link keeps such a person out.
    const link = isNew
      ? await sendAndAccept(world, chance, 'offlineNever')
      : drawLink(world, chance)
    if (link === undefined) return
    if (!(await people.change(people.owner, withdrawInvitation(link.invitationId)))) return
    const visitor = visitorOf(world, link.userId)
    if (visitor === undefined) return
    const isListed = people.policy().users.some(({ id }) => isSame(id, link.userId))
    if (!isListed)
      people.gone.unshift(...people.visitors.splice(people.visitors.indexOf(visitor), 1))
    // Whose key went with it may not have heard of it.
    await comeAs(world, visitor, chance)
  },
} satisfies Readonly<Record<string, Act>>
