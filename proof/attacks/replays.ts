import assert from 'node:assert/strict'
import { operate } from '@mortise/keyholder'
import type { LockAttack } from './attack.ts'
import type { House } from './house.ts'
import { createIntruder } from './intruder.ts'
import { checksNothing, repeatingLock } from './weaknesses.ts'

/** Old, doubled, late and damaged messages: all of them were once the owner's own. */

const often = { perSecondMax: 1e9, inFlightMax: 32 }
const repeating = { weakLock: repeatingLock, forgets: true } as const

/** The owner opens and bolts again; the hub keeps what passed. */
async function recordVisit({ contact, hub }: House): Promise<readonly Uint8Array[]> {
  const start = hub.passed.length
  await operate(contact, 'unlock')
  await operate(contact, 'lock')
  return hub.passed.slice(start)
}

async function replay(house: House, recorded: readonly Uint8Array[]): Promise<void> {
  for (const sealed of recorded) {
    await house.forget()
    const connection = await house.connection()
    // Whatever the lock hands out to anybody who names the owner's credential brings nothing back.
    await createIntruder(house.hub, connection).askFor(house.owner.credential.id)
    await connection.request(sealed)
  }
}

/** A request of the owner that the hub keeps for itself. */
async function intercept({ contact, meddle }: House): Promise<Uint8Array> {
  let kept: Uint8Array | undefined
  const hold = new Error('the hub says nothing')
  meddle({
    relay: (_lockId, sealed) => {
      kept = sealed
      return Promise.reject(hold)
    },
  })
  await assert.rejects(operate(contact, 'unlock'), hold)
  meddle({})
  assert.ok(kept)
  return kept
}

export const replays: readonly LockAttack[] = [
  {
    name: 'a recorded unlock is sent again on the same connection',
    level: 'hub root',
    properties: ['P2'],
    rows: [4, 15, 35, 36],
    weakness: repeating,
    async strike(house, mark) {
      const recorded = await recordVisit(house)
      mark()
      await replay(house, recorded)
    },
  },
  {
    name: 'a recorded unlock is sent again on the next connection',
    level: 'hub root',
    properties: ['P2'],
    rows: [4],
    weakness: repeating,
    async strike(house, mark) {
      const recorded = await recordVisit(house)
      mark()
      const next = house.hub.nextConnection()
      const connection = await house.connection()
      connection.drop()
      await next
      await replay(house, recorded)
    },
  },
  {
    name: 'a recorded unlock is sent again after the lock was restarted',
    level: 'hub root',
    properties: ['P2'],
    rows: [4],
    weakness: repeating,
    async strike(house, mark) {
      const recorded = await recordVisit(house)
      mark()
      const next = house.hub.nextConnection()
      await house.restart()
      await next
      await replay(house, recorded)
    },
  },
  {
    name: 'everything that ever passed is sent again, forwards and backwards',
    level: 'hub root',
    properties: ['P2'],
    rows: [4, 13],
    weakness: repeating,
    async strike(house, mark) {
      await recordVisit(house)
      const recorded = [...house.hub.passed]
      mark()
      await replay(house, [...recorded, ...recorded.toReversed()])
    },
  },
  {
    name: 'an unlock is delivered twice, and the second time after somebody has bolted by hand',
    level: 'hub root',
    properties: ['P2'],
    rows: [4],
    weakness: repeating,
    async strike(house, mark) {
      const { contact, disk, hub } = house
      await operate(contact, 'unlock')
      const sealed = hub.passed.at(-1)
      assert.ok(sealed)
      disk().door.hands.turnBolt('extended')
      mark()
      await replay(house, [sealed, sealed])
    },
  },
  {
    name: 'an unlock that was held back is delivered after the owner has locked with a later tap',
    level: 'hub root plus one gesture',
    properties: ['P2'],
    rows: [24],
    weakness: repeating,
    async strike(house, mark) {
      await recordVisit(house)
      const held = await intercept(house)
      await operate(house.contact, 'lock')
      mark()
      await replay(house, [held])
    },
  },
  {
    name: 'every byte of an unlock that was held back is altered in turn',
    level: 'hub root',
    properties: ['P3', 'P15'],
    rows: [4, 7],
    weakness: { weakLock: { crypto: checksNothing, requestLimits: often } },
    async strike(house, mark) {
      const held = await intercept(house)
      const connection = await house.connection()
      mark()
      for (let at = 0; at < held.length; at += 1) {
        const altered = Uint8Array.from(held)
        altered[at] = (altered[at] ?? 0) ^ 0x01
        await connection.request(altered)
      }
    },
  },
]
