import { pick } from '@mortise/access/testing'
import { answerMs, hourMs, minuteMs, nothing, rest } from '../world.ts'
import type { Act, World } from '../world.ts'

/** The hub says, over its own way, which version is the newest that it knows. */
export function vouch(world: World): void {
  if (!world.network.isAway()) tellNewest(world, world.people.policy().version)
}

/** A hub that lies tells the truth where people do not know yet what the lock took. */
function tellNewest({ site, auditor }: World, version: number): void {
  if (site.isDead()) return
  site.linked().newestPolicy(version)
  // Where the power went at that, nobody can tell whether the lock has kept it.
  if (site.isDead()) auditor.leaseInDoubt()
  else auditor.vouched(version)
}

function drawSeed(chance: () => number): number {
  return Math.floor(chance() * 2 ** 31)
}

export const weather = {
  powerCut({ site }, chance) {
    const when = pick(chance, ['before', 'after', 'within', 'within'])
    site.trouble.cutPower(Math.floor(chance() * 6), when, drawSeed(chance))
    return nothing()
  },
  restart: ({ site }) => site.restart(),
  /** No lock ends in order when the power goes, nor is what it wrote last in its place. */
  darkness({ site }, chance) {
    if (chance() < 0.7) site.trouble.cutPower(0, 'within', drawSeed(chance))
    return site.restart(pick(chance, [1, 30, 300, 2_000]) * minuteMs)
  },
  diskFails({ site }, chance) {
    site.trouble.failDisk(Math.floor(chance() * 6))
    return nothing()
  },
  diskFull({ site }, chance) {
    site.trouble.fillDisk(pick(chance, [1, 2, 4, 6]))
    return nothing()
  },
  hubAway({ network }) {
    network.setAway(true)
    return nothing()
  },
  hubBack(world) {
    const { network } = world
    network.setAway(false)
    network.setTrouble(0)
    network.setTampering(0)
    vouch(world)
    return nothing()
  },
  hubLies(world, chance) {
    tellNewest(world, world.people.policy().version + pick(chance, [-1, 1, 100]))
    return nothing()
  },
  unreliableNetwork({ network }, chance) {
    network.setTrouble(chance() * 0.5)
    return nothing()
  },
  hostileNetwork({ network }, chance) {
    network.setTampering(chance() * 0.7)
    network.setTrouble(chance() * 0.3)
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
  /** Somebody sets the clock, and an owner's phone settles what the lock cannot know. */
  async clockRight(world) {
    const { site, people, auditor } = world
    site.time.setWall(site.trueMs())
    if (!site.lock().state().timeCertain) await people.operate(people.owner, 'lock')
    await rest(world, answerMs)
    if (!site.isDead()) auditor.clockMended()
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
  mains({ site }, chance) {
    site.door().hands.setPower({
      mainsPresent: chance() < 0.5,
      batteryPercent: pick(chance, [100, 60, 26, 21, 20, 12, 4]),
      celsius: pick(chance, [-15, 5, 20, 35]),
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
    hands.setPower({ mainsPresent: true, batteryPercent: 100, celsius: 20 })
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
} satisfies Readonly<Record<string, Act>>
