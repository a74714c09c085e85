import assert from 'node:assert/strict'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import {
  ask,
  changePolicy,
  changeSettings,
  followState,
  KeyholderError,
  LockRefusal,
  operate,
  readHistory,
  readPolicy,
} from '@mortise/keyholder'
import { appendEntry, genesisHead } from '@mortise/protocol/chain'
import type { ChainHead } from '@mortise/protocol/chain'
import { sealReply, signStatement } from '@mortise/protocol/seal'
import type { SealCrypto } from '@mortise/protocol/seal'
import {
  entryMessage,
  headMessage,
  policyMessage,
  policyReportMessage,
  replyMessage,
  stateMessage,
} from '@mortise/protocol/wire'
import type { State } from '@mortise/protocol/words'
import { patiently, roundTrip } from './house.ts'
import type { House } from './house.ts'
import type { PhoneAttack } from './phone-attack.ts'
import {
  believesEverySignature,
  mistakesCommands,
  repeatingPhone,
  repeatsItself,
} from './weaknesses.ts'

/** A phone that an attacker sees through entirely. */
const naivePhone: SealCrypto = { ...believesEverySignature, randomBytes: repeatsItself }

/** The reply to the next thing that the phone sends, as it passes. */
async function recordReply(house: House, act: () => Promise<unknown>): Promise<Uint8Array> {
  const honest = house.hub.port(house.disk().lock.lockKey)
  let reply: Uint8Array | undefined
  house.meddle({
    async relay(lockId, sealed) {
      reply = await honest.relay(lockId, sealed)
      return reply
    },
  })
  await act()
  house.meddle({})
  assert.ok(reply)
  return reply
}

/** Whether a promise is kept; an error of ours is an honest no. */
async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof KeyholderError || error instanceof LockRefusal) return false
    throw error
  }
}

/** The lock's own state, with something else in it. */
function stateOf({ disk }: House, changes: Partial<State>): State {
  return { ...disk().lock.state(), ...changes }
}

async function asksAndSees(house: House, lockState: State['lockState']): Promise<boolean> {
  try {
    return (await ask(house.contact)).state.lockState === lockState
  } catch (error) {
    if (error instanceof KeyholderError) return false
    throw error
  }
}

/** The journal as the hub would like it: without some entries, chained anew and signed by the hub. */
function rewritten(house: House): { entries: readonly Uint8Array[]; signedHead: Uint8Array } {
  const { hub, disk } = house
  const { lockKey, lockId } = disk().lock
  let head: ChainHead = genesisHead(crypto, lockId)
  const entries: Uint8Array[] = []
  for (const bytes of hub.entriesOf(lockKey)) {
    const { v: _v, sequence: _sequence, previous: _previous, ...entry } = entryMessage.decode(bytes)
    if (entry.verb !== undefined) continue
    const appended = appendEntry(crypto, head, entry)
    entries.push(appended.bytes)
    head = appended.head
  }
  const body = headMessage.encode({ v: 1, lockId, ...head, timeMs: disk().lock.state().timeMs })
  const signedHead = signStatement(crypto, 'head', hub.hubSeed, body)
  return { entries: entries.toReversed(), signedHead }
}

export const falseWords: readonly PhoneAttack[] = [
  {
    name: 'yesterday’s "locked" is shown again while the door is open',
    level: 'hub root',
    properties: ['P14'],
    rows: [67],
    weakness: { weakPhone: repeatingPhone },
    async deceives(house) {
      const old = await recordReply(house, () => ask(house.contact))
      house.disk().door.hands.turnBolt('retracted')
      house.meddle({ relay: () => Promise.resolve(old) })
      return asksAndSees(house, 'locked')
    },
  },
  {
    name: 'an old receipt is shown as the success of a new unlock, which is dropped',
    level: 'hub root',
    properties: ['P2', 'P14'],
    rows: [4, 67],
    weakness: {
      weakPhone: { ...mistakesCommands, randomBytes: repeatsItself },
      weakLock: { crypto: mistakesCommands },
    },
    async deceives(house) {
      const old = await recordReply(house, () => operate(house.contact, 'unlock'))
      await operate(house.contact, 'lock')
      house.meddle({ relay: () => Promise.resolve(old) })
      const believed = await succeeds(operate(house.contact, 'unlock'))
      assert.equal(house.disk().door.snapshot().bolt, 'extended')
      return believed
    },
  },
  {
    name: 'an answer that the hub made itself says "locked"',
    level: 'hub root',
    properties: ['P14'],
    rows: [7, 67],
    weakness: { weakPhone: naivePhone },
    async deceives(house) {
      const { lockId } = house.disk().lock
      house.disk().door.hands.turnBolt('retracted')
      const state = stateOf(house, { lockState: 'locked', nonce: repeatsItself(32) })
      const body = replyMessage.encode({ type: 'answer', v: 1, state })
      const signed = signStatement(crypto, 'reply', house.hub.hubSeed, body)
      const replyTo = crypto.x25519PublicKey(repeatsItself(32))
      const sealed = sealReply(crypto, lockId, replyTo, signed)
      house.meddle({ relay: () => Promise.resolve(sealed) })
      return asksAndSees(house, 'locked')
    },
  },
  {
    name: 'a state that the hub made itself comes in by the live stream',
    level: 'hub root',
    properties: ['P14'],
    rows: [67],
    weakness: { weakPhone: believesEverySignature },
    async deceives(house) {
      house.disk().door.hands.turnBolt('retracted')
      await patiently(() => ask(house.contact))
      const state = stateOf(house, { lockState: 'locked', counter: 1_000_000 })
      const body = stateMessage.encode(state)
      const forged = signStatement(crypto, 'state', house.hub.hubSeed, body)
      await succeeds(Promise.resolve().then(() => followState(house.contact, forged)))
      return house.contact.sighting?.state.lockState === 'locked'
    },
  },
  {
    name: 'the list of people from before a change is shown as the one in force',
    level: 'hub root',
    properties: ['P6', 'P14'],
    rows: [1, 48],
    weakness: { weakPhone: repeatingPhone },
    async deceives(house) {
      const { contact } = house
      const answer = await recordReply(house, () => ask(contact))
      const report = await contact.device.hub.policyReport(contact.lockId)
      await changePolicy(contact, { edit: changeSettings({ doorName: 'Back door' }), pins: [] })
      await roundTrip(house)
      house.meddle({
        relay: () => Promise.resolve(answer),
        policyReport: () => Promise.resolve(report),
      })
      const old = await ask(contact).catch(() => undefined)
      // A phone that finds the replay out goes on with the state of its own receipt.
      const state = old?.state ?? contact.sighting?.state
      const { standing, policy } = await readPolicy(contact, state)
      return standing === 'inForce' && policy.version === 1
    },
  },
  {
    name: 'the hub adds a person to the list that it shows',
    level: 'hub root',
    properties: ['P14'],
    rows: [63, 87],
    weakness: { weakPhone: believesEverySignature },
    async deceives(house) {
      const { contact, disk } = house
      const { policy } = await readPolicy(contact)
      const invented = {
        ...policy,
        version: policy.version + 1,
        users: policy.users.map((user) => ({ ...user, name: 'Nobody' })),
      }
      const body = policyReportMessage.encode({
        v: 1,
        lockId: disk().lock.lockId,
        version: invented.version,
        policy: policyMessage.encode(invented),
        bindings: [],
        timeMs: disk().lock.state().timeMs,
      })
      const forged = signStatement(crypto, 'policyReport', house.hub.hubSeed, body)
      house.meddle({ policyReport: () => Promise.resolve(forged) })
      return succeeds(readPolicy(contact))
    },
  },
  {
    name: 'the hub leaves out who came, and chains and signs the rest anew',
    level: 'hub root',
    properties: ['P14'],
    rows: [2, 7, 59],
    weakness: { weakPhone: believesEverySignature },
    async deceives(house) {
      house.meddle({ historyPage: () => Promise.resolve({ ...rewritten(house), more: false }) })
      const { report } = await readHistory(house.contact).next()
      return report.complete && report.gaps.length === 0 && report.fault === undefined
    },
  },
]
