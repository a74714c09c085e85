import { pick } from '@mortise/access/testing'
import type { OperatingMode } from '@mortise/protocol/words'
import { answerMs, hourMs, rest } from '../world.ts'
import type { Act } from '../world.ts'
import { comeIn } from './doorstep.ts'

const modes: readonly [OperatingMode, ...OperatingMode[]] = [
  'normal',
  'vacation',
  'privacy',
  'noRemoteLockUnlock',
  'passage',
  'lockdown',
]

export const phones = {
  async ownerPhone({ people }, chance) {
    await people.operate(people.owner, pick(chance, ['lock', 'unlock']))
  },
  async ownerOpensFor({ people }, chance) {
    await people.operate(people.owner, 'unlock', pick(chance, [5, 20, 200, 1_000]))
  },
  async residentPhone(world, chance) {
    const { people } = world
    await people.operate(people.residentPhone, pick(chance, ['lock', 'unlock']))
    if (chance() < 0.5) await comeIn(world)
  },
  async managerPhone({ people }, chance) {
    await people.operate(people.managerPhone, pick(chance, ['lock', 'unlock']))
  },
  async setMode({ people, site }, chance) {
    const { owner, managerPhone, residentPhone } = people
    const who = pick(chance, [owner, owner, managerPhone, residentPhone])
    const hours = pick(chance, [0, 0.2, 3, 12, 40])
    const mode = pick(chance, modes)
    const hasEnd = hours > 0 && mode !== 'normal'
    await people.setMode(who, mode, hasEnd ? site.trueMs() + hours * hourMs : undefined)
  },
  /** A house in which a mode is forgotten would have no other days. */
  async endMode({ people, site }) {
    if (site.lock().state().operatingMode !== undefined)
      await people.setMode(people.owner, 'normal')
  },
  async guestSetsMode({ people }, chance) {
    const phone = people.visitors.flatMap(({ ways }) => ways).find((way) => way.phone)?.phone
    if (phone !== undefined) await people.setMode(phone, pick(chance, modes))
  },
  async thief({ people }, chance) {
    const { stolenPhone } = people
    if (stolenPhone !== undefined) {
      await people.operate(stolenPhone, pick(chance, ['unlock', 'unlock', 'lock']))
    }
  },
  async stranger({ people }) {
    await people.operate(people.stranger, 'unlock')
  },
  async replay(world, chance) {
    world.network.replay(chance)
    await rest(world, answerMs)
  },
  async forge(world, chance) {
    world.network.forge(chance)
    await rest(world, answerMs)
  },
} satisfies Readonly<Record<string, Act>>
