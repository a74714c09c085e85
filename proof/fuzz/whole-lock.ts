import assert from 'node:assert/strict'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import type { RequestOutcome } from '@mortise/lock'
import { commandHash } from '@mortise/protocol/verify'
import { sealRequest } from '@mortise/protocol/seal'
import type { SealCrypto } from '@mortise/protocol/seal'
import { commandMessage, requestMessage, toHex } from '@mortise/protocol/wire'
import type { Operation } from '@mortise/protocol/wire'
import { requests } from '@mortise/protocol/testing'
import * as fc from 'fast-check'
import type { Household } from '#proof/testing/household.ts'
import { mutateBytes } from './mutate-bytes.ts'
import { mutateValues } from './mutate-values.ts'
import type { Random } from './random.ts'
import { pick } from './random.ts'
import type { Target } from './target.ts'
import { cborInputs } from './target.ts'

const crypto = nodeSealCrypto

/** Importing a key is dear, and the secrecy of this one does not matter here. */
const repeating: SealCrypto = { ...crypto, randomBytes: (length) => new Uint8Array(length).fill(9) }
const replyTo = crypto.x25519PublicKey(new Uint8Array(32).fill(8))

/** First byte of an input: whether the rest is sealed before it is sent. */
const sealedMark = 1
const plainMark = 0

/**
 * The whole lock as a target: the bolt may not move, whatever arrives. `seed` is the owner's own
 * device key, so that the damaged commands are ones that were good.
 */
export function wholeLockTarget(household: Household, ownerSeed: Uint8Array, seed: number): Target {
  const { lock, linked, movements } = household.test()
  const wellFormed = fc
    .sample(requests, { seed, numRuns: 100 })
    .map((request) => requestMessage.encode(request))
  const ownersCommands = (): readonly Uint8Array[] =>
    operations.map((operation) => sign(household, ownerSeed, operation))
  const seal = (plain: Uint8Array): Uint8Array =>
    sealRequest(repeating, lock.lockId, lock.sealingKey, plain)
  const foreign = cborInputs(wellFormed)
  return {
    name: 'whole lock',
    cost: 'dear',
    next(random) {
      const plain = random.next(2) === 0 ? foreign(random) : damaged(random, ownersCommands())
      if (random.next(4) > 0) return Uint8Array.of(sealedMark, ...plain)
      return Uint8Array.of(plainMark, ...mutateBytes(random, seal(plain), wellFormed))
    },
    feed(input) {
      const before = movements()
      const content = input.subarray(1)
      let outcome: RequestOutcome | undefined
      linked.request(input[0] === sealedMark ? seal(content) : content, (answer) => {
        outcome = answer
      })
      assert.equal(movements(), before, 'the bolt moved')
      assert.ok(outcome, 'the lock owes an answer to nobody')
      return outcome.type === 'reply' ? 'reply' : outcome.reason
    },
  }
}

const policy = new Uint8Array(40)
const operations: readonly Operation[] = [
  { type: 'unlock' },
  { type: 'lock' },
  { type: 'changePolicy', policy, pins: [] },
  { type: 'claim', policy, pins: [] },
]

/** A good command of the owner, with the challenge in hand or a made-up one. */
function sign(household: Household, ownerSeed: Uint8Array, operation: Operation): Uint8Array {
  const { contact, owner } = household
  const command = commandMessage.encode({
    v: 1,
    lockId: household.test().lock.lockId,
    operation,
    challenge: contact.challenge?.value ?? new Uint8Array(32),
    replyTo,
  })
  const signature = crypto.signEd25519(ownerSeed, commandHash(crypto, command))
  const proof = { type: 'deviceKey', credentialId: owner.credential.id, signature } as const
  return requestMessage.encode({ type: 'signed', command, proof })
}

/** Damaged for sure: an undamaged one would rightly open the door. */
function damaged(random: Random, commands: readonly Uint8Array[]): Uint8Array {
  const whole = new Set(commands.map(toHex))
  const command = pick(random, commands)
  for (;;) {
    const mutated =
      random.next(2) === 0 ? mutateBytes(random, command, commands) : mutateValues(random, command)
    if (!whole.has(toHex(mutated))) return mutated
  }
}
