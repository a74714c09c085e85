import { chanceFrom } from '@mortise/access/testing'
import { startMs } from '#proof/testing/test-lock.ts'

/** How often each thing happens, per thousand. What people do every day is far more than faults. */
const weights = {
  ownerPhone: 90,
  residentPhone: 130,
  householdCode: 150,
  leave: 120,
  byHand: 60,
  cleanerCode: 60,
  guestCode: 50,
  oneTimeCode: 25,
  wrongCode: 40,
  guessing: 4,
  children: 12,
  thief: 20,
  stranger: 10,
  replay: 12,
  inviteGuest: 8,
  endGuest: 8,
  giveOneTimeCode: 12,
  losePhone: 3,
  revokePhone: 8,
  changeSettings: 6,
  powerCut: 25,
  restart: 12,
  hubAway: 5,
  hubBack: 60,
  unreliableNetwork: 10,
  clockJump: 1,
  clockDies: 1,
  clockRight: 12,
  jam: 4,
  deadMotor: 2,
  sensorLies: 3,
  repair: 40,
  tamper: 3,
  force: 2,
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

export const dayMs = 86_400_000
const happeningsPerDay = 9

const names = Object.keys(weights).filter((name): name is ActName => name in weights)
const total = names.reduce((sum, name) => sum + weights[name], 0)

/** What happens in a world, in order. The same seed is the same plan. */
export function planOf(seed: number, days: number): readonly Happening[] {
  const chance = chanceFrom(seed)
  const plan: Happening[] = []
  for (let day = 0; day < days; day += 1) {
    const count = Math.floor(chance() * 2 * happeningsPerDay)
    for (let number = 0; number < count; number += 1) {
      const atMs = day * dayMs + Math.floor(chance() * dayMs)
      plan.push({ atMs, act: drawn(chance), seed: Math.floor(chance() * 2 ** 31) })
    }
  }
  return plan.toSorted((one, other) => one.atMs - other.atMs)
}

function drawn(chance: () => number): ActName {
  let left = chance() * total
  const found = names.find((name) => {
    left -= weights[name]
    return left < 0
  })
  return found ?? 'leave'
}

/** One line for a reader. */
export function told({ atMs, act }: Happening): string {
  return `${new Date(startMs + atMs).toISOString().slice(0, 16)}Z ${act}`
}
