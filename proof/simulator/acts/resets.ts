import { pick } from '@mortise/access/testing'
import { acceptInvitation, changeSettings } from '@mortise/keyholder'
import type { Household } from '../household.ts'
import { settled } from '../network.ts'
import { answerMs, hourMs, nothing, secondMs } from '../world.ts'
import type { Act, World } from '../world.ts'
import { comeAs, show } from './doorstep.ts'

const holdMs = 10 * secondMs
const waitMs = 72 * hourMs

/** Holds the button inside for so long, and lets it go. */
function hold({ site }: World, durationMs: number): void {
  const { hands } = site.door()
  hands.holdInsideButton(true)
  site.time.advance(durationMs)
  hands.holdInsideButton(false)
}

/** Asks for a reset as somebody does who means it, or nearly so. */
function ask(world: World, chance: () => number): void {
  const { site } = world
  hold(
    world,
    pick(chance, [holdMs + 500, holdMs + 500, holdMs + 500, holdMs + 20_000, holdMs - 500]),
  )
  if (chance() < 0.1) return
  site.time.advance(pick(chance, [1, 1, 1, 8, 25, 45]) * secondMs)
  site.door().hands.pressInsideButton()
}

/** Somebody who has, or had, a way in. */
function drawFrom(household: Household, chance: () => number) {
  const { visitors, gone, owner, residentPhone, managerPhone } = household
  const phones = [owner, residentPhone, managerPhone]
  return {
    phone: pick(chance, [owner, ...phones]),
    visitor: [...visitors, ...gone][Math.floor(chance() * (visitors.length + gone.length))],
  }
}

/** Tries everything that opened before, and to say what became of the house. */
async function tryOn(world: World, household: Household, chance: () => number): Promise<void> {
  const { site, auditor } = world
  const { owner, codes, links, newPerson } = household
  const { phone, visitor } = drawFrom(household, chance)
  const tries: readonly (() => Promise<unknown>)[] = [
    () => household.operate(phone, 'unlock'),
    () => household.setMode(phone, 'passage'),
    () => household.change(phone, changeSettings({ autoRelockTime: 0 })),
    () => household.orderReset(owner),
    () => household.say(household.assistant.pin),
    () => show(world, pick(chance, [codes.owner, codes.resident, codes.duress])),
    () => show(world, pick(chance, [codes.owner, codes.resident, codes.duress])),
    () => (visitor === undefined ? nothing() : comeAs(world, visitor, chance)),
    async () => {
      const [link] = links
      if (link === undefined) return
      const { device, credential } = newPerson()
      auditor.showsTicket(link.invitationId, credential)
      await settled(site, acceptInvitation(device, link.text, credential))
    },
  ]
  const count = 1 + Math.floor(chance() * 3)
  for (let number = 0; number < count; number += 1) {
    site.door().hands.turnBolt('extended')
    await tries[Math.floor(chance() * tries.length)]?.()
  }
}

/**
 * Whoever reads the countdown at the door comes shortly before its end, and again shortly after, while the lock
 * has its old name.
 */
export async function comeToTheEnd(
  world: World,
  chance: () => number,
  untilMs: number,
): Promise<void> {
  const { site, people } = world
  const { factoryReset } = site.door().snapshot()
  if (site.isDead() || factoryReset?.stage !== 'waiting') return
  const nowMs = site.time.clock.monotonicMs
  const leftMs = factoryReset.remainingMs
  if (nowMs() + leftMs > untilMs || leftMs > waitMs) return
  const endMs = nowMs() + leftMs
  site.time.advance(Math.max(0, leftMs - 20 * secondMs))
  await tryOn(world, people, chance)
  site.time.advance(Math.max(0, endMs + answerMs - nowMs()))
  await tryOn(world, people, chance)
}

export const resets = {
  askForReset(world, chance) {
    ask(world, chance)
    return nothing()
  },
  /** An owner by phone, or somebody inside; others would like to. */
  async stopReset(world, chance) {
    const { people, auditor } = world
    if (!auditor.isResetWaiting()) return
    const { owner, residentPhone, managerPhone } = people
    if (chance() < 0.3) hold(world, pick(chance, [holdMs + 500, holdMs - 500]))
    else await people.stopReset(pick(chance, [owner, residentPhone, managerPhone]))
  },
  /** An owner hands the lock over, with the button or without. */
  async handOver(world, chance) {
    const { people, site } = world
    if (chance() < 0.8) site.door().hands.pressInsideButton()
    site.time.advance(pick(chance, [1, 60, 590, 700]) * secondMs)
    await people.orderReset(people.owner)
    await tryOn(world, people, chance)
  },
  /** Others of the house do what only owners may. */
  async overreach({ people, site }, chance) {
    site.door().hands.pressInsideButton()
    const { residentPhone, managerPhone, stranger, stolenPhone = residentPhone } = people
    const phone = pick(chance, [residentPhone, managerPhone, stranger, stolenPhone])
    await (chance() < 0.7 ? people.orderReset(phone) : people.stopReset(phone))
  },
  /** Whoever lived there before comes back. */
  async formerPeople(world, chance) {
    const { former } = world
    if (former !== undefined) await tryOn(world, former, chance)
  },
} satisfies Readonly<Record<string, Act>>
