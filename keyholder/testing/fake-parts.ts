import type { SealCrypto } from '@mortise/protocol/seal'
import { lockIdOf, policyHash } from '@mortise/protocol/verify'
import type { PinForCredential } from '@mortise/protocol/wire'
import { headMessage, policyReportMessage } from '@mortise/protocol/wire'
import type {
  Binding,
  Enrolment,
  LockState,
  OperatingMode,
  Policy,
  Reason,
  State,
} from '@mortise/protocol/words'
import { createFakeJournal } from './fake-journal.ts'
import type { FakeJournal } from './fake-journal.ts'

/** The moving parts of one fake lock. */
export interface Parts {
  readonly crypto: SealCrypto
  readonly nowMs: () => number
  readonly identitySeed: Uint8Array
  readonly sealingPrivateKey: Uint8Array
  readonly lockId: Uint8Array
  readonly setupCode: Uint8Array
  readonly journal: FakeJournal
  /** Hashes of the commands that were taken. */
  readonly taken: Set<string>
  readonly challenges: Map<string, { readonly asker: string; readonly atMs: number }>
  policy: { readonly value: Policy; readonly encoded: Uint8Array } | undefined
  bindings: readonly Binding[]
  pins: readonly PinForCredential[]
  bolt: LockState
  drives: number
  carriedOut: readonly string[]
  counter: number
  failure: Reason | undefined
  mode: { readonly operatingMode?: OperatingMode; readonly operatingModeUntilMs?: number }
  autoRelock: { readonly autoRelockAtMs?: number }
  enrolment: { readonly enrolment?: Enrolment }
}

export function newParts(crypto: SealCrypto, nowMs: () => number): Parts {
  const identitySeed = crypto.randomBytes(32)
  const lockId = lockIdOf(crypto, crypto.ed25519PublicKey(identitySeed))
  return {
    crypto,
    nowMs,
    identitySeed,
    sealingPrivateKey: crypto.randomBytes(32),
    lockId,
    setupCode: crypto.randomBytes(16),
    journal: createFakeJournal(crypto, lockId, nowMs),
    taken: new Set(),
    challenges: new Map(),
    policy: undefined,
    bindings: [],
    pins: [],
    bolt: 'locked',
    drives: 0,
    carriedOut: [],
    counter: 0,
    failure: undefined,
    mode: {},
    autoRelock: {},
    enrolment: {},
  }
}

export function stateOf(parts: Parts): State {
  parts.counter += 1
  const encoded = parts.policy?.encoded
  return {
    v: 1,
    lockId: parts.lockId,
    boot: 1,
    counter: parts.counter,
    timeMs: parts.nowMs(),
    timeCertain: true,
    claimed: encoded !== undefined,
    policyVersion: parts.policy?.value.version ?? 0,
    policyHash: encoded === undefined ? new Uint8Array(32) : policyHash(parts.crypto, encoded),
    sequence: parts.journal.head.sequence,
    lockState: parts.bolt,
    doorState: 'doorClosed',
    moving: false,
    alarms: [],
    softwareVersion: 'fake',
    ...parts.mode,
    ...parts.autoRelock,
    ...parts.enrolment,
  }
}

export function reportBody(parts: Parts): Uint8Array {
  const policy = parts.policy
  return policyReportMessage.encode({
    v: 1,
    lockId: parts.lockId,
    version: policy?.value.version ?? 0,
    policy: policy?.encoded ?? new Uint8Array(0),
    bindings: parts.bindings,
    timeMs: parts.nowMs(),
  })
}

export function headBody(parts: Parts): Uint8Array {
  const { lockId, journal, nowMs } = parts
  return headMessage.encode({ v: 1, lockId, ...journal.head, timeMs: nowMs() })
}
