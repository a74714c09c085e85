import assert from 'node:assert/strict'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { hpkeSeal, openReply, openRequest, sealReply, sealRequest } from '@mortise/protocol/seal'
import type { SealCrypto } from '@mortise/protocol/seal'
import { bytesEqual, encodeCbor, labelled, requestMessage } from '@mortise/protocol/wire'
import type { CborMap, CborValue } from '@mortise/protocol/wire'
import { requests } from '@mortise/protocol/testing'
import * as fc from 'fast-check'
import { bytesIn, goldenCases } from '../corpus.ts'
import type { Target } from '../target.ts'
import { cborInputs, plainInputs } from '../target.ts'

const crypto: SealCrypto = nodeSealCrypto
const lockId = new Uint8Array(32).fill(0x11)
const privateKey = new Uint8Array(32).fill(0x22)
const publicKey = crypto.x25519PublicKey(privateKey)

/** Damaged envelopes: what opens is what was sealed. */
function outsideTarget(name: 'sealedRequest' | 'sealedReply', plain: Uint8Array): Target {
  const seal = name === 'sealedRequest' ? sealRequest : sealReply
  const open = name === 'sealedRequest' ? openRequest : openReply
  const sealed = seal(crypto, lockId, publicKey, plain)
  const golden = goldenCases('seals').map((each) => bytesIn(each, 'sealed'))
  return {
    name,
    cost: 'dear',
    next: cborInputs([sealed, sealed, sealed, ...golden]),
    feed: (input) => {
      const opened = open(crypto, lockId, privateKey, input)
      if (opened === undefined) return 'doesNotOpen'
      assert.ok(bytesEqual(input, sealed), 'an altered envelope opened')
      assert.ok(bytesEqual(opened, plain))
      return 'accepted'
    },
  }
}

/** One ephemeral key for all inputs: its secrecy does not matter here, and importing keys is dear. */
const repeating: SealCrypto = { ...crypto, randomBytes: (length) => new Uint8Array(length).fill(9) }

function decodesToItself(opened: Uint8Array | undefined): string {
  assert.ok(opened, 'a rightly sealed envelope opens')
  assert.ok(bytesEqual(requestMessage.encode(requestMessage.decode(opened)), opened))
  return 'accepted'
}

/** A stranger seals bad requests to the lock's public key. */
function insideTarget(seeds: readonly Uint8Array[]): Target {
  return {
    name: 'sealedRequest inside',
    cost: 'dear',
    next: cborInputs(seeds),
    feed: (input) => {
      const sealed = sealRequest(repeating, lockId, publicKey, input)
      return decodesToItself(openRequest(crypto, lockId, privateKey, sealed))
    },
  }
}

/** A stranger seals bad padding. */
function paddingTarget(seeds: readonly Uint8Array[]): Target {
  const info = labelled('sealRequest', lockId)
  const noAssociatedData = new Uint8Array(0)
  const padded = seeds.map((plain) => {
    const whole = new Uint8Array(Math.ceil((plain.length + 4) / 256) * 256)
    new DataView(whole.buffer).setUint32(0, plain.length)
    whole.set(plain, 4)
    return whole
  })
  return {
    name: 'sealedRequest padding',
    cost: 'dear',
    next: plainInputs(padded),
    feed: (input) => {
      const ephemeral = repeating.randomBytes(32)
      const sealed = hpkeSeal(crypto, publicKey, info, noAssociatedData, input, ephemeral)
      const fields: CborMap = new Map<number, CborValue>([
        [0, 1],
        [1, sealed.encapsulated],
        [2, sealed.ciphertext],
      ])
      return decodesToItself(openRequest(crypto, lockId, privateKey, encodeCbor(fields)))
    },
  }
}

/** Sealed messages, from outside and from inside. */
export function envelopeTargets(seed: number): readonly Target[] {
  const plains = fc
    .sample(requests, { seed, numRuns: 20 })
    .map((request) => requestMessage.encode(request))
  const [plain] = plains
  assert.ok(plain)
  return [
    outsideTarget('sealedRequest', plain),
    outsideTarget('sealedReply', plain),
    insideTarget(plains),
    paddingTarget(plains),
  ]
}
