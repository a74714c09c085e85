import { randomBytes } from 'node:crypto'
import { nodeSealCrypto } from '@mortise/crypto/node/seal'
import { appendEntry, genesisHead } from '@mortise/protocol/chain'
import type { ChainHead, NewEntry } from '@mortise/protocol/chain'
import { signStatement } from '@mortise/protocol/seal'
import { linkSigningInput, lockIdOf, policyHash } from '@mortise/protocol/verify'
import {
  headMessage,
  policyMessage,
  policyReportMessage,
  stateMessage,
  toHex,
} from '@mortise/protocol/wire'
import type { LinkFrame, LinkTranscript } from '@mortise/protocol/wire'
import type { Binding, Credential, Policy, Role, State, User } from '@mortise/protocol/words'

type LockHello = Extract<LinkFrame, { readonly type: 'lockHello' }>

/** A lock's keys and journal, with nothing behind them. */
export interface FakeLock {
  readonly lockKey: Uint8Array
  readonly sealingKey: Uint8Array
  readonly lockId: Uint8Array
  /** Hexadecimal. */
  readonly id: string
  /** All entries, oldest first. */
  readonly entries: Uint8Array[]
  readonly append: (count?: number, entry?: Partial<NewEntry>) => void
  /** Forgets everything after a sequence, as a lock never does. */
  readonly rewind: (sequence: number) => void
  /** The end of the chain after so many entries; default all. */
  readonly headAt: (sequence?: number) => ChainHead
  readonly signedHead: (head?: ChainHead) => Uint8Array
  /** Entries from one sequence to another, both included, under a head at their end. */
  readonly upload: (from?: number, to?: number) => Extract<LinkFrame, { readonly type: 'events' }>
  /** Each one newer than the one before, unless told otherwise. */
  readonly signedState: (change?: Partial<State>) => Uint8Array
  readonly signedReport: (policy: Partial<Policy>, bindings?: readonly Binding[]) => Uint8Array
  readonly hello: (
    hubHello: { readonly hubKey: Uint8Array; readonly nonce: Uint8Array },
    enrolmentSecret?: Uint8Array,
  ) => LockHello
  readonly sign: (label: 'state' | 'policyReport' | 'head', body: Uint8Array) => Uint8Array
}

const startMs = 1_800_000_000_000

export function createFakeLock(): FakeLock {
  const seed = new Uint8Array(randomBytes(32))
  const lockKey = nodeSealCrypto.ed25519PublicKey(seed)
  const sealingKey = nodeSealCrypto.x25519PublicKey(new Uint8Array(randomBytes(32)))
  const lockId = lockIdOf(nodeSealCrypto, lockKey)
  const heads: ChainHead[] = [genesisHead(nodeSealCrypto, lockId)]
  const entries: Uint8Array[] = []
  let counter = 0
  let reports = 0

  const sign: FakeLock['sign'] = (label, body) => signStatement(nodeSealCrypto, label, seed, body)
  const headAt = (sequence = entries.length): ChainHead => {
    const head = heads[sequence]
    if (head === undefined) throw new RangeError(`no head at ${sequence}`)
    return head
  }
  const signedHead = (head = headAt()): Uint8Array =>
    sign('head', headMessage.encode({ v: 1, lockId, ...head, timeMs: startMs }))

  return {
    lockKey,
    sealingKey,
    lockId,
    id: toHex(lockId),
    entries,
    append: (count = 1, entry = {}) => {
      for (let index = 0; index < count; index += 1) {
        const full: NewEntry = { boot: 1, timeMs: startMs + entries.length, type: 'started' }
        const appended = appendEntry(nodeSealCrypto, headAt(), { ...full, ...entry })
        entries.push(appended.bytes)
        heads.push(appended.head)
      }
    },
    rewind: (sequence) => {
      entries.splice(sequence)
      heads.splice(sequence + 1)
    },
    headAt,
    signedHead,
    upload: (from = 1, to = entries.length) => ({
      type: 'events',
      entries: entries.slice(from - 1, to),
      signedHead: signedHead(headAt(to)),
    }),
    signedState: (change = {}) => {
      counter += 1
      return sign('state', stateMessage.encode({ ...emptyState(lockId, counter), ...change }))
    },
    signedReport: (change, bindings = []) => {
      reports += 1
      const policy = policyMessage.encode({ ...emptyPolicy(lockId), ...change })
      const version = change.version ?? 1
      const report = { v: 1, lockId, version, policy, bindings, timeMs: startMs + reports } as const
      return sign('policyReport', policyReportMessage.encode(report))
    },
    hello: ({ hubKey, nonce: hubNonce }, enrolmentSecret) => {
      const lockNonce = new Uint8Array(randomBytes(32))
      const transcript: LinkTranscript = { hubKey, hubNonce, lockKey, lockNonce, sealingKey }
      const signature = nodeSealCrypto.signEd25519(seed, linkSigningInput('linkLock', transcript))
      const input = linkSigningInput('linkEnrolment', transcript)
      return {
        type: 'lockHello',
        v: 1,
        lockKey,
        sealingKey,
        nonce: lockNonce,
        signature,
        ...(enrolmentSecret === undefined
          ? {}
          : { enrolment: nodeSealCrypto.hmacSha256(enrolmentSecret, input) }),
      }
    },
    sign,
  }
}

function emptyState(lockId: Uint8Array, counter: number): State {
  return {
    v: 1,
    lockId,
    boot: 1,
    counter,
    timeMs: startMs,
    timeCertain: true,
    claimed: true,
    policyVersion: 1,
    policyHash: policyHash(nodeSealCrypto, new Uint8Array()),
    sequence: 0,
    lockState: 'locked',
    doorState: 'doorClosed',
    moving: false,
    alarms: [],
    softwareVersion: '0.1.0',
  }
}

function emptyPolicy(lockId: Uint8Array): Policy {
  return {
    v: 1,
    lockId,
    version: 1,
    previous: new Uint8Array(32),
    doorName: 'Front door',
    timeZone: 'Europe/Berlin',
    settings: { autoRelockTime: 0, wrongCodeEntryLimit: 5, userCodeTemporaryDisableTime: 30 },
    relyingParties: [],
    users: [],
    invitations: [],
  }
}

/** A user of a policy. */
export function fakeUser(
  role: Role,
  credentials: readonly Credential[],
  change: Partial<User> = {},
): User {
  return {
    id: new Uint8Array(randomBytes(16)),
    name: `The ${role}`,
    role,
    userStatus: 'occupiedEnabled',
    verbs: ['lock', 'unlock'],
    credentials,
    ...change,
  }
}

export function passkeyCredential(
  key: { readonly passkeyId: Uint8Array; readonly publicKey: Uint8Array },
  relyingPartyId = 'localhost',
): Credential {
  const { passkeyId, publicKey } = key
  const id = new Uint8Array(randomBytes(16))
  const common = { id, createdAtMs: startMs, name: 'Phone' }
  return { type: 'passkey', ...common, passkeyId, publicKey, relyingPartyId }
}

export function deviceCredential({ publicKey }: { readonly publicKey: Uint8Array }): Credential {
  const id = new Uint8Array(randomBytes(16))
  return { type: 'deviceKey', id, createdAtMs: startMs, name: 'Laptop', publicKey }
}
