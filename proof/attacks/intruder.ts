import assert from 'node:assert/strict'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { openReply, sealRequest } from '@mortise/protocol/seal'
import { commandHash, lockIdOf } from '@mortise/protocol/verify'
import {
  commandMessage,
  policyMessage,
  policyReportMessage,
  replyMessage,
  requestMessage,
  signedStatementMessage,
} from '@mortise/protocol/wire'
import type { Operation, Proof, Request } from '@mortise/protocol/wire'
import type { Policy } from '@mortise/protocol/words'
import type { HostileHub, LockConnection } from './hostile-hub.ts'

/** Somebody who speaks the whole protocol and holds no key of the lock's policy. */
export interface Intruder {
  /** The policy in force, as the lock reports it to its hub. */
  readonly policy: () => { readonly policy: Policy; readonly encoded: Uint8Array }
  /** A fresh challenge for anybody's credential: a question needs no right. */
  readonly askFor: (credentialId: Uint8Array) => Promise<Uint8Array>
  /** Signs with a key of their own, in the name of a credential that is not theirs. */
  readonly order: (
    operation: Operation,
    challenge: Uint8Array,
    inTheNameOf: Uint8Array,
  ) => Promise<string>
  /** The public half of their own key. */
  readonly publicKey: Uint8Array
}

export function createIntruder(hub: HostileHub, connection: LockConnection): Intruder {
  const { lockKey } = connection
  const lockId = lockIdOf(crypto, lockKey)
  const hello = hub.hellos.findLast((one) => Buffer.compare(one.lockKey, lockKey) === 0)
  assert.ok(hello)
  const { sealingKey } = hello
  const replyKey = crypto.randomBytes(32)
  const replyTo = crypto.x25519PublicKey(replyKey)
  const send = async (request: Request) => {
    const plain = requestMessage.encode(request)
    const answer = await connection.request(sealRequest(crypto, lockId, sealingKey, plain))
    if (answer.type !== 'reply') return undefined
    const signed = openReply(crypto, lockId, replyKey, answer.sealed)
    assert.ok(signed)
    return replyMessage.decode(signedStatementMessage.decode(signed).body)
  }
  const seed = hub.hubSeed
  return {
    publicKey: crypto.ed25519PublicKey(seed),
    policy() {
      const frame = connection.heard.findLast(({ type }) => type === 'policy')
      assert.ok(frame?.type === 'policy')
      const report = policyReportMessage.decode(signedStatementMessage.decode(frame.signed).body)
      return { policy: policyMessage.decode(report.policy), encoded: report.policy }
    },
    async askFor(credentialId) {
      const nonce = crypto.randomBytes(32)
      const answer = await send({ type: 'ask', nonce, replyTo, credentialId })
      assert.ok(answer?.type === 'answer' && answer.challenge)
      return answer.challenge
    },
    async order(operation, challenge, inTheNameOf) {
      const command = commandMessage.encode({ v: 1, lockId, operation, challenge, replyTo })
      const signature = crypto.signEd25519(seed, commandHash(crypto, command))
      const proof: Proof = { type: 'deviceKey', credentialId: inTheNameOf, signature }
      const receipt = await send({ type: 'signed', command, proof })
      return receipt?.type === 'receipt' ? receipt.reason : 'undeliverable'
    },
  }
}
