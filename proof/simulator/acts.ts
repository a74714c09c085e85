import { chanceFrom, pick } from '@mortise/access/testing'
import { addCredential, changeSettings, removeCredential, removeUser } from '@mortise/keyholder'
import { startMs } from '#proof/testing/test-lock.ts'
import type { Auditor } from './auditor.ts'
import { withFields } from './household.ts'
import type { Code, Household } from './household.ts'
import { settled } from './network.ts'
import type { Network } from './network.ts'
import { dayMs } from './plan.ts'
import type { ActName, Happening } from './plan.ts'
import type { Site } from './site.ts'

export interface World {
  readonly site: Site
  readonly network: Network
  readonly auditor: Auditor
  readonly people: Household
}

type Act = (world: World, chance: () => number, happening: Happening) => Promise<void>

const hourMs = 3_600_000
const answerMs = 3_000

async function rest({ site }: World, durationMs: number): Promise<void> {
  await settled(site, Promise.resolve())
  site.time.advance(durationMs)
}

/** The door has nothing wrong with it, and nothing is under way. */
function isSound({ site, auditor }: World): boolean {
  const { faults, powered, moving } = site.door().snapshot()
  const isHonest = Object.values(faults).every((fault) => soundFaults.has(fault))
  const { keypadLockedUntilMs, timeCertain } = site.lock().state()
  const isOpen = keypadLockedUntilMs === undefined && timeCertain
  return isHonest && powered && moving === null && isOpen && auditor.isClockRight()
}
const soundFaults: ReadonlySet<string> = new Set(['none', 'working', 'honest'])

/** Types a code, and has the auditor judge what became of it where nothing excuses the lock. */
async function typeCode(world: World, code: Code | undefined): Promise<void> {
  if (code === undefined) return
  const { site, auditor } = world
  const wasSound = isSound(world)
  const before = auditor.newestSequence()
  auditor.deeds.did(code.credentialId, 'keypad')
  site.press(`*${code.pin}#`)
  await rest(world, answerMs)
  if (wasSound && !site.isDead()) auditor.judgeVisit(code.credentialId, before)
}

async function comeIn(world: World): Promise<void> {
  const { hands } = world.site.door()
  if (!hands.moveLeaf({ open: true }).done) return
  await rest(world, 5_000)
  hands.moveLeaf({ open: false })
  await rest(world, answerMs)
}

async function typeWrong(world: World, chance: () => number): Promise<void> {
  world.site.press(`*${Math.floor(100_000 + chance() * 899_999)}#`)
  await rest(world, answerMs)
}

async function invite({ people, site }: World, chance: () => number): Promise<void> {
  if (people.codes.guest !== undefined) return
  const notBeforeMs = site.trueMs() + Math.floor(chance() * dayMs)
  const validity = { notBeforeMs, notAfterMs: notBeforeMs + 3 * dayMs }
  const code = people.newCode({ name: 'Gus', validity })
  if (await people.change(code.edit, code.pins)) people.codes.guest = code
}

async function giveOnce({ people }: World): Promise<void> {
  const before = people.codes.oneTime
  if (before !== undefined) {
    if (await people.change(removeUser(before.userId))) delete people.codes.oneTime
    return
  }
  const code = people.newCode({ name: 'Otto' })
  const once = withFields(code.userId, { userType: 'disposableUser' })
  if (await people.change((policy) => once(code.edit(policy)), code.pins)) {
    people.codes.oneTime = code
  }
}

async function revoke({ people }: World, seed: number): Promise<void> {
  const { stolenPhone, resident } = people
  if (stolenPhone === undefined || people.residentPhone !== stolenPhone) return
  const { phone, person } = await people.newPhone(seed)
  const gone = removeCredential(resident.id, stolenPhone.credentialId)
  const come = addCredential(resident.id, person.credential)
  if (await people.change((policy) => come(gone(policy)))) people.residentPhone = phone
}

const nothing = (): Promise<void> => Promise.resolve()

const acts: Readonly<Record<ActName, Act>> = {
  async ownerPhone(world, chance) {
    await world.people.operate(world.people.owner, pick(chance, ['lock', 'unlock']))
  },
  async residentPhone(world, chance) {
    await world.people.operate(world.people.residentPhone, pick(chance, ['lock', 'unlock']))
    if (chance() < 0.5) await comeIn(world)
  },
  async householdCode(world, chance) {
    const { owner, resident } = world.people.codes
    await typeCode(world, pick(chance, [owner, resident]))
    await comeIn(world)
  },
  leave: (world) => comeIn(world),
  byHand({ site }) {
    site.door().hands.turnBolt()
    return nothing()
  },
  cleanerCode: (world) => typeCode(world, world.people.codes.cleaner),
  guestCode: (world) => typeCode(world, world.people.codes.guest),
  async oneTimeCode(world, chance) {
    await typeCode(world, world.people.codes.oneTime)
    // Where the bolt is out already there is nothing to open a second time.
    world.site.door().hands.turnBolt('extended')
    if (chance() < 0.5) await world.site.restart()
    await typeCode(world, world.people.codes.oneTime)
  },
  wrongCode: typeWrong,
  async guessing(world, chance) {
    for (let guess = Math.floor(chance() * 12); guess > 0; guess -= 1) {
      await typeWrong(world, chance)
      if (chance() < 0.1) await world.site.restart()
    }
  },
  async children(world, chance) {
    const keys = ['1', '2', '3', '*', '#', '9', '0'] as const
    for (let count = Math.floor(chance() * 40); count > 0; count -= 1) {
      world.site.press(pick(chance, keys))
    }
    await rest(world, answerMs)
  },
  async thief(world, chance) {
    const { stolenPhone } = world.people
    if (stolenPhone !== undefined) {
      await world.people.operate(stolenPhone, pick(chance, ['unlock', 'unlock', 'lock']))
    }
  },
  stranger: (world) => world.people.operate(world.people.stranger, 'unlock'),
  async replay(world, chance) {
    world.network.replay(chance)
    await rest(world, answerMs)
  },
  inviteGuest: invite,
  async endGuest({ people }) {
    const { guest } = people.codes
    if (guest !== undefined && (await people.change(removeUser(guest.userId)))) {
      delete people.codes.guest
    }
  },
  giveOneTimeCode: giveOnce,
  losePhone({ people }) {
    people.stolenPhone = people.residentPhone
    return nothing()
  },
  revokePhone: (world, _chance, { seed }) => revoke(world, seed),
  async changeSettings({ people }, chance) {
    await people.change(changeSettings({ autoRelockTime: pick(chance, [0, 30, 60, 120, 300]) }))
  },
  powerCut({ site }, chance) {
    site.cutPower(Math.floor(chance() * 6), pick(chance, ['before', 'after']))
    return nothing()
  },
  restart: ({ site }) => site.restart(),
  hubAway({ network }) {
    network.setAway(true)
    return nothing()
  },
  hubBack({ network, site, auditor }) {
    network.setAway(false)
    network.setTrouble(0)
    site.linked().newestPolicy(site.lock().state().policyVersion)
    auditor.vouched()
    return nothing()
  },
  unreliableNetwork({ network }, chance) {
    network.setTrouble(chance() * 0.5)
    return nothing()
  },
  clockJump({ site, auditor }, chance) {
    auditor.clockTouched()
    site.time.setWall(site.trueMs() + Math.floor((chance() - 0.5) * 20 * hourMs))
    return nothing()
  },
  clockDies({ site, auditor }) {
    auditor.clockTouched()
    site.time.setWall(undefined)
    return nothing()
  },
  clockRight({ site }) {
    site.time.setWall(startMs + site.time.clock.monotonicMs())
    return nothing()
  },
  jam({ site }, chance) {
    site.door().hands.setFaults({ jam: pick(chance, ['extend', 'retract', 'both']) })
    return nothing()
  },
  deadMotor({ site }) {
    site.door().hands.setFaults({ motor: 'dead' })
    return nothing()
  },
  sensorLies({ site }, chance) {
    site.door().hands.setFaults({
      boltSensor: pick(chance, ['extended', 'retracted', 'unknown', 'honest']),
      doorSensor: pick(chance, ['open', 'closed', 'unknown', 'honest']),
    })
    return nothing()
  },
  repair({ site }) {
    const { hands } = site.door()
    hands.setFaults({
      jam: 'none',
      motor: 'working',
      boltSensor: 'honest',
      doorSensor: 'honest',
    })
    hands.setEscutcheon('inPlace')
    hands.setPower({ batteryPercent: 100 })
    return nothing()
  },
  tamper({ site }) {
    site.door().hands.setEscutcheon('removed')
    return nothing()
  },
  async force(world) {
    world.site.door().hands.moveLeaf({ open: true, force: true })
    await rest(world, answerMs)
  },
}

/** Lets something happen, and the world come to rest after it. */
export async function perform(world: World, happening: Happening): Promise<void> {
  const { site, auditor } = world
  await acts[happening.act](world, chanceFrom(happening.seed), happening)
  await rest(world, answerMs)
  if (site.isDead()) await site.restart()
  if (!site.isDead()) auditor.looks(site.lock().state())
}
