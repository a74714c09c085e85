import assert from 'node:assert/strict'
import { policyHash } from '@mortise/protocol/verify'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { policyMessage } from '@mortise/protocol/wire'
import type { Operation } from '@mortise/protocol/wire'
import type { Credential, Policy, User } from '@mortise/protocol/words'
import type { LockAttack } from './attack.ts'
import type { House } from './house.ts'
import { createIntruder } from './intruder.ts'
import type { Intruder } from './intruder.ts'
import { believesEveryChallenge, believesEverySignature } from './weaknesses.ts'

/** Messages that nobody with a right ever made, by somebody who knows everything but the keys. */

const credulous = { weakLock: { crypto: believesEverySignature } }
const intruderId = new Uint8Array(16).fill(0xee)

async function intruderAt({ hub, connection }: House): Promise<Intruder> {
  return createIntruder(hub, await connection())
}

/** Gives an order with a challenge that the lock itself has handed out for that credential. */
async function orderAs(
  intruder: Intruder,
  operation: Operation,
  credentialId: Uint8Array,
): Promise<string> {
  const challenge = await intruder.askFor(credentialId)
  return intruder.order(operation, challenge, credentialId)
}

/** The policy in force with one person more: the intruder, who signs with a key of their own. */
function withIntruder({ policy }: Intruder, publicKey: Uint8Array): Policy {
  const { policy: before, encoded } = policy()
  const credential: Credential = {
    type: 'deviceKey',
    id: intruderId,
    createdAtMs: 1,
    name: 'hub',
    publicKey,
  }
  const user: User = {
    id: intruderId,
    name: 'Nobody',
    role: 'resident',
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials: [credential],
  }
  return {
    ...before,
    version: before.version + 1,
    previous: policyHash(crypto, encoded),
    users: [...before.users, user],
  }
}

export const forgeries: readonly LockAttack[] = [
  {
    name: 'the hub signs an unlock itself, in the name of the owner and with a fresh challenge',
    level: 'hub root',
    properties: ['P1', 'P4'],
    rows: [30, 55, 84],
    weakness: credulous,
    async strike(house, mark) {
      const intruder = await intruderAt(house)
      mark()
      for (const type of ['lock', 'unlock', 'lock', 'unlock'] as const) {
        await orderAs(intruder, { type }, house.owner.credential.id)
      }
    },
  },
  {
    name: 'the hub puts a person of its own into the policy',
    level: 'hub root',
    properties: ['P1', 'P6'],
    rows: [63, 87],
    weakness: credulous,
    async strike(house, mark) {
      const intruder = await intruderAt(house)
      mark()
      const policy = policyMessage.encode(withIntruder(intruder, intruder.publicKey))
      const change = { type: 'changePolicy', policy, pins: [] } as const
      await orderAs(intruder, change, house.owner.credential.id)
      const challenge = crypto.randomBytes(32)
      await intruder.order({ type: 'unlock' }, challenge, intruderId)
      return house.disk().lock.state().policyVersion > 1
    },
  },
  {
    name: 'the hub removes the owner',
    level: 'hub root',
    properties: ['P1'],
    rows: [46, 63],
    weakness: credulous,
    async strike(house, mark) {
      const intruder = await intruderAt(house)
      house.disk().door.hands.pressInsideButton()
      mark()
      const taken = withIntruder(intruder, intruder.publicKey)
      const users = taken.users
        .filter(({ role }) => role !== 'owner')
        .map((user): User => ({ ...user, role: 'owner' }))
      const policy = policyMessage.encode({ ...taken, users })
      const change = { type: 'changePolicy', policy, pins: [] } as const
      await orderAs(intruder, change, house.owner.credential.id)
      return house.disk().lock.state().policyVersion > 1
    },
  },
  {
    name: 'the hub guesses challenges instead of asking',
    level: 'hub root',
    properties: ['P2'],
    rows: [16],
    weakness: { weakLock: { crypto: believesEveryChallenge } },
    async strike(house, mark) {
      const intruder = await intruderAt(house)
      mark()
      for (let guess = 0; guess < 50; guess += 1) {
        const challenge = new Uint8Array(32).fill(guess)
        await intruder.order({ type: 'unlock' }, challenge, house.owner.credential.id)
      }
    },
  },
]

/** For the test that no operation is forgotten: each is refused with a reason of its own. */
export async function orderEverything(house: House): Promise<Readonly<Record<string, string>>> {
  const intruder = await intruderAt(house)
  const { id } = house.owner.credential
  const policy = policyMessage.encode(withIntruder(intruder, intruder.publicKey))
  const [user] = withIntruder(intruder, intruder.publicKey).users.slice(-1)
  const [credential] = user?.credentials ?? []
  assert.ok(credential)
  const operations: readonly Operation[] = [
    { type: 'lock' },
    { type: 'unlock' },
    { type: 'changePolicy', policy, pins: [] },
    { type: 'claim', policy, pins: [] },
    { type: 'acceptInvitation', credential },
  ]
  const reasons: Record<string, string> = {}
  for (const operation of operations) {
    reasons[operation.type] = await orderAs(intruder, operation, id)
  }
  return reasons
}
