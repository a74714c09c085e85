import type { OwnMoment } from '@mortise/keyholder'
import type {
  AlarmCode,
  CredentialType,
  OperationSource,
  OwnAccess,
  Verb,
} from '@mortise/protocol/words'
import type { AccessTime } from '#app/state/model/access-span.ts'
import type { BatteryView } from '#app/state/model/door/battery.ts'
import type { BoltPicture } from '#app/state/model/door/bolt-picture.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type { Knowledge } from '#app/state/model/door/sighting.ts'
import type { DoorMode } from '#app/state/model/mode/mode-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

/** What is said in one or two words, largest on the screen. */
export type DoorHeadline =
  | 'asking'
  | 'locked'
  | 'unlocked'
  | 'open'
  | 'openAndThrown'
  | 'forced'
  | 'jammed'
  | 'between'
  | 'unknown'
  | 'proving'
  | 'locking'
  | 'unlocking'
  | 'selfMoving'

/** Why the door's state is not known. */
export type UnknownWhy =
  | 'neverSeen'
  | 'tooOld'
  | 'lockAway'
  | 'hubAway'
  | 'offline'
  | 'sensor'
  /** The lock has other keys by now: nobody who knew it before can ask it anything. */
  | 'wasReset'

export type DoorNotice =
  | { readonly kind: 'trouble'; readonly trouble: Trouble }
  | {
      readonly kind: 'alarm'
      readonly alarm: AlarmCode
      /** `null` while the history that is here does not tell. */
      readonly sinceMs: number | null
    }
  /** Told to the others, never to the person who was forced. */
  | { readonly kind: 'duress'; readonly who: string | null; readonly atMs: number }
  | { readonly kind: 'keypadLocked'; readonly untilMs: number; readonly leftMs: number }
  | {
      readonly kind: 'battery'
      readonly alarm: 'batteryLow' | 'batteryCritical'
      readonly battery: BatteryView | null
    }
  | { readonly kind: 'mainsLost'; readonly percent: number | null }
  | { readonly kind: 'timeUncertain' }
  | { readonly kind: 'autoRelock'; readonly leftMs: number }
  /** Somebody inside has asked; `mayStop` for an owner. */
  | { readonly kind: 'resetWaits'; readonly atMs: number; readonly mayStop: boolean }
  /** What was seen of this lock is the past of another one by now. */
  | { readonly kind: 'wasReset'; readonly atMs: number }

export interface Visit {
  /** `null` where nobody can be named: a thumbturn, the lock itself. */
  readonly who: string | null
  readonly verb: Verb
  readonly source: OperationSource | null
  readonly credentialType: CredentialType | null
  readonly atMs: number
}

export interface DoorChoice {
  readonly lockId: string
  readonly name: string
  readonly paint: Paint
  readonly here: boolean
}

export interface DoorRefusal {
  readonly verb: Verb | 'stopReset'
  readonly trouble: Trouble
}

export interface DoorView {
  readonly lockId: string
  readonly name: string
  readonly paint: Paint
  readonly doors: readonly DoorChoice[]
  readonly knowledge: Knowledge
  readonly headline: DoorHeadline
  readonly bolt: BoltPicture
  /** Age of the newest signed answer; `null` when there never was one. */
  readonly ageMs: number | null
  readonly seenAtMs: number | null
  /** What the last answer said, for "last seen locked". */
  readonly lastHeadline: DoorHeadline | null
  readonly unknownWhy: UnknownWhy | null
  readonly asking: boolean
  /** What can be asked of the bolt now: none while the lock is out of reach, both when it is between. */
  readonly verbs: readonly Verb[]
  readonly busy: boolean
  readonly refusal: DoorRefusal | null
  readonly notices: readonly DoorNotice[]
  /** Beside a door that needs nothing of anybody. */
  readonly battery: BatteryView | null
  /** `null` while it is not known. */
  readonly mode: DoorMode | null
  /**
   * `nobody`: the whole history is there and nobody moved the bolt. `unread`: nothing is there.
   * `unsaid`: what is there does not tell who came last.
   */
  readonly lastVisit: Visit | 'nobody' | 'unread' | 'unsaid'
  /** What a guest sees in the place of who came last: their own time. */
  readonly ownTime: AccessTime | null
  /** Hours and counts that limit this person, and whether the door opens for them now. */
  readonly ownHours: { readonly access: OwnAccess; readonly moment: OwnMoment } | null
  readonly nowMs: number
}

export interface DoorCallbacks {
  readonly onVerb: (verb: Verb) => void
  readonly onAskAgain: () => void
  readonly onOpenMode: () => void
  readonly onDismissRefusal: () => void
  readonly onStopReset: () => void
  readonly onOpenDoors: () => void
  readonly onChooseDoor: (lockId: string) => void
  readonly onAddDoor: () => void
  readonly onOpenHistory: () => void
}
