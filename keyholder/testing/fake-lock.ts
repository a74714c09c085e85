import { openRequest, sealReply, signStatement } from '@mortise/protocol/seal'
import type { SealCrypto } from '@mortise/protocol/seal'
import { commandHash, policyHash } from '@mortise/protocol/verify'
import type { Command, PinForCredential, Reply, Request } from '@mortise/protocol/wire'
import {
  commandMessage,
  encodeClaimText,
  policyMessage,
  replyMessage,
  requestMessage,
  WireError,
  stateMessage,
  toHex,
} from '@mortise/protocol/wire'
import type { Binding, Enrolment, LockState, Policy, Reason } from '@mortise/protocol/words'
import { KeyholderError } from '#keyholder/errors.ts'
import type { FakeJournal } from './fake-journal.ts'

import { accessOf, decide, knowsAsker, proverId } from './fake-decide.ts'
import { headBody, newParts, reportBody, stateOf } from './fake-parts.ts'
import type { Parts } from './fake-parts.ts'
/** A lock that signs and seals like a real one, and decides just enough to answer. */
export interface FakeLock {
  readonly lockId: Uint8Array
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  /** Its clock. */
  nowMs(): number
  readonly claimText: string
  readonly journal: FakeJournal
  readonly bolt: LockState
  /** How often the bolt was driven. */
  readonly drives: number
  readonly policy: Policy | undefined
  /** What it attached itself. */
  readonly bindings: readonly Binding[]
  readonly pins: readonly PinForCredential[]
  /** Hashes, in hexadecimal, of the commands that it carried out. */
  readonly carriedOut: readonly string[]
  /** Opens a sealed request, as only this lock can. */
  open(sealed: Uint8Array): Request
  /** Opens a sealed request, acts, and seals the reply. */
  answer(sealed: Uint8Array): Uint8Array
  /** Signs any body, as only this lock can. */
  sign(label: 'reply' | 'state' | 'policyReport' | 'head', body: Uint8Array): Uint8Array
  signedReport(): Uint8Array
  signedState(): Uint8Array
  signedHead(): Uint8Array
  /** Puts a policy in force without anybody's command, as another phone would. */
  putPolicy(edit: (policy: Policy) => Policy): void
  /** Goes back to an earlier policy, as only a tampered lock would. */
  setBack(policy: Policy): void
  /** Somebody at the reader goes on with what it learns. */
  enrolmentGoes(progress: Partial<Enrolment> | undefined): void
  /** Forgets all challenges, as a restart does. */
  restart(): void
  /** The next operation of the bolt fails, or the next enrolment is refused, with this reason. */
  failNext(reason: Reason): void
}

export function createFakeLock(crypto: SealCrypto, nowMs: () => number): FakeLock {
  const parts = newParts(crypto, nowMs)
  const lockKey = crypto.ed25519PublicKey(parts.identitySeed)
  const sealingKey = crypto.x25519PublicKey(parts.sealingPrivateKey)
  const { lockId, journal, setupCode, identitySeed } = parts
  const sign: FakeLock['sign'] = (label, body) => signStatement(crypto, label, identitySeed, body)
  return {
    lockId,
    lockKey,
    sealingKey,
    journal,
    nowMs,
    sign,
    claimText: encodeClaimText((...all) => crypto.sha256(...all), {
      lockKey,
      sealingKey,
      setupCode,
    }),
    get bolt() {
      return parts.bolt
    },
    get drives() {
      return parts.drives
    },
    get policy() {
      return parts.policy?.value
    },
    get bindings() {
      return parts.bindings
    },
    get pins() {
      return parts.pins
    },
    get carriedOut() {
      return parts.carriedOut
    },
    open: (sealed) => openSealed(parts, sealed),
    answer: (sealed) => answerSealed(parts, sealed, sign),
    signedReport: () => sign('policyReport', reportBody(parts)),
    signedState: () => sign('state', stateMessage.encode(stateOf(parts))),
    signedHead: () => sign('head', headBody(parts)),
    putPolicy: (edit) => putPolicy(parts, edit),
    setBack: (policy) => {
      parts.policy = { value: policy, encoded: policyMessage.encode(policy) }
    },
    enrolmentGoes(progress) {
      const { enrolment } = parts.enrolment
      const next = progress === undefined || enrolment === undefined
      parts.enrolment = next ? {} : { enrolment: { ...enrolment, ...progress } }
    },
    restart() {
      parts.challenges.clear()
      parts.taken.clear()
    },
    failNext: (reason) => {
      parts.failure = reason
    },
  }
}

function openSealed(parts: Parts, sealed: Uint8Array): Request {
  const { crypto, lockId, sealingPrivateKey } = parts
  try {
    const plain = openRequest(crypto, lockId, sealingPrivateKey, sealed)
    if (plain !== undefined) return requestMessage.decode(plain)
  } catch (error) {
    if (!(error instanceof WireError)) throw error
  }
  throw new KeyholderError('requestUndeliverable')
}

function answerSealed(parts: Parts, sealed: Uint8Array, sign: FakeLock['sign']): Uint8Array {
  const { crypto, lockId } = parts
  const request = openSealed(parts, sealed)
  const { replyTo, reply } = answerRequest(parts, request)
  return sealReply(crypto, lockId, replyTo, sign('reply', replyMessage.encode(reply)))
}

function answerRequest(parts: Parts, request: Request): { replyTo: Uint8Array; reply: Reply } {
  if (request.type === 'signed') {
    const command = commandMessage.decode(request.command)
    return { replyTo: command.replyTo, reply: receiptOf(parts, command, request) }
  }
  const { nonce, replyTo } = request
  const asker = request.credentialId ?? request.invitationId
  const state = { ...stateOf(parts), nonce }
  if (asker === undefined) return { replyTo, reply: { type: 'answer', v: 1, state } }
  if (!knowsAsker(parts, asker)) {
    return { replyTo, reply: { type: 'answer', v: 1, state, reason: 'unknownCredential' } }
  }
  const access = accessOf(parts, asker)
  const told = access === undefined ? {} : { access }
  const challenge = issue(parts, asker)
  return { replyTo, reply: { type: 'answer', v: 1, state, challenge, ...told } }
}

function issue(parts: Parts, asker: Uint8Array): Uint8Array {
  const value = parts.crypto.randomBytes(32)
  parts.challenges.set(toHex(value), { asker: toHex(asker), atMs: parts.nowMs() })
  return value
}

function receiptOf(
  parts: Parts,
  command: Command,
  request: Extract<Request, { type: 'signed' }>,
): Reply {
  const hash = commandHash(parts.crypto, request.command)
  const prover = proverId(request.proof)
  const [outcome, reason] = decide(parts, command, request.proof, hash)
  const attempt = {
    type: outcome === 'done' ? 'operationIntent' : 'refused',
    outcome,
    reason,
  } as const
  parts.journal.append(attempt)
  if (outcome === 'done') parts.carriedOut = [...parts.carriedOut, toHex(hash)]
  return {
    type: 'receipt',
    v: 1,
    lockId: parts.lockId,
    commandHash: hash,
    outcome,
    reason,
    sequence: parts.journal.head.sequence,
    state: stateOf(parts),
    ...(knowsAsker(parts, prover) ? { nextChallenge: issue(parts, prover) } : {}),
  }
}

function putPolicy(parts: Parts, edit: (policy: Policy) => Policy): void {
  if (parts.policy === undefined) return
  const { value, encoded } = parts.policy
  const previous = policyHash(parts.crypto, encoded)
  const after = { ...edit(value), version: value.version + 1, previous }
  parts.policy = { value: after, encoded: policyMessage.encode(after) }
}
