import type { Reply } from '@mortise/protocol/wire'
import type { Usage } from '@mortise/access'
import type {
  AlarmCode,
  BiometricType,
  Binding,
  LockoutSource,
  OperatingMode,
  Verb,
} from '@mortise/protocol/words'
import type { LockUserChange, MatterAnswer } from '#core/matter/commands.ts'
import type { JobId, RequestId, TimerName } from '#core/inputs.ts'

/**
 * What must survive a power cut before any effect of the same step is performed. All writes of one
 * step are one transaction: all or none.
 */
export type Write =
  /** Appends to the journal. Sequences rise by one. */
  | { readonly type: 'entry'; readonly sequence: number; readonly bytes: Uint8Array }
  /** Replaces the policy in force. */
  | { readonly type: 'policy'; readonly policy: Uint8Array }
  | { readonly type: 'pinTag'; readonly credentialId: Uint8Array; readonly tag: Uint8Array }
  | { readonly type: 'pinTagRemoved'; readonly credentialId: Uint8Array }
  /** Replaces the list of bindings. */
  | { readonly type: 'bindings'; readonly bindings: readonly Binding[] }
  /** How often somebody whose uses are counted has opened. */
  | { readonly type: 'usage'; readonly userId: Uint8Array; readonly usage: Usage }
  | { readonly type: 'usageRemoved'; readonly userId: Uint8Array }
  /** Replaces what Matter administrators manage, encoded. */
  | { readonly type: 'matter'; readonly database: Uint8Array }
  /** Removes the journal up to that entry; its mark is an entry of the same step. */
  | { readonly type: 'entriesPruned'; readonly throughSequence: number }
  /**
   * Removes policy, bindings, tags, usages and Matter, and with the next opening the rest: journal,
   * registers and the lock's keys.
   */
  | { readonly type: 'factoryReset' }
  /** Replaces the registers: the small numbers that must never go back. */
  | { readonly type: 'registers'; readonly registers: Registers }

export interface Registers {
  readonly boots: number
  /** Lock time never falls below this. Milliseconds since 1970. */
  readonly timeFloorMs: number
  /** How far one source alone has moved lock time since two agreed. Absent: not at all. */
  readonly timeUnexplainedMs?: number
  /** Highest policy version that was ever in force; survives everything but a factory reset. */
  readonly policyVersionFloor: number
  /** Absent for a way in at which none was ever wrong. */
  readonly tries: Readonly<Partial<Record<LockoutSource, WrongTries>>>
  /** The accepted intent whose result is not written yet. */
  readonly openIntent?: { readonly sequence: number; readonly verb: Verb }
  /** Absent: `normal`. */
  readonly operatingMode?: SetMode
  /** Lock time at which an owner, manager or resident last opened. */
  readonly householdOpenedMs?: number
  /** Lock time at which the policy was put in force, or the hub last vouched that it is the newest. */
  readonly policyConfirmedMs?: number
  /** Alarms that stand, in the order in which they began. Absent: none ever did. */
  readonly standingAlarms?: readonly AlarmCode[]
  /** How fast this household uses up a battery, encoded by `battery/memory.ts`. */
  readonly battery?: readonly number[]
  /** The entry after which the journal has lost some that nobody else has. */
  readonly journalLoss?: JournalLoss
}

/** Where a hub's copy ended when entries after it had to go unheard. */
export interface JournalLoss {
  readonly after: number
  /** Of the entry `after`. */
  readonly hash: Uint8Array
}

/** Guesses at one way in. */
export interface WrongTries {
  /** Since the last lockout, the last right one that forgives, or a quiet hour. */
  readonly wrongCodes: number
  /** In a row; each doubles the next, and each quiet hour takes one back. */
  readonly lockouts: number
  /** Lock time; 0 when it is not locked. */
  readonly lockedUntilMs: number
}

/** A mode that somebody has set. */
export interface SetMode {
  readonly mode: OperatingMode
  /** Lock time at which it ends by itself. */
  readonly untilMs?: number
}

/** What the keypad shows and sounds. */
export type Signal =
  | { readonly type: 'ready' }
  | { readonly type: 'digit'; readonly digits: number }
  | { readonly type: 'cleared' }
  | { readonly type: 'checking' }
  | { readonly type: 'granted'; readonly verb: Verb }
  /** Good, and one more credential of the same person is needed. */
  | { readonly type: 'oneMore' }
  | { readonly type: 'refused'; readonly reason: SignalReason }
  | { readonly type: 'lockedOut'; readonly remainingMs: number }

/**
 * Why nothing opened, for whoever stands at the door. Strangers learn `wrongCode`, or `notKnown` at a
 * reader; the rest is told to somebody who is known.
 */
export type SignalReason =
  | 'wrongCode'
  | 'notKnown'
  | 'notNow'
  | 'notYet'
  | 'ended'
  | 'usedUp'
  | 'suspended'
  | 'needsFreshPolicy'
  | 'timeUnknown'
  | 'keypadOff'
  | 'notClaimed'
  | 'tooLong'
  | 'doorTrouble'
  | 'doorOpen'
  | 'powerTooLow'

/** What the shell does after the writes of the step are durable, in this order. */
export type Effect =
  /** The only thing that moves the bolt. `intent` is the sequence of the journal entry that allows it. */
  | { readonly type: 'drive'; readonly direction: 'extend' | 'retract'; readonly intent: number }
  /**
   * Holds the latch back for that long, after which it lets go by itself. `entry` is the sequence of
   * the journal entry that tells of it.
   */
  | { readonly type: 'pullLatch'; readonly holdMs: number; readonly entry: number }
  /** To be encoded, signed with the lock's identity and sealed to `replyTo`. */
  | {
      readonly type: 'reply'
      readonly requestId: RequestId
      readonly replyTo: Uint8Array
      readonly reply: Reply
    }
  /** There is nobody to seal a reply to. */
  | {
      readonly type: 'undeliverable'
      readonly requestId: RequestId
      readonly reason: 'malformed' | 'busy'
    }
  /** One slow, peppered hash; answered by the input `pinHashed` or `hashFailed`. Never logged. */
  | { readonly type: 'hashPin'; readonly job: JobId; readonly pin: string }
  /** Answered by the input `pinsHashed`, same order, or `hashFailed`. */
  | { readonly type: 'hashPins'; readonly job: JobId; readonly pins: readonly string[] }
  /** Replaces a timer of the same name; answered by the input `timer`. */
  | { readonly type: 'setTimer'; readonly name: TimerName; readonly atMonotonicMs: number }
  | { readonly type: 'cancelTimer'; readonly name: TimerName }
  | { readonly type: 'signal'; readonly signal: Signal }
  /** Has the reader learn what is shown to it next; answered by inputs `enrolment`. */
  | {
      readonly type: 'enrol'
      readonly credentialId: Uint8Array
      readonly credentialType: BiometricType
    }
  /** The reader deletes every template but these, and ends the learning of any other. */
  | { readonly type: 'keepTemplates'; readonly credentialIds: readonly Uint8Array[] }
  /** Answered by the input `storage`. */
  | { readonly type: 'readStorage' }
  /** The answer to a Matter command. */
  | { readonly type: 'matterResult'; readonly requestId: number; readonly answer: MatterAnswer }
  /** For Matter's LockUserChange event. */
  | {
      readonly type: 'matterUserChanged'
      readonly change: LockUserChange
      readonly fabricIndex: number
    }
  | {
      /** On the inside display only, with the claim text around it. */
      readonly type: 'showSetupCode'
      readonly setupCode: Uint8Array
      readonly untilMonotonicMs: number
    }
  | { readonly type: 'hideSetupCode' }
  /** The inside button counts as pressed until then. */
  | { readonly type: 'showInsidePresence'; readonly untilMonotonicMs: number }
  | { readonly type: 'hideInsidePresence' }
  /**
   * On the inside display. `offered`: pressed until then, the button asks for a reset. `waiting`:
   * everybody's access ends then; held long, the button stops it.
   */
  | {
      readonly type: 'showFactoryReset'
      readonly stage: 'offered' | 'waiting'
      readonly untilMonotonicMs: number
    }
  | { readonly type: 'hideFactoryReset' }
  /** This lock's life is over: tell whom it may concern, then start again with keys of its own. */
  | { readonly type: 'startAnew' }
  /** The state that others see differs from before: sign it and publish it. */
  | { readonly type: 'publishState' }
  /** The policy in force or the bindings differ: sign a report and publish it. */
  | { readonly type: 'publishPolicy' }
