import type { ChainHead } from '@mortise/protocol/chain'
import type { MacCrypto, VerifyCrypto } from '@mortise/protocol/verify'
import type { Operation } from '@mortise/protocol/wire'
import type {
  BiometricType,
  Binding,
  Credential,
  EnrolmentStage,
  Entry,
  LockoutSource,
  OperationSource,
  Policy,
  Reason,
  User,
  Verb,
} from '@mortise/protocol/words'
import type { Challenges } from '#core/access/challenges.ts'
import type { BatteryFacts } from '#core/battery/days-left.ts'
import type { PinTag, PinTags } from '#core/access/pin-tags.ts'
import type { PolicyView, Usage } from '@mortise/access'
import type { BoltPosition, JobId, LeafPosition, PowerReading, RequestId } from '#core/inputs.ts'
import type { SetCredential } from '#core/matter/commands.ts'
import type { MatterDatabase } from '#core/matter/database.ts'
import type { Sender } from '#core/matter/outcome.ts'
import type { Registers } from '#core/outputs.ts'
import type { LockTime } from '#core/time/lock-time.ts'

/** What the core is given besides inputs; the same for every turn of a boot. */
export interface Context {
  readonly crypto: VerifyCrypto & MacCrypto
  readonly softwareVersion: string
  /** 32 random bytes of this boot. */
  readonly challengeSecret: Uint8Array
  /** Instead of the three days that people have to stop a factory reset; to try it out. */
  readonly factoryResetWaitMs?: number
}

/** What the store loaded at the start of a boot. */
export interface Stored {
  readonly lockId: Uint8Array
  /** `freshRegisters` on a lock that never ran. */
  readonly registers: Registers
  /** `genesisHead` of the protocol's chain on a lock that never ran. */
  readonly chainHead: ChainHead
  /** The oldest entry that is kept; absent while nothing was removed. */
  readonly journalFrom?: number
  /** Encoded; absent while nobody owns the lock. */
  readonly policy?: Uint8Array
  readonly pinTags: readonly PinTag[]
  readonly bindings: readonly Binding[]
  readonly usages: readonly StoredUsage[]
  /** Encoded; absent when Matter manages nobody. */
  readonly matter?: Uint8Array
}

export interface StoredUsage {
  readonly userId: Uint8Array
  readonly usage: Usage
}

export const freshRegisters: Registers = {
  boots: 0,
  timeFloorMs: 0,
  policyVersionFloor: 0,
  tries: {},
}

export interface PolicyInForce {
  readonly view: PolicyView
  readonly encoded: Uint8Array
  readonly hash: Uint8Array
}

/** Where the receipt of a command goes, and what was signed beside the operation. */
export interface CommandAnswer {
  readonly requestId: RequestId
  readonly replyTo: Uint8Array
  readonly commandHash: Uint8Array
  /** What the sender's device took the time to be, under the signature. */
  readonly timeMs: number | undefined
}

/** Who operates, and through what. */
export interface Actor {
  readonly source: OperationSource
  readonly user?: User
  readonly credential?: Credential
  /** Who waits for a receipt. */
  readonly answer?: CommandAnswer
  /** The Matter command that waits for its answer. */
  readonly matterRequest?: RequestId
  /** The person was forced: nothing that can be seen at the door may tell. */
  readonly duress?: boolean
}

/** Somebody who has sent a message and waits for its receipt. */
export interface Asker extends Actor {
  readonly answer: CommandAnswer
}

/** Somebody whose credential signed what they sent. */
export interface Signatory extends Asker {
  readonly user: User
  readonly credential: Credential
}

/** A credential that was proved and waits for another one of the same person. */
export interface Presented {
  readonly credentialId: Uint8Array
  readonly untilMonotonicMs: number
}

/** What waits for the slow hash of a code that came through Matter. */
export interface MatterJob {
  readonly job: JobId
  readonly deadlineMonotonicMs: number
  readonly work:
    | {
        readonly type: 'setCredential'
        readonly requestId: RequestId
        readonly command: SetCredential
        readonly by: Sender
      }
    | {
        readonly type: 'operate'
        readonly requestId: RequestId
        readonly verb: Verb
        readonly timeoutSeconds: number | undefined
      }
}

/** A spoken PIN that waits for its slow hash. */
export interface SpokenJob {
  readonly job: JobId
  readonly deadlineMonotonicMs: number
  readonly operation: Extract<Operation, { type: 'unlock' | 'unlatch' }>
  readonly actor: Signatory
}

/** An accepted intent that the bolt is following. */
export interface Drive {
  readonly verb: Verb
  /** Sequence of its journal entry. */
  readonly intent: number
  readonly actor: Actor
  /** Which drive of its request this is, from 1. */
  readonly attempt: number
  readonly deadlineMonotonicMs: number
}

export interface Bolt {
  readonly position: BoltPosition
  readonly drive: Drive | undefined
  /** The last drive, which ended without a word of the sensor: the bolt may still be on its way. */
  readonly late: LateDrive | undefined
  /** Where the sensor last saw it; undefined before it has seen anything. */
  readonly lastSeen: Exclude<BoltPosition, 'unknown'> | undefined
  /** What the last drives have left, until the sensor has seen the bolt move. */
  readonly trouble: 'jammed' | 'sensor' | undefined
  /** Since when the sensor cannot be read. */
  readonly silentSinceMonotonicMs: number | undefined
}

export interface LateDrive extends Pick<Drive, 'verb' | 'intent' | 'actor'> {
  readonly untilMonotonicMs: number
}

export interface AutoRelock {
  readonly dueMonotonicMs: number | undefined
  /** After a failed attempt: not again before somebody touched door or bolt. */
  readonly suspended: boolean
  /** Seconds that somebody has asked for, instead of the setting. */
  readonly timeoutSeconds: number | undefined
}

export interface Keypad {
  /** Digits since the last `*`. Never leaves memory but as the argument of one hash. */
  readonly digits: string
  /** Keys since the last entry, decoys included. */
  readonly keys: number
  /** The entry that is being hashed. */
  readonly checking: { readonly job: JobId } | undefined
  /** When what was typed is forgotten, or a hash that never came is given up. */
  readonly idleAtMonotonicMs: number | undefined
}

/** Nothing typed, nothing being checked. */
export const restingKeypad: Keypad = {
  digits: '',
  keys: 0,
  checking: undefined,
  idleAtMonotonicMs: undefined,
}

/** While a lock without owner can be claimed. */
export interface SetupWindow {
  /** What a claim's challenge must be. */
  readonly challenge: Uint8Array
  readonly untilMonotonicMs: number
  readonly wrongCodes: number
}

/**
 * On the way back to a lock as from the box. `offered`: the inside button was held for long enough, and
 * pressed until then asks for it. `waiting`: it happens then. `done`: nobody owns the lock, and its keys
 * are about to change. In memory only: a restart ends the first two, and comes after the third.
 */
export type FactoryReset =
  | { readonly stage: 'offered' | 'waiting'; readonly untilMonotonicMs: number }
  | { readonly stage: 'done' }

/** An authorized policy that waits for the hashes of its codes. */
export interface PendingChange {
  readonly job: JobId
  readonly type: 'claimed' | 'policyChanged'
  readonly policy: Policy
  readonly encoded: Uint8Array
  readonly credentialIds: readonly Uint8Array[]
  readonly actor: Signatory
  readonly deadlineMonotonicMs: number
}

/** Refused messages of nobody, counted until the window ends. */
export interface RefusalWindow {
  readonly lengthMs: number
  readonly untilMonotonicMs: number
  readonly count: number
  /** The reason that all of them share. */
  readonly reason: Reason | undefined
}

/** Refusals of credentials that are known, so that one which is tried again and again is noticed. */
export interface CredentialRefusals {
  /** End of the window that counts. */
  readonly untilMonotonicMs: number
  /** By credential id in hexadecimal. */
  readonly counts: ReadonlyMap<string, number>
  /** The last one that was refused too often. */
  readonly suspect: SuspectCredential | undefined
}

export interface SuspectCredential {
  readonly id: string
  readonly names: Pick<Entry, 'userId' | 'userName' | 'credentialId' | 'credentialType'>
  readonly lastMonotonicMs: number
}

export const noCredentialRefusals: CredentialRefusals = {
  untilMonotonicMs: 0,
  counts: new Map(),
  suspect: undefined,
}

/** What the reader at the door learns, or has learned and no policy lists yet. In memory only. */
export interface Enrolling {
  readonly credentialId: Uint8Array
  readonly credentialType: BiometricType
  /** Whose it will be. */
  readonly user: Pick<User, 'id' | 'name'>
  /** User id of whoever began it. */
  readonly begunBy: Uint8Array
  readonly stage: EnrolmentStage
  readonly captured: number
  readonly needed: number
  /** Why it failed. */
  readonly reason?: Reason
  readonly untilMonotonicMs: number
}

/** The way to the hub. */
export interface LinkState {
  readonly up: boolean
  readonly sinceMonotonicMs: number
}

/** What is known in this boot of tries at one way in. */
export interface TryClock {
  /** One was counted, and is neither right nor wrong yet. */
  readonly comparing?: true
  readonly lockedUntilMonotonicMs?: number
  /** When one lockout, and the wrong codes since, are forgiven; absent when there is nothing to. */
  readonly forgivesAtMonotonicMs?: number
}

/** Codes that others than owners made in the hour that ends then. */
export interface NewCodes {
  readonly untilMonotonicMs: number
  readonly count: number
}

/** How often each person was refused in the hour that ends then. */
export interface PersonRefusals {
  readonly untilMonotonicMs: number
  /** By user id in hexadecimal; the empty text for whoever is nobody in the policy. */
  readonly counts: ReadonlyMap<string, number>
}

/** Everything that the lock knows. Bounded by the policy's limits and by constants. */
export interface CoreState {
  readonly lockId: Uint8Array
  readonly softwareVersion: string
  readonly registers: Registers
  readonly chain: ChainHead
  /** The oldest entry that is kept. */
  readonly journalFrom: number
  readonly time: LockTime
  /** Rises whenever what others see differs. */
  readonly counter: number
  readonly policy: PolicyInForce | undefined
  readonly bindings: readonly Binding[]
  readonly pinTags: PinTags
  /** By user id in hexadecimal; only of people whose uses are counted. */
  readonly usages: ReadonlyMap<string, Usage>
  readonly presented: readonly Presented[]
  /** When the policy was last confirmed in this boot. */
  readonly policyConfirmedMonotonicMs: number | undefined
  readonly matter: MatterDatabase
  readonly matterJob: MatterJob | undefined
  readonly spokenJob: SpokenJob | undefined
  readonly tryClocks: Readonly<Partial<Record<LockoutSource, TryClock>>>
  /** When time alone may next end a lockout, or forgive. */
  readonly lockoutLookMonotonicMs: number | undefined
  readonly challenges: Challenges
  readonly setup: SetupWindow | undefined
  readonly insidePresenceUntilMonotonicMs: number | undefined
  /** When the inside button, which is down, has been held for long enough to offer a reset. */
  readonly insideHeldMonotonicMs: number | undefined
  readonly factoryReset: FactoryReset | undefined
  readonly pendingChange: PendingChange | undefined
  readonly bolt: Bolt
  readonly leaf: LeafPosition
  /** The contact has said something in this boot, so its silence is a fault and no missing part. */
  readonly leafWasSeen: boolean
  /** Undefined: no motor can pull the latch. */
  readonly latchPulled: boolean | undefined
  readonly leafOpenSinceMonotonicMs: number | undefined
  readonly autoRelock: AutoRelock
  /** A timer runs until the hours that hold the door open are looked at again. */
  readonly passageLookAwaited: boolean
  readonly keypad: Keypad
  /** When time alone may next begin or end an alarm. */
  readonly alarmLookMonotonicMs: number | undefined
  readonly escutcheonRemoved: boolean
  /** Undefined until the lock is told of a link. */
  readonly link: LinkState | undefined
  readonly credentialRefusals: CredentialRefusals
  /** The store said that there is too little room. */
  readonly storageShort: boolean
  /** When the store is looked at next; undefined while its reading is awaited. */
  readonly storageLookMonotonicMs: number | undefined
  readonly power: PowerReading
  /** The motor stopped for lack of power, and nothing has shown since that there is more. */
  readonly motorLackedPower: boolean
  readonly battery: BatteryFacts
  readonly readerTypes: readonly BiometricType[]
  readonly enrolling: Enrolling | undefined
  readonly refusals: RefusalWindow | undefined
  readonly personRefusals: PersonRefusals | undefined
  readonly newCodes: NewCodes | undefined
  readonly jobs: number
}
