import type { DoorSettings } from '@mortise/access'
import type { NamedFlaw } from '@mortise/keyholder'
import type { BiometricType, Delegation, HolidaySchedule, Role } from '@mortise/protocol/words'
import type {
  ChangeLine,
  PersonView,
  ShutOut,
  UseChoice,
} from '#app/state/model/access/access-view.ts'
import type { DelegationFields } from '#app/state/model/access/delegation-form.ts'
import type { EnrolForm } from '#app/state/model/access/enrol.ts'
import type { RenameForm } from '#app/state/model/access/rename.ts'
import type { PersonRules } from '#app/state/model/access/usual-rules.ts'
import type { VisitTerms } from '#app/state/model/access/visit-terms.ts'
import type { VisitPreset } from '#app/state/model/access/visit-window.ts'
import type { WeekRow } from '#app/state/model/access/week.ts'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import type { HolidayForm, RuleForm } from '#app/state/model/access/rules-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

/** The people of a lock's list as the shell read it; `inForce` only when the lock has just said so. */
export interface PeopleReading {
  readonly version: number
  readonly standing: 'inForce' | 'unconfirmed' | 'outdated'
  readonly timeZone: string
  readonly settings: DoorSettings
  readonly holidays: readonly HolidaySchedule[]
  /** Lock time of the signed report. */
  readonly reportedAtMs: number
  /** When this phone read it, where it comes from the phone's own shelf; `null` when from the hub. */
  readonly keptAtMs: number | null
  readonly yourRole: Role | null
  readonly people: readonly Person[]
  readonly invitations: readonly OpenInvitation[]
}

/** An invitation that nobody has accepted; whether its time is over is judged when it is looked at. */
export interface OpenInvitation {
  readonly id: string
  readonly userId: string
  readonly notAfterMs: number
}

/** A person of the list; when they may come is judged by the clock at the time of looking. */
export type Person = Omit<
  PersonView,
  | 'time'
  | 'week'
  | 'faceRule'
  | 'wayTrouble'
  | 'mayRemove'
  | 'mayInvite'
  | 'mayEdit'
  | 'mayAddCode'
  | 'mayEnrol'
>

/** A wish for the list, as data: the shell makes the edit of it and keeps what must stay secret. */
export type Wish =
  | {
      readonly kind: 'addVisitor'
      readonly name: string
      readonly terms: VisitTerms
    }
  /** A further code for somebody in the list; their terms stay. */
  | {
      readonly kind: 'addCode'
      readonly userId: string
      readonly who: string
      readonly duress: boolean
    }
  /** A finger or a face for somebody in the list: the reader learns it first, the list names it after. */
  | {
      readonly kind: 'enrol'
      readonly userId: string
      readonly who: string
      readonly type: BiometricType
      readonly name: string
      readonly duress: boolean
      /** Under which the reader learns it; `null` until the lock has signed that it does. */
      readonly credentialId: string | null
    }
  /** A new person, with a link to attach a phone of theirs. */
  | {
      readonly kind: 'invite'
      readonly name: string
      readonly role: Role
      readonly terms: VisitTerms
      readonly notAfterMs: number
    }
  /** A link for somebody who is in the list; `null` is the person of this phone. */
  | { readonly kind: 'inviteAgain'; readonly userId: string | null; readonly notAfterMs: number }
  /** Somebody who has no other way in goes with it. */
  | { readonly kind: 'withdraw'; readonly invitationId: string; readonly userId: string }
  | {
      readonly kind: 'changePerson'
      readonly userId: string
      readonly changes: PersonWish
    }
  | { readonly kind: 'removePerson'; readonly userId: string }
  | { readonly kind: 'removeCredential'; readonly userId: string; readonly credentialId: string }
  | {
      readonly kind: 'renameCredential'
      readonly userId: string
      readonly credentialId: string
      readonly name: string
    }
  | { readonly kind: 'changeSettings'; readonly changes: Partial<DoorSettings> }
  | { readonly kind: 'addHoliday'; readonly holiday: HolidaySchedule }
  | { readonly kind: 'removeHoliday'; readonly holiday: HolidaySchedule }

/** What is to be different about somebody; the rest stays as whoever was faster has made it. */
export interface PersonWish {
  readonly name?: string
  readonly role?: Role
  readonly enabled?: boolean
  readonly delegation?: Delegation | null
  /** As they stood in the form, and as they are to be. */
  readonly terms?: { readonly from: VisitTerms; readonly to: VisitTerms }
}

/** What a wish would do to the list that is in force. */
export interface Proposed {
  readonly version: number
  readonly wantedVersion: number
  readonly lines: readonly ChangeLine[]
  readonly shutOut: readonly ShutOut[]
  readonly insideButtonNeeded: boolean
}

export interface VisitForm {
  readonly name: string
  readonly preset: VisitPreset
  readonly customFrom: string
  readonly customUntil: string
  readonly week: readonly WeekRow[]
  /** Whether hours of the week have a first and a last day. */
  readonly spanned: boolean
  readonly spanFrom: string
  readonly spanUntil: string
  readonly use: UseChoice
  /** What is typed for how many times. */
  readonly times: string
  readonly firstUseHours: number
  readonly rules: PersonRules
  /** Problems are shown only after the first try. */
  readonly tried: boolean
}

/** The same, with what the person is to be at the door. */
export interface InviteForm extends VisitForm {
  readonly role: Role
}

/** Somebody who is in the list already. */
export interface EditForm extends InviteForm, DelegationFields {
  readonly enabled: boolean
}

export type ReviewStep =
  | { readonly kind: 'preparing' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'proving' }
  | { readonly kind: 'waiting' }
  /** Somebody is at the reader; how far it is, the lock's state says. */
  | { readonly kind: 'reader' }
  | { readonly kind: 'refused'; readonly trouble: Trouble }
  | {
      readonly kind: 'conflict'
      readonly versionInForce: number
      readonly theirs: readonly ChangeLine[]
    }

export interface ReviewState {
  readonly kind: 'review'
  readonly wish: Wish
  /** The form that the wish came from, to go back to. */
  readonly from: FormStep | null
  readonly proposed: Proposed | null
  readonly step: ReviewStep
}

export type EnrolWish = Extract<Wish, { readonly kind: 'enrol' }>

/** What is wrong with the list that it makes is told in it. */
export type FormStep =
  | { readonly kind: 'rule'; readonly form: RuleForm }
  | { readonly kind: 'holiday'; readonly form: HolidayForm }
  | { readonly kind: 'visit'; readonly form: VisitForm }
  | { readonly kind: 'invite'; readonly form: InviteForm }
  | { readonly kind: 'edit'; readonly userId: string; readonly form: EditForm }
  | {
      readonly kind: 'rename'
      readonly userId: string
      readonly credentialId: string
      readonly form: RenameForm
    }

export type AccessStep =
  | FormStep
  | { readonly kind: 'list' | 'rules' | 'holidays' }
  | {
      readonly kind: 'person'
      readonly userId: string
      /** `null` until it is worked out. */
      readonly week: readonly WeekDay[] | null
    }
  | { readonly kind: 'enrol'; readonly userId: string; readonly form: EnrolForm }
  | ReviewState
  /** In force: the reader knows it and the list names it. */
  | { readonly kind: 'enrolled'; readonly wish: EnrolWish }
  | {
      readonly kind: 'code'
      readonly code: string
      readonly who: string
      readonly terms: VisitTerms
      readonly duress: boolean
      readonly copied: boolean
    }
  | {
      readonly kind: 'link'
      readonly url: string
      readonly who: string
      readonly notAfterMs: number
      readonly copied: boolean
    }

export interface AccessState {
  /** Of which door; a reading of another door is never shown. */
  readonly lockId: string | null
  readonly reading: PeopleReading | null
  readonly readAtMs: number
  readonly loading: boolean
  readonly trouble: Trouble | null
  readonly step: AccessStep
  /** A finger that the reader learns, or has learned, while the person looks at something else. */
  readonly aside: ReviewState | null
  /** Why no lock would accept the wish of this step. */
  readonly flaw: NamedFlaw | null
}

export const emptyAccess: AccessState = {
  lockId: null,
  reading: null,
  readAtMs: 0,
  loading: false,
  trouble: null,
  step: { kind: 'list' },
  aside: null,
  flaw: null,
}
