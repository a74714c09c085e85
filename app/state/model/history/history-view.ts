import type { HistoryFaultCode, RemovedBecause } from '@mortise/keyholder'
import type {
  AlarmCode,
  Attempt,
  CredentialType,
  DoorState,
  EventType,
  LockState,
  OperatingMode,
  OperationSource,
  Outcome,
  Reason,
  Verb,
} from '@mortise/protocol/words'

/** One thing that happened, as told to people: an intent and its result are one line. */
export interface EventLine {
  readonly sequence: number
  readonly timeMs: number
  readonly type: EventType
  readonly who: string | null
  readonly source: OperationSource | null
  readonly credentialType: CredentialType | null
  readonly verb: Verb | null
  readonly attempt: Attempt | null
  /** `null` for an operation whose end is not in the journal (yet). */
  readonly outcome: Outcome | null
  readonly reason: Reason | null
  readonly alarmCode: AlarmCode | null
  readonly lockState: LockState | null
  readonly doorState: DoorState | null
  readonly count: number | null
  readonly untilMs: number | null
  readonly policyVersion: number | null
  readonly mainsPresent: boolean | null
  readonly batteryPercent: number | null
  readonly operatingMode: OperatingMode | null
  /** The person was forced. Never true on the phone of that very person. */
  readonly duress: boolean
}

export type EventTone = 'calm' | 'opened' | 'refused' | 'alarm' | 'quiet'

export type HistoryItem =
  | { readonly kind: 'day'; readonly key: string; readonly dayMs: number }
  | {
      readonly kind: 'event'
      readonly key: string
      readonly line: EventLine
      readonly tone: EventTone
      /** False: entries are missing between it and what the lock signed, so it may be made up. */
      readonly sure: boolean
    }
  | {
      readonly kind: 'gap'
      readonly key: string
      readonly fromSequence: number
      readonly toSequence: number
      /** Above the newest: the lock has them, and they have not reached the hub. */
      readonly atEnd: boolean
      /** Why the lock itself does not keep them; null: it has not said so. */
      readonly removed: RemovedBecause | null
    }
  | { readonly kind: 'broken'; readonly key: string; readonly sequence: number }

export type BrokenWhy = HistoryFaultCode

export type HistoryCheck =
  | { readonly kind: 'none' }
  | { readonly kind: 'checking'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'verified'
      readonly entries: number
      readonly fromSequence: number
      readonly toSequence: number
      /** Continues the newest head that this phone saw, or is the first one that it sees. */
      readonly continuity:
        | { readonly kind: 'continues'; readonly sequence: number }
        | { readonly kind: 'first' }
    }
  | {
      readonly kind: 'gap'
      readonly missing: number
      readonly entries: number
      /** Also what stands below the gap is shown to be the lock's. */
      readonly proven: boolean
    }
  | { readonly kind: 'broken'; readonly why: BrokenWhy; readonly sequence: number | null }
  | { readonly kind: 'offline' }

export type HistoryKind = 'all' | 'comings' | 'refusals' | 'alarms' | 'changes'

export interface HistoryView {
  readonly doorName: string
  readonly items: readonly HistoryItem[]
  readonly check: HistoryCheck
  readonly kind: HistoryKind
  /** `null`: everybody. */
  readonly who: string | null
  readonly people: readonly string[]
  readonly loading: boolean
  readonly more: boolean
  /** The hub is away, and this phone read what is shown then; `null`: from the hub. */
  readonly keptAtMs: number | null
  readonly nowMs: number
  readonly checkOpen: boolean
}

export interface HistoryCallbacks {
  readonly onKind: (kind: HistoryKind) => void
  readonly onWho: (who: string | null) => void
  readonly onMore: () => void
  readonly onOpenCheck: () => void
  readonly onCloseCheck: () => void
  readonly onCheckAgain: () => void
}
