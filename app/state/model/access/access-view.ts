import type { DoorSetting, DoorSettings } from '@mortise/access'
import type { NamedFlaw } from '@mortise/keyholder'
import type {
  CredentialType,
  Delegation,
  FaceRule,
  HolidaySchedule,
  Role,
  Verb,
} from '@mortise/protocol/words'
import type { AccessTime } from '#app/state/model/access-span.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type {
  EnrolCallbacks,
  EnrolFormView,
  ReaderNote,
  ReaderView,
} from '#app/state/model/access/enrol.ts'
import type {
  DelegationFields,
  DelegationProblem,
} from '#app/state/model/access/delegation-form.ts'
import type { WayTrouble } from '#app/state/model/access/person-rules.ts'
import type { RenameCallbacks, RenameFormView } from '#app/state/model/access/rename.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import type { RulesFieldsView } from '#app/state/model/access/person-rules-view.ts'
import type { PersonTerms, VisitTerms } from '#app/state/model/access/visit-terms.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import type { WeekProblem, WeekRow } from '#app/state/model/access/week.ts'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import type { RulesCallbacks, RulesSheet, RulesView } from '#app/state/model/access/rules-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

/** What people call a credential: the PIN of an assistant is said to it, and is no code for the keypad. */
export type CredentialKind = CredentialType | 'voicePin'

export interface CredentialView {
  readonly id: string
  readonly type: CredentialType
  /** What the person calls the phone; `null` for codes. */
  readonly name: string | null
  readonly createdAtMs: number
  /** The credential that this phone proves itself with. */
  readonly here: boolean
  /** The lock attached it itself, by a link: it has the name that came with it. */
  readonly attached?: true
  /** Opens as if nothing were wrong, and tells the owners. */
  readonly duress: boolean
}

export interface PersonView {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly isYou: boolean
  readonly disabled: boolean
  readonly verbs: readonly Verb[]
  readonly time: AccessTime
  readonly terms: PersonTerms
  /** The coming days as the lock will judge them; `null` while they are not known. */
  readonly week: readonly WeekDay[] | null
  readonly credentials: readonly CredentialView[]
  /** What a manager may give; `null` is no limit but their own rights. */
  readonly delegation: Delegation | null
  /** What holds for faces at this door, where they have one. */
  readonly faceRule: FaceRule | null
  /** What keeps them out with every way in that they have. */
  readonly wayTrouble: WayTrouble | null
  readonly mayRemove: boolean
  readonly mayEdit: boolean
  readonly mayAddCode: boolean
  /** Whether the reader may learn a finger or a face for this person. */
  readonly mayEnrol: boolean
  /** Whether this person may be given a link for a phone. */
  readonly mayInvite: boolean
}

/** A link that nobody has used yet. */
export interface InvitationRow {
  readonly id: string
  readonly userId: string
  readonly who: string
  readonly role: Role
  readonly notAfterMs: number
  readonly over: boolean
  readonly mayWithdraw: boolean
}

/** The list's standing: what the lock enforces, beside what somebody wants. */
export type PolicyStanding =
  | { readonly kind: 'reading' }
  | { readonly kind: 'inForce'; readonly version: number; readonly confirmedAtMs: number }
  | {
      readonly kind: 'waiting'
      readonly version: number
      readonly wantedVersion: number
    }
  /** The lock cannot be asked: this is the last list that it signed. */
  | { readonly kind: 'old'; readonly version: number; readonly confirmedAtMs: number }
  /** The hub is away: this phone read the list before, and has checked the lock's signature again. */
  | {
      readonly kind: 'kept'
      readonly version: number
      readonly readAtMs: number
      /** The lock has signed a newer one before this phone's eyes. */
      readonly outdated: boolean
    }
  | { readonly kind: 'never'; readonly trouble: Trouble | null }

/** What a change does, computed from the two documents and not from the form. */
export type ChangeLine =
  | {
      readonly kind: 'gains'
      readonly who: string
      readonly verbs: readonly Verb[]
      readonly credential: CredentialKind | null
      /** What it is called; `null` for codes. */
      readonly name: string | null
      readonly duress: boolean
      readonly terms: PersonTerms
    }
  | {
      readonly kind: 'loses'
      readonly who: string
      readonly credentials: readonly CredentialKind[]
      readonly isYou: boolean
    }
  | {
      readonly kind: 'losesCredential'
      readonly who: string
      readonly credential: CredentialKind
      readonly name: string | null
    }
  | {
      readonly kind: 'setting'
      readonly setting: DoorSetting
      readonly before: DoorSettings
      readonly after: DoorSettings
    }
  | { readonly kind: 'holiday'; readonly added: boolean; readonly holiday: HolidaySchedule }
  /** Where the app may be used from. */
  | { readonly kind: 'addresses' }
  /** A way in that stays, under another name. */
  | {
      readonly kind: 'renames'
      readonly who: string
      readonly credential: CredentialType
      readonly before: string
      readonly name: string
    }
  /** A link for somebody, or the end of one. */
  | { readonly kind: 'invites'; readonly who: string; readonly untilMs: number }
  | { readonly kind: 'uninvites'; readonly who: string }
  | {
      readonly kind: 'changesPerson'
      readonly who: string
      /** Whether the person can do more, or less, than before; both when their time moves. */
      readonly gains: boolean
      readonly loses: boolean
      readonly parts: readonly PersonChange[]
    }

/** What is different about somebody who stays in the list. */
export type PersonChange =
  | { readonly kind: 'name'; readonly before: string }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'switched'; readonly on: boolean }
  | { readonly kind: 'terms'; readonly terms: PersonTerms; readonly before: PersonTerms }
  | { readonly kind: 'verbs'; readonly verbs: readonly Verb[] }
  | { readonly kind: 'delegation'; readonly delegation: Delegation | null }
  | { readonly kind: 'otherRules' }

export type ReviewPhase =
  | { readonly kind: 'preparing' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'proving' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  /** Somebody else changed the list meanwhile; the same change can be made on top of it. */
  | {
      readonly kind: 'conflict'
      readonly versionInForce: number
      readonly theirs: readonly ChangeLine[]
    }

export interface ReviewView {
  readonly version: number
  readonly wantedVersion: number
  readonly lines: readonly ChangeLine[]
  /** The lock will want somebody to have pressed the button on the inside. */
  readonly insideButtonNeeded: boolean
  /** What signing begins, where it does not put the change in force yet. */
  readonly begins: 'reader' | null
  readonly phase: ReviewPhase
  /** Why no lock would accept it. */
  readonly flaw: NamedFlaw | null
  /** People whom the change leaves without a way to open. */
  readonly shutOut: readonly ShutOut[]
  /** Whether a form leads here, to which one can go back. */
  readonly mayGoBack: boolean
}

/** Somebody with ways in, none of which would open. */
export interface ShutOut {
  readonly who: string
  readonly trouble: WayTrouble
}

export interface VisitFormView {
  readonly name: string
  readonly preset: VisitPreset
  readonly presets: readonly PresetOption[]
  /** For the fields of the browser: `2026-10-25T02:30` in the door's time zone. */
  readonly customFrom: string
  readonly customUntil: string
  readonly week: readonly WeekRow[]
  /** Whether hours of the week have a first and a last day. */
  readonly spanned: boolean
  readonly spanFrom: string
  readonly spanUntil: string
  /** What bounds a manager in giving; `null` for owners. */
  readonly bounds: GivingBounds | null
  readonly use: UseChoice
  readonly uses: readonly UseChoice[]
  readonly times: string
  readonly firstUseHours: number
  readonly firstUseOptions: readonly number[]
  readonly rules: RulesFieldsView
  /** What the choice means; `null` while it means nothing. */
  readonly meaning: VisitTerms | null
  readonly problem: VisitProblem | null
  readonly flaw: NamedFlaw | null
  readonly timeZone: string
  readonly zoneDiffers: boolean
}

/** What a manager may not give. */
export type BeyondManager = 'endNeeded' | 'stayTooLong' | 'guestsFull' | 'beyondYou'

export type VisitProblem =
  | 'nameMissing'
  | 'nameTooLong'
  | 'nameTaken'
  | 'endBeforeStart'
  | 'endInPast'
  | 'timeMissing'
  | 'timesMissing'
  | 'scopeHours'
  | BeyondManager
  | DelegationProblem
  | WeekProblem

/** A manager gives what they have, with an end, and within what the owners have set. */
export interface GivingBounds {
  readonly delegation: Delegation | null
  readonly guests: number
}

export interface PresetOption {
  readonly value: VisitPreset
  readonly allowed: boolean
}

export interface InviteFormView extends VisitFormView {
  readonly role: Role
  /** What this person may invite somebody as. */
  readonly roles: readonly Role[]
}

export interface EditFormView extends InviteFormView, DelegationFields {
  readonly enabled: boolean
  /** Nobody takes their own access away by a slip of the thumb. */
  readonly nameOnly: boolean
  /** Whether this person comes at certain times, or may be given such times. */
  readonly timed: boolean
}

export interface EditFormChange extends InviteFormChange, Partial<DelegationFields> {
  readonly enabled?: boolean
}

export interface InviteFormChange extends VisitFormChange {
  readonly role?: Role
}

export type AccessSheet =
  | RulesSheet
  | { readonly kind: 'person'; readonly person: PersonView; readonly zoneDiffers: boolean }
  | { readonly kind: 'visit'; readonly form: VisitFormView }
  | { readonly kind: 'invite'; readonly form: InviteFormView }
  | { readonly kind: 'edit'; readonly who: string; readonly form: EditFormView }
  | {
      readonly kind: 'link'
      readonly url: string
      readonly who: string
      readonly doorName: string
      readonly notAfterMs: number
      readonly copied: boolean
      readonly canShare: boolean
    }
  | { readonly kind: 'enrol'; readonly form: EnrolFormView }
  | { readonly kind: 'rename'; readonly form: RenameFormView }
  | { readonly kind: 'reader'; readonly reader: ReaderView }
  | { readonly kind: 'enrolled'; readonly reader: ReaderView; readonly userId: string }
  | { readonly kind: 'review'; readonly review: ReviewView; readonly purpose: 'add' | 'remove' }
  | {
      readonly kind: 'code'
      readonly code: string
      readonly who: string
      readonly doorName: string
      readonly terms: VisitTerms
      readonly duress: boolean
      readonly copied: boolean
      readonly canShare: boolean
    }

export interface AccessView {
  readonly doorName: string
  readonly paint: Paint
  readonly standing: PolicyStanding
  readonly household: readonly PersonView[]
  readonly visitors: readonly PersonView[]
  readonly invitations: readonly InvitationRow[]
  readonly mayAdd: boolean
  /** `null` until the list was read. */
  readonly rules: RulesView | null
  /** What the reader at the door learns right now. */
  readonly reader: ReaderNote | null
  readonly nowMs: number
  readonly sheet: AccessSheet | null
}

export interface AccessCallbacks extends RulesCallbacks, EnrolCallbacks, RenameCallbacks {
  readonly onOpenPerson: (userId: string) => void
  readonly onAddVisitor: () => void
  readonly onInvite: () => void
  readonly onInviteForm: (change: InviteFormChange) => void
  readonly onReviewInvite: () => void
  readonly onInviteAgain: (userId: string) => void
  readonly onWithdraw: (invitationId: string, userId: string) => void
  readonly onEdit: (userId: string) => void
  readonly onAddCode: (userId: string, duress: boolean) => void
  readonly onEditForm: (change: EditFormChange) => void
  readonly onReviewEdit: () => void
  readonly onBackToForm: () => void
  readonly onCopyLink: () => void
  readonly onShareLink: (text: string) => void
  readonly onCloseSheet: () => void
  readonly onVisitForm: (change: VisitFormChange) => void
  readonly onReviewVisit: () => void
  readonly onRemovePerson: (userId: string) => void
  readonly onRemoveCredential: (userId: string, credentialId: string) => void
  readonly onSign: () => void
  readonly onRebase: () => void
  readonly onCopyCode: () => void
  readonly onShareCode: () => void
  readonly onReadAgain: () => void
}

export interface VisitFormChange {
  readonly name?: string
  readonly preset?: VisitPreset
  readonly customFrom?: string
  readonly customUntil?: string
  readonly week?: readonly WeekRow[]
  readonly spanned?: boolean
  readonly spanFrom?: string
  readonly spanUntil?: string
  readonly use?: UseChoice
  readonly times?: string
  readonly firstUseHours?: number
  readonly rules?: PersonRules
}

/** How often somebody may come. */
export type UseChoice = 'any' | 'once' | 'times' | 'firstUse'
