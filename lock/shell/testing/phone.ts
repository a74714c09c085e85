import assert from 'node:assert/strict'
import { nodeSealCrypto as crypto } from '@mortise/crypto/node/seal'
import { openReply, sealRequest } from '@mortise/protocol/seal'
import { commandHash, policyHash, setupChallenge, verifyStatement } from '@mortise/protocol/verify'
import {
  commandMessage,
  decodeClaimText,
  policyMessage,
  replyMessage,
  requestMessage,
} from '@mortise/protocol/wire'
import type { Answer, Operation, PinForCredential, Receipt, Request } from '@mortise/protocol/wire'
import type { Policy, User } from '@mortise/protocol/words'
import type { RequestOutcome } from '#lock/ports/link.ts'

export type Deliver = (sealed: Uint8Array) => Promise<RequestOutcome>

export interface LockAddress {
  readonly lockId: Uint8Array
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
}

const OWNER_ID = new Uint8Array(16).fill(1)
const KEY_ID = new Uint8Array(16).fill(2)
/** The owner's code, when the policy has one. */
export const CODE_ID = new Uint8Array(16).fill(3)
export const CODE = '739146'

/** An owner's device key that talks to one lock. */
export function createPhone(lock: LockAddress, deliver: Deliver) {
  const seed = crypto.randomBytes(32)
  const replyKey = crypto.randomBytes(32)
  const replyTo = crypto.x25519PublicKey(replyKey)

  const seal = (request: Request): Uint8Array =>
    sealRequest(crypto, lock.lockId, lock.sealingKey, requestMessage.encode(request))
  const open = (outcome: RequestOutcome) => {
    assert.equal(outcome.type, 'reply')
    const signed = openReply(crypto, lock.lockId, replyKey, outcome.sealed)
    assert.ok(signed !== undefined)
    const body = verifyStatement(crypto, 'reply', lock.lockKey, signed)
    assert.ok(body !== undefined)
    return replyMessage.decode(body)
  }
  const sealAsk = (to: Uint8Array = replyTo): Uint8Array =>
    seal({ type: 'ask', nonce: crypto.randomBytes(32), replyTo: to, credentialId: KEY_ID })
  const ask = async (): Promise<Answer> => {
    const reply = open(await deliver(sealAsk()))
    assert.equal(reply.type, 'answer')
    return reply
  }
  const sealCommand = (operation: Operation, challenge: Uint8Array): Uint8Array => {
    const command = commandMessage.encode({
      v: 1,
      lockId: lock.lockId,
      operation,
      challenge,
      replyTo,
    })
    const signature = crypto.signEd25519(seed, commandHash(crypto, command))
    const proof = { type: 'deviceKey', credentialId: KEY_ID, signature } as const
    return seal({ type: 'signed', command, proof })
  }
  const command = async (operation: Operation, challenge: Uint8Array): Promise<Receipt> => {
    const reply = open(await deliver(sealCommand(operation, challenge)))
    assert.equal(reply.type, 'receipt')
    return reply
  }
  const operate = async (operation: Operation): Promise<Receipt> => {
    const { challenge } = await ask()
    assert.ok(challenge !== undefined)
    return command(operation, challenge)
  }
  const policy = firstPolicy(lock.lockId, crypto.ed25519PublicKey(seed))
  return {
    sealAsk,
    ask,
    operate,
    policy,
    /** A command with a fresh challenge, sealed and not sent. */
    async prepare(operation: Operation): Promise<Uint8Array> {
      const { challenge } = await ask()
      assert.ok(challenge !== undefined)
      return sealCommand(operation, challenge)
    },
    claim(claimText: string, withCode = false): Promise<Receipt> {
      const { setupCode } = decodeClaimText(crypto.sha256, claimText)
      const claimed = withCode ? withOwnersCode(policy) : policy
      const pins = withCode ? [{ credentialId: CODE_ID, pin: CODE }] : []
      const operation = claimOperation(claimed, pins)
      return command(operation, setupChallenge(crypto, setupCode))
    },
  }
}

export type Phone = ReturnType<typeof createPhone>

function claimOperation(policy: Policy, pins: readonly PinForCredential[]): Operation {
  return { type: 'claim', policy: policyMessage.encode(policy), pins }
}

function firstPolicy(lockId: Uint8Array, publicKey: Uint8Array): Policy {
  const owner: User = {
    id: OWNER_ID,
    name: 'Ada',
    role: 'owner',
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials: [{ type: 'deviceKey', id: KEY_ID, createdAtMs: 1, name: 'test', publicKey }],
  }
  return {
    v: 1,
    lockId,
    version: 1,
    previous: new Uint8Array(32),
    doorName: 'Front door',
    timeZone: 'Europe/Berlin',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
    relyingParties: [{ id: 'door.example', origins: ['https://door.example'] }],
    users: [owner],
    invitations: [],
  }
}

function withOwnersCode(policy: Policy): Policy {
  const code = { type: 'pin', id: CODE_ID, createdAtMs: 1 } as const
  const users = policy.users.map((user) => ({ ...user, credentials: [...user.credentials, code] }))
  return { ...policy, users }
}

/** The policy of the next version, with another name on the door. */
export function renamed(policy: Policy, doorName: string): Policy {
  const previous = policyHash(crypto, policyMessage.encode(policy))
  return { ...policy, version: policy.version + 1, previous, doorName }
}
