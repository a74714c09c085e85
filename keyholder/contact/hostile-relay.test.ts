import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { sampleState } from '@mortise/protocol/testing'
import { MortiseError } from '@mortise/protocol/errors'
import { sealReply } from '@mortise/protocol/seal'
import type { Reply, Request } from '@mortise/protocol/wire'
import { commandMessage, replyMessage, toHex } from '@mortise/protocol/wire'
import * as fc from 'fast-check'
import { KeyholderError } from '#keyholder/errors.ts'
import { changePolicy } from '#keyholder/policy/change.ts'
import { draftVisitorCode } from '#keyholder/policy/drafts.ts'
import { codeOf } from '#keyholder/testing/expect.ts'
import { createFakeLock } from '#keyholder/testing/fake-lock.ts'
import { seedOf } from '#keyholder/testing/seed.ts'
import type { TestWorld } from '#keyholder/testing/test-world.ts'
import { createTestWorld } from '#keyholder/testing/test-world.ts'
import { ask } from './ask.ts'
import type { Contact } from './contact.ts'
import { operate } from './operate.ts'

function replyToOf(request: Request): Uint8Array {
  return request.type === 'ask' ? request.replyTo : commandMessage.decode(request.command).replyTo
}

/** A reply that is sealed to the right place; only the lock's signature tells it from a true one. */
function forged(world: TestWorld, sealed: Uint8Array, signer: Pick<TestWorld['lock'], 'sign'>) {
  const request = world.lock.open(sealed)
  const { lockId } = world.lock
  const state = { ...stateNow(world), lockState: 'unlocked' } as const
  const reply: Reply =
    request.type === 'ask'
      ? { type: 'answer', v: 1, state: { ...state, nonce: request.nonce } }
      : {
          type: 'receipt',
          v: 1,
          lockId,
          commandHash: nodeSealCrypto.sha256(request.command),
          outcome: 'done',
          reason: 'granted',
          sequence: 1,
          state,
        }
  const signed = signer.sign('reply', replyMessage.encode(reply))
  return sealReply(nodeSealCrypto, lockId, replyToOf(request), signed)
}

function stateNow({ lock, device }: TestWorld) {
  const newest = { counter: 1_000_000, timeMs: device.clock.nowMs() }
  return sampleState({ lockId: lock.lockId, ...newest })
}

function flipBit(bytes: Uint8Array, at: number): Uint8Array {
  const flipped = bytes.slice()
  const index = at % flipped.length
  flipped[index] = (flipped[index] ?? 0) ^ (1 << (at % 8))
  return flipped
}

const tricks = [
  'honest',
  'dropBefore',
  'dropAfter',
  'flipRequest',
  'flipReply',
  'replayReply',
  'replayRequest',
  'swapRequest',
  'cutReply',
  'forgeWithOtherKey',
  'forgeUnderOtherLabel',
] as const
type Trick = (typeof tricks)[number]

interface Tape {
  readonly requests: Uint8Array[]
  readonly replies: Uint8Array[]
}

async function play(world: TestWorld, tape: Tape, trick: Trick, at: number, sealed: Uint8Array) {
  const { lock } = world
  const deliver = (request: Uint8Array) => {
    const reply = lock.answer(request)
    tape.requests.push(request)
    tape.replies.push(reply)
    return reply
  }
  const old = <Item>(items: readonly Item[], otherwise: Item) =>
    items[at % Math.max(1, items.length)] ?? otherwise
  switch (trick) {
    case 'honest':
      return deliver(sealed)
    case 'dropBefore':
      throw new KeyholderError('noAnswer')
    case 'dropAfter':
      deliver(sealed)
      throw new KeyholderError('noAnswer')
    case 'flipRequest':
      return deliver(flipBit(sealed, at))
    case 'flipReply':
      return flipBit(deliver(sealed), at)
    case 'replayReply': {
      const reply = old(tape.replies, sealed)
      deliver(sealed)
      return reply
    }
    case 'replayRequest': {
      const request = old(tape.requests, sealed)
      deliver(sealed)
      return deliver(request)
    }
    case 'swapRequest':
      return deliver(old(tape.requests, sealed))
    case 'cutReply':
      return deliver(sealed).subarray(0, at % 64)
    case 'forgeWithOtherKey':
      return forged(
        world,
        sealed,
        createFakeLock(nodeSealCrypto, () => world.device.clock.nowMs()),
      )
    case 'forgeUnderOtherLabel':
      return forged(world, sealed, { sign: (_, body) => lock.sign('state', body) })
  }
}

/** Every way in which a person would believe that something happened. */
async function attempt(contact: Contact, world: TestWorld, deed: 'lock' | 'unlock' | 'code') {
  if (deed !== 'code') return (await operate(contact, deed)).commandHash
  const change = draftVisitorCode(world.device, { name: 'Visitor' })
  const { receipt, version } = await changePolicy(contact, change)
  assert.ok(
    world.lock.pins.some(({ pin }) => pin === change.pin),
    'the code is in the lock',
  )
  assert.ok((world.lock.policy?.version ?? 0) >= version)
  return receipt?.commandHash
}

const moves = fc.array(
  fc.record({
    deed: fc.constantFrom('lock', 'unlock', 'code'),
    tricks: fc.array(fc.constantFrom(...tricks), { minLength: 1, maxLength: 4 }),
    at: fc.nat(100_000),
    passMs: fc.constantFrom(0, 1_000, 26_000, 40_000),
  }),
  { minLength: 1, maxLength: 6 },
)

suite('a hostile relay', () => {
  test('never makes a person believe in something that the lock did not do', async (context) => {
    const seed = seedOf(context)
    const property = fc.asyncProperty(moves, async (script) => {
      const world = createTestWorld(nodeSealCrypto)
      const { contact } = await world.claim()
      const tape: Tape = { requests: [], replies: [] }
      for (const move of script) {
        let turn = 0
        world.hub.relay = async (_lockId, sealed) => {
          const trick = move.tricks[turn % move.tricks.length] ?? 'honest'
          turn += 1
          return play(world, tape, trick, move.at + turn, sealed)
        }
        world.pass(move.passMs)
        const done = new Set(world.lock.carriedOut)
        try {
          const commandHash = await attempt(contact, world, move.deed)
          if (commandHash !== undefined) {
            const name = toHex(commandHash)
            assert.ok(world.lock.carriedOut.includes(name), 'the lock carried it out')
            assert.ok(!done.has(name), 'and not before it was asked to')
          }
        } catch (error) {
          if (!(error instanceof MortiseError)) throw error
          assert.notEqual(error.blame, 'bug', error.message)
        }
      }
    })
    await fc.assert(property, { seed, numRuns: 60 })
  })

  const table: Record<Trick, string | undefined> = {
    honest: undefined,
    dropBefore: 'noAnswer',
    dropAfter: 'noAnswer',
    flipRequest: 'requestUndeliverable',
    flipReply: 'replyUnreadable',
    replayReply: 'replyUnreadable',
    replayRequest: 'replyUnreadable',
    swapRequest: 'replyUnreadable',
    cutReply: 'replyUnreadable',
    forgeWithOtherKey: 'replyForged',
    forgeUnderOtherLabel: 'replyForged',
  }
  for (const trick of tricks) {
    test(`${trick}: a question ends with ${table[trick] ?? 'an answer'}`, async () => {
      const world = createTestWorld(nodeSealCrypto)
      const { contact } = await world.claim()
      const tape: Tape = { requests: [], replies: [] }
      const relay = world.hub.relay.bind(world.hub)
      world.hub.relay = (_lockId, sealed) => play(world, tape, 'honest', 0, sealed)
      await ask(contact)
      // The last byte is always within the ciphertext.
      world.hub.relay = (_lockId, sealed) => play(world, tape, trick, sealed.length - 1, sealed)
      assert.equal(await codeOf(ask(contact)), table[trick])
      world.hub.relay = relay
      assert.equal((await ask(contact)).state.lockState, 'locked', 'the lock stays usable')
    })
  }

  test('a true reply to another question is found out by its nonce', async () => {
    const world = createTestWorld(nodeSealCrypto)
    const { contact } = await world.claim()
    const { lock } = world
    world.hub.relay = async (_lockId, sealed) => {
      const body = replyMessage.encode({
        type: 'answer',
        v: 1,
        state: { ...stateNow(world), nonce: new Uint8Array(32) },
      })
      const replyTo = replyToOf(lock.open(sealed))
      return sealReply(nodeSealCrypto, lock.lockId, replyTo, lock.sign('reply', body))
    }
    assert.equal(await codeOf(ask(contact)), 'replyMismatched')
    assert.equal(await codeOf(operate(contact, 'unlock')), 'replyMismatched')
  })
})
