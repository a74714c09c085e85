import type { Proof } from '@mortise/protocol/wire'
import type { BiometricType } from '@mortise/protocol/words'
import type { MatterCommand } from '#core/matter/commands.ts'

/** The clocks at the moment of an input. The core has none of its own. */
export interface Now {
  /** Counts on from the start of this boot, whatever the wall clock does. Milliseconds. */
  readonly monotonicMs: number
  /** The real-time clock, milliseconds since 1970; absent when the board has none or lost it. */
  readonly wallMs?: number
}

export type BoltPosition = 'extended' | 'retracted' | 'between' | 'unknown'
export type LeafPosition = 'open' | 'closed' | 'unknown'
export type KeypadKey = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#'

/** Names the request that a reply belongs to, within one boot; the shell makes it up. */
export type RequestId = number
/** Names a hashing job that the core handed out, within one boot. */
export type JobId = number

export type TimerName =
  | 'keypadIdle'
  | 'lockouts'
  | 'setupWindow'
  | 'insidePresence'
  | 'insideHold'
  | 'factoryReset'
  | 'drive'
  | 'autoRelock'
  | 'passage'
  | 'alarms'
  | 'operatingMode'
  | 'messagesRefused'
  | 'timeFloor'
  | 'storage'
  | 'enrolment'

/** Everything that can happen to a lock. */
export type Input =
  | {
      /** A question that was sealed to this lock. */
      readonly type: 'ask'
      readonly requestId: RequestId
      readonly nonce: Uint8Array
      readonly replyTo: Uint8Array
      readonly credentialId?: Uint8Array
      readonly invitationId?: Uint8Array
    }
  | {
      /** A signed command that was sealed to this lock; nothing about it is checked yet. */
      readonly type: 'signed'
      readonly requestId: RequestId
      readonly command: Uint8Array
      readonly proof: Proof
    }
  /** Bytes that were no request to this lock; counted, never answered with more than a word. */
  | { readonly type: 'unreadable'; readonly reason: 'unsealable' | 'malformed' }
  /** The link has refused what came over it, and hung up; counted. */
  | { readonly type: 'linkRefused'; readonly reason: 'badProof' | 'malformed' | 'badNewestPolicy' }
  | { readonly type: 'key'; readonly key: KeypadKey }
  /** The slow hash of a keypad entry is ready. */
  | { readonly type: 'pinHashed'; readonly job: JobId; readonly tag: Uint8Array }
  /** The slow hashes of the codes of a policy change are ready, in the order of the job. */
  | { readonly type: 'pinsHashed'; readonly job: JobId; readonly tags: readonly Uint8Array[] }
  /** A hash that was asked for will not come: the hasher had no memory, or its worker died. */
  | { readonly type: 'hashFailed'; readonly job: JobId }
  | {
      /** A reader at the door has matched a finger or a face, or has seen one that it does not know. */
      readonly type: 'biometric'
      readonly credentialType: BiometricType
      /** Of the policy; absent for one that is nobody's. */
      readonly credentialId?: Uint8Array
    }
  | ({
      /** How far the reader is with what it was told to learn. */
      readonly type: 'enrolment'
      readonly credentialId: Uint8Array
    } & EnrolmentNews)
  | {
      /** The hub has vouched, for this lock and just now, which version is the newest it knows. */
      readonly type: 'newestPolicy'
      readonly version: number
    }
  | {
      /** A command of a Matter controller that passed Matter's own access control. */
      readonly type: 'matter'
      readonly requestId: RequestId
      readonly fabricIndex: number
      readonly command: MatterCommand
      /** 32 fresh random bytes: ids of what the command may create. */
      readonly random: Uint8Array
    }
  /** A fabric was removed from the Matter node. */
  | { readonly type: 'matterFabricRemoved'; readonly fabricIndex: number }
  | { readonly type: 'boltMoved'; readonly position: BoltPosition }
  /** The motor gave up: it met resistance, ran its full time without the sensor, or had no power. */
  | { readonly type: 'driveStalled'; readonly reason: 'blocked' | 'noConfirmation' | 'noPower' }
  /** The latch is held back, or has been let go. */
  | { readonly type: 'latchMoved'; readonly pulled: boolean }
  | { readonly type: 'leafMoved'; readonly position: LeafPosition }
  | {
      readonly type: 'insideButton'
      /** 16 fresh random bytes: becomes the setup code of a lock without owner. */
      readonly random: Uint8Array
    }
  /** The button was let go. One that never is has been held for ever. */
  | { readonly type: 'insideButtonReleased' }
  | { readonly type: 'tamper'; readonly removed: boolean }
  /** How much the store can still take, and what of the journal others hold. */
  | ({ readonly type: 'storage' } & StorageReading)
  /** A field is absent when the hardware cannot tell. */
  | ({ readonly type: 'power' } & PowerReading)
  /** Whether a hub, or whatever else the lock reports to, can be reached; told once there is a link at all. */
  | { readonly type: 'link'; readonly up: boolean }
  | { readonly type: 'timer'; readonly name: TimerName }

export type EnrolmentNews =
  /** It has taken the finger or face `captured` times, of `needed`. */
  | { readonly step: 'captured'; readonly captured: number; readonly needed: number }
  /** The template is kept, and survives a power cut. */
  | { readonly step: 'enrolled' }
  | {
      readonly step: 'failed'
      readonly reason: 'alreadyEnrolled' | 'captureFailed' | 'readerFull'
    }

export interface StorageReading {
  /**
   * What the store holds back for when there is no room. `exhausted`: a write has just failed for lack
   * of it, and is tried again together with what follows from this; or the next one would.
   */
  readonly reserve: 'whole' | 'growing' | 'spent' | 'exhausted'
  /** Around the store; absent where it cannot be told. */
  readonly freeBytes?: number
  /** A hub holds everything up to here. */
  readonly acknowledgedSequence: number
  /** Hash of that entry; absent where what follows it was removed before. */
  readonly acknowledgedHash?: Uint8Array
}

/** Absent: the hardware cannot tell, which is no alarm. */
export interface PowerReading {
  readonly mainsPresent?: boolean
  /** By a gauge that counts what flows; 0 to 100, whole. */
  readonly batteryPercent?: number
  /** At rest. */
  readonly batteryMillivolts?: number
  /** While the motor, or a test as strong, draws its current. */
  readonly loadMillivolts?: number
  readonly temperatureCelsius?: number
  readonly battery?: FittedBattery
}

/** `lithium`: Li/FeS2 cells of 1.5 V; `liIon`: a rechargeable pack. */
export type Chemistry = 'alkaline' | 'lithium' | 'nimh' | 'liIon'

/** What the lock runs on, as its builder knows it. */
export interface FittedBattery {
  readonly chemistry: Chemistry
  /** In series. */
  readonly cells: number
  /** The least under load at which the motor still finishes a movement. */
  readonly motorMillivoltsMin: number
}

/** What the sensors say at the start of a boot. */
export interface Sensors extends PowerReading {
  readonly bolt: BoltPosition
  readonly leaf: LeafPosition
  readonly tamperRemoved: boolean
  /** Absent: no motor can pull the latch. */
  readonly latchPulled?: boolean
  /** What the reader at the door can learn. Absent: there is none. */
  readonly readerTypes?: readonly BiometricType[]
}
