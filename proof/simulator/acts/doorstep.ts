import { pick } from '@mortise/access/testing'
import type { Household, Visitor, Way } from '../household.ts'
import { answerMs, isSound, nothing, rest, secondMs } from '../world.ts'
import type { Act, World } from '../world.ts'
import { edgesOf } from '../visitors.ts'

/** A code that was taken away may have been drawn again since: whoever types it comes as its new holder. */
function asNow({ visitors, codes }: Household, way: Way): Way {
  if (way.pin === undefined) return way
  const ways = [...Object.values(codes), ...visitors.flatMap((visitor) => visitor.ways)]
  return ways.find(({ pin }) => pin === way.pin) ?? way
}

/** Shows one thing, and has the auditor judge what became of it where nothing excuses the lock. */
export async function show(world: World, way: Way): Promise<void> {
  const { site, auditor, people } = world
  if (way.phone !== undefined) return people.operate(way.phone, 'unlock')
  const { credentialId, kind, pin } = asNow(people, way)
  const wasSound = isSound(world, kind === 'code' ? 'keypad' : 'reader')
  const before = auditor.newestSequence()
  auditor.deeds.did(credentialId, kind === 'code' ? 'keypad' : 'biometric')
  if (kind === 'code') site.press(`*${pin}#`)
  else site.show({ credentialType: kind === 'face' ? 'face' : 'fingerprint', credentialId })
  await rest(world, answerMs)
  if (wasSound && !site.isDead()) auditor.judgeVisit(credentialId, before)
}

export async function comeIn(world: World): Promise<void> {
  const { hands } = world.site.door()
  if (!hands.moveLeaf({ open: true }).done) return
  await rest(world, 5 * secondMs)
  hands.moveLeaf({ open: false })
  await rest(world, answerMs)
}

/** Comes with one thing, or with as many as it takes, or with the same one twice. */
export async function comeAs(world: World, { ways }: Visitor, chance: () => number): Promise<void> {
  const isPatient = ways.length > 2 && chance() < 0.8
  const times = isPatient ? 2 + Math.floor(chance() * 2) : 1
  const first = Math.floor(chance() * ways.length)
  const isSame = isPatient && chance() < 0.2
  // Where the bolt is drawn already there is nothing to open.
  if (chance() < 0.7) world.site.door().hands.turnBolt('extended')
  for (let time = 0; time < times; time += 1) {
    const way = ways[(first + (isSame ? 0 : time)) % ways.length]
    if (way !== undefined) await show(world, way)
    if (isPatient) await rest(world, pick(chance, [1, 5, 20, 70]) * secondMs)
  }
  if (chance() < 0.5) await comeIn(world)
}

function drawVisitor({ visitors, gone }: Household, chance: () => number): Visitor | undefined {
  const pool = chance() < 0.9 ? visitors : gone
  return pool[Math.floor(chance() * pool.length)]
}

const visit: Act = async (world, chance) => {
  const visitor = drawVisitor(world.people, chance)
  if (visitor !== undefined) await comeAs(world, visitor, chance)
}

/** Waits for the minute at which somebody's times begin or end, and comes just before or after. */
const visitAtEdge: Act = async (world, chance) => {
  const { site, people, timeZone } = world
  const visitor = drawVisitor(people, chance)
  const user = people.policy().users.find(({ id }) => id === visitor?.userId || same(id, visitor))
  if (visitor === undefined || user === undefined) return
  const draw = { chance, nowMs: site.trueMs(), timeZone }
  const edges = edgesOf(user, draw, 5)
  const edgeMs = edges[Math.floor(chance() * edges.length)]
  if (edgeMs === undefined) return comeAs(world, visitor, chance)
  site.time.advance(Math.max(0, edgeMs - site.trueMs() - answerMs))
  await comeAs(world, visitor, chance)
  site.time.advance(Math.max(0, edgeMs - site.trueMs()))
  await comeAs(world, visitor, chance)
}

function same(id: Uint8Array, visitor: Visitor | undefined): boolean {
  return visitor !== undefined && id.toHex() === visitor.userId.toHex()
}

/** Somebody who needs no keypad comes while it may be locked. */
async function comeBesides(world: World, chance: () => number): Promise<void> {
  const { people, site } = world
  const ways = people.visitors.flatMap((visitor) => visitor.ways)
  const others = ways.filter(({ phone, kind }) => phone === undefined && kind !== 'code')
  const way = others[Math.floor(chance() * others.length)]
  if (way === undefined || chance() < 0.5) return people.operate(people.owner, 'unlock')
  site.door().hands.turnBolt('extended')
  await show(world, way)
}

/** A digit longer than any code of this household, or luck would open the door once in a few hundred years. */
async function typeWrong(world: World, chance: () => number): Promise<void> {
  world.site.press(`*${Math.floor(1_000_000 + chance() * 8_999_999)}#`)
  await rest(world, answerMs)
}

export const doorstep = {
  visit,
  visitAtEdge,
  /** The first of the visitors works at night, when clocks are set. */
  async nightShift(world, chance) {
    const [nils] = world.people.visitors
    if (nils !== undefined) await comeAs(world, nils, chance)
  },
  async householdCode(world, chance) {
    const { owner, resident, duress } = world.people.codes
    await show(world, pick(chance, [owner, owner, resident, resident, resident, duress]))
    await comeIn(world)
  },
  async leave(world) {
    await comeIn(world)
  },
  async leaveOpen(world, chance) {
    const { hands } = world.site.door()
    if (!hands.moveLeaf({ open: true }).done) return
    await rest(world, pick(chance, [30, 300, 2_000]) * secondMs)
    hands.moveLeaf({ open: false })
  },
  byHand({ site }) {
    site.door().hands.turnBolt()
    return nothing()
  },
  wrongCode: typeWrong,
  async unknownFinger({ site }, chance) {
    site.show({ credentialType: pick(chance, ['fingerprint', 'face']) })
    await nothing()
  },
  async guessing(world, chance) {
    for (let guess = Math.floor(chance() * 16); guess > 0; guess -= 1) {
      await typeWrong(world, chance)
      if (chance() < 0.2) await world.site.restart()
    }
    if (chance() < 0.3) await comeBesides(world, chance)
  },
  async children(world, chance) {
    const keys = ['1', '2', '3', '*', '#', '9', '0'] as const
    for (let count = Math.floor(chance() * 40); count > 0; count -= 1) {
      world.site.press(pick(chance, keys))
    }
    await rest(world, answerMs)
  },
} satisfies Readonly<Record<string, Act>>
