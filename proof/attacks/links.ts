import { operate } from '@mortise/keyholder'
import type { LockAttack } from './attack.ts'
import type { Manners } from './hostile-hub.ts'
import { roundTrip } from './house.ts'
import type { House } from './house.ts'
import { believesEverySignature, forgetfulStore } from './weaknesses.ts'

/** Attacks on the link itself: who is at the other end, what it claims, and how much it sends. */

const attempts = 3

/**
 * Lets the lock come back a few times and says whether it told the other side anything beyond its
 * hello.
 */
async function isTalkative({ hub, connection }: House): Promise<boolean> {
  let talked = false
  let next = hub.nextConnection()
  const living = await connection()
  living.drop()
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const visit = await next
    next = hub.nextConnection()
    await Promise.race([visit.spoke, visit.ended])
    talked ||= visit.heard.length > 0
    visit.drop()
  }
  return talked
}

/** Somebody in the middle who has the hub's address and not its key. */
function impostor(name: string, signature: NonNullable<Manners['signature']>): LockAttack {
  return {
    name,
    level: 'network',
    properties: ['P9', 'P10', 'P18'],
    rows: [11, 22, 25],
    weakness: { weakLock: { crypto: believesEverySignature } },
    async strike(house, mark) {
      mark()
      house.hub.manners.signature = signature
      const talked = await isTalkative(house)
      delete house.hub.manners.signature
      // One more impostor may be waiting at the door: the lock sends it away like the others.
      await (
        await house.hub.nextConnection()
      ).spoke
      return talked
    },
  }
}

/** The lock is told that everything it will ever write is safe at the hub. */
async function loseHistory(house: House, claim: Partial<Manners>): Promise<boolean> {
  const { hub, contact, connection, disk } = house
  Object.assign(hub.manners, claim)
  const next = hub.nextConnection()
  const living = await connection()
  living.drop()
  await next
  await operate(contact, 'unlock')
  await operate(contact, 'lock')
  await roundTrip(house)
  for (const name of Object.keys(claim)) Reflect.deleteProperty(hub.manners, name)
  const honest = hub.nextConnection()
  const lying = await connection()
  lying.drop()
  await honest
  // What the lock has to upload goes out with its first words, before any answer.
  await roundTrip(house)
  await roundTrip(house)
  return hub.entriesOf(disk().lock.lockKey).length < disk().lock.state().sequence
}

export const links: readonly LockAttack[] = [
  impostor('an impostor signs the handshake with another key', (honest) =>
    honest.map((byte) => byte ^ 0xff),
  ),
  impostor('an impostor sends the lock its own signature back', (_honest, ofTheLock) => ofTheLock),
  impostor('an impostor sends a signature of nothing but zeros', () => new Uint8Array(64)),
  {
    name: 'the hub claims to hold a journal that has not been written yet',
    level: 'hub root',
    properties: ['P14'],
    rows: [2, 7],
    weakness: { weakLock: { storeAround: forgetfulStore } },
    leavesNoTrace: true,
    // The owner opens and locks meanwhile; that movement is not the attack's.
    strike: (house, mark) =>
      loseHistory(house, { lastSequence: Number.MAX_SAFE_INTEGER }).finally(mark),
  },
  {
    name: 'the hub acknowledges more than it was ever sent',
    level: 'hub root',
    properties: ['P14'],
    rows: [2, 7],
    weakness: { weakLock: { storeAround: forgetfulStore } },
    leavesNoTrace: true,
    strike: (house, mark) =>
      loseHistory(house, { acknowledges: Number.MAX_SAFE_INTEGER }).finally(mark),
  },
]
