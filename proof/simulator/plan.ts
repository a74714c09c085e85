import { chanceFrom } from '@mortise/access/testing'
import { startMs } from '#proof/testing/test-lock.ts'
import { clockChanges, zoneOf } from './zones.ts'

/** How often each thing happens, per thousand. What people do every day is far more than faults. */
const weights = {
  ownerPhone: 60,
  ownerOpensFor: 15,
  residentPhone: 90,
  managerPhone: 15,
  householdCode: 90,
  leave: 90,
  leaveOpen: 12,
  byHand: 45,
  visit: 210,
  visitAtEdge: 40,
  onceTwice: 20,
  wrongCode: 30,
  unknownFinger: 12,
  guessing: 8,
  assistant: 14,
  shouting: 5,
  overheard: 4,
  children: 10,
  thief: 12,
  stranger: 8,
  replay: 10,
  forge: 8,
  setMode: 16,
  endMode: 24,
  guestSetsMode: 3,
  inviteSomebody: 34,
  managerInvites: 10,
  inviteByLink: 14,
  acceptLink: 23,
  copyLink: 5,
  forgeTicket: 3,
  withdrawLink: 8,
  takeSomebody: 10,
  suspendSomebody: 10,
  residentsCode: 4,
  meddle: 6,
  losePhone: 3,
  revokePhone: 8,
  changeRules: 10,
  changeHours: 6,
  openBeforeHours: 10,
  changeZone: 1,
  openChannel: 8,
  matterUser: 8,
  matterController: 14,
  matterOpensFor: 4,
  matterCode: 10,
  powerCut: 25,
  restart: 8,
  darkness: 6,
  diskFails: 3,
  diskFull: 6,
  hubAway: 6,
  hubBack: 40,
  hubLies: 6,
  unreliableNetwork: 8,
  hostileNetwork: 5,
  clockJump: 1,
  clockDies: 1,
  clockRight: 12,
  jam: 4,
  deadMotor: 2,
  sensorLies: 3,
  mains: 4,
  repair: 40,
  tamper: 3,
  force: 2,
  askForReset: 4,
  stopReset: 8,
  handOver: 0.5,
  overreach: 2,
  formerPeople: 4,
  // Where clocks are set forward and back; planned apart.
  nightShift: 0,
} as const

export type ActName = keyof typeof weights

/** Something that happens. It needs no other to have happened, so that a story can be shortened. */
export interface Happening {
  /** Since the beginning of the world. */
  readonly atMs: number
  readonly act: ActName
  /** The only source of chance of this happening. */
  readonly seed: number
}

const dayMs = 86_400_000
const hourMs = 3_600_000
/** Within five hours around each change of the wall's clock. */
const nightVisits = 12
const happeningsPerDay = 9

const names = Object.keys(weights).filter((name): name is ActName => name in weights)
/** How much more often than usual a world has what it favours. */
const favourite = 10

/**
 * What happens in a world, in order. The same seed is the same plan.
 * @param favours what happens ten times as often as in other worlds
 */
export function planOf(
  seed: number,
  days: number,
  favours: readonly ActName[] = [],
): readonly Happening[] {
  const chance = chanceFrom(seed)
  const draw = drawFrom(favours)
  const plan: Happening[] = []
  for (let day = 0; day < days; day += 1) {
    const count = Math.floor(chance() * 2 * happeningsPerDay)
    for (let number = 0; number < count; number += 1) {
      const atMs = day * dayMs + Math.floor(chance() * dayMs)
      plan.push({ atMs, act: draw(chance), seed: Math.floor(chance() * 2 ** 31) })
    }
  }
  const fromMs = startMs
  for (const changeMs of clockChanges(zoneOf(seed), fromMs, fromMs + days * dayMs)) {
    for (let number = 0; number < nightVisits; number += 1) {
      const atMs = changeMs - fromMs + Math.floor((chance() - 0.5) * 5 * hourMs)
      plan.push({ atMs, act: 'nightShift', seed: Math.floor(chance() * 2 ** 31) })
    }
  }
  return plan.toSorted((one, other) => one.atMs - other.atMs)
}

function drawFrom(favours: readonly ActName[]): (chance: () => number) => ActName {
  const weightOf = (name: ActName): number =>
    weights[name] * (favours.includes(name) ? favourite : 1)
  const total = names.reduce((sum, name) => sum + weightOf(name), 0)
  return (chance) => {
    let left = chance() * total
    const found = names.find((name) => {
      left -= weightOf(name)
      return left < 0
    })
    return found ?? 'leave'
  }
}

/** One line for a reader. */
export function told({ atMs, act }: Happening): string {
  return `${new Date(startMs + atMs).toISOString().slice(0, 16)}Z ${act}`
}
