import type { OwnHours } from '#app/state/model/door/own-hours.ts'
import type { DoorSetting } from '@mortise/access'
import type { HistoryEntry, HistoryReport, NamedFlaw, Sighting } from '@mortise/keyholder'
import type { BiometricType, HolidaySchedule, OperatingMode, Verb } from '@mortise/protocol/words'
import type { PeopleReading, Proposed } from '#app/state/model/access/access-state.ts'
import type {
  ChangeLine,
  EditFormChange,
  InviteFormChange,
  VisitFormChange,
} from '#app/state/model/access/access-view.ts'
import type { EnrolFormChange } from '#app/state/model/access/enrol.ts'
import type { Door, Place, Tab, Taste } from '#app/state/app/app-state.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import type { HistoryKind } from '#app/state/model/history/history-view.ts'
import type { InvitationLook } from '#app/state/model/invitation/invitation-state.ts'
import type {
  PasskeyView,
  SessionView,
  ThemeChoice,
} from '#app/state/model/session/settings-view.ts'
import type { Lasting } from '#app/state/model/mode/mode-lasting.ts'
import type { HolidayFormChange, RuleFormChange } from '#app/state/model/access/rules-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { WizardProgress } from '#app/state/model/wizard/wizard-state.ts'

/** A door as the hub and the phone's memory tell of it, before the lock is asked. */
export type DoorFound = Pick<
  Door,
  | 'lockId'
  | 'name'
  | 'linked'
  | 'role'
  | 'ownUserId'
  | 'ownTime'
  | 'metBy'
  | 'safetyCode'
  | 'trouble'
>

/** Everything that can happen, with what comes along; names are the past tense of what was done. */
export interface Actions {
  // The program itself
  began: {
    readonly place: Place
    readonly taste: Taste
    readonly setupToken: string | null
    /** The fragment of an invitation that was opened, whole or not. */
    readonly invitation: string | null
    readonly progress: WizardProgress | null
    readonly online: boolean
    readonly canShare: boolean
    readonly canScan: boolean
    /** What this phone remembers, to be read without a network. */
    readonly remembered: readonly (DoorFound & { readonly sighting: Sighting | null })[]
    readonly tab: Tab
    readonly nowMs: number
  }
  /** Not even the address of the hub is known, or nothing can be stored. */
  startFailed: { readonly trouble: Trouble }
  ticked: { readonly nowMs: number }
  onlineChanged: { readonly online: boolean }
  visibilityChanged: { readonly visible: boolean; readonly nowMs: number }
  tabChosen: { readonly tab: Tab }
  retryPressed: {}
  newVersionFound: {}
  newVersionUsed: {}
  newVersionPutOff: {}
  // The hub
  sessionRead: {
    readonly name: string
    readonly doors: readonly DoorFound[]
    /** This phone has spoken with a lock before, so somebody without a door has lost one. */
    readonly knewDoors: boolean
    /** When the hub was asked: of a lock that was claimed later it says nothing. */
    readonly begunAtMs: number
  }
  sessionFailed: { readonly trouble: Trouble }
  liveOpened: {}
  liveLost: {}
  doorsChanged: {}
  /** The hub of the setup link has an account already, so no link leads to a first one. */
  setupFoundOver: {}
  /** The link of a hub that waits for its first account is used, wrong or too old. */
  setupLinkFoundSpent: {}
  /** From a setup link that leads nowhere any more. */
  signInInsteadPressed: {}
  signInPressed: {}
  signInFailed: { readonly trouble: Trouble }
  signedOut: {}
  // A door
  doorChosen: { readonly lockId: string }
  addDoorPressed: {}
  askPressed: {}
  asked: {
    readonly lockId: string
    readonly sighting: Sighting
    readonly ownHours: OwnHours | null
  }
  askFailed: { readonly lockId: string; readonly trouble: Trouble }
  verbPressed: { readonly verb: Verb }
  proven: { readonly lockId: string }
  operated: { readonly lockId: string; readonly verb: Verb; readonly sighting: Sighting }
  operateFailed: {
    readonly lockId: string
    readonly verb: Verb
    readonly trouble: Trouble
    /** The lock's own newest state came with its refusal. */
    readonly sighting: Sighting | null
  }
  refusalDismissed: {}
  stopResetPressed: {}
  resetStopped: { readonly lockId: string; readonly sighting: Sighting }
  stopResetFailed: {
    readonly lockId: string
    readonly trouble: Trouble
    readonly sighting: Sighting | null
  }
  stateArrived: { readonly lockId: string; readonly sighting: Sighting }
  presenceArrived: { readonly lockId: string; readonly linked: boolean }
  // The door's mode
  modeOpened: {}
  modeClosed: {}
  modeChosen: { readonly mode: OperatingMode }
  modeLastingChosen: { readonly lasting: Lasting }
  modeSetPressed: {}
  modeProven: { readonly lockId: string }
  modeSet: { readonly lockId: string; readonly sighting: Sighting }
  modeFailed: {
    readonly lockId: string
    readonly trouble: Trouble
    readonly sighting: Sighting | null
  }
  // The list of people
  readPeoplePressed: {}
  listChanged: { readonly lockId: string }
  peopleRead: {
    readonly lockId: string
    readonly reading: PeopleReading
    readonly nowMs: number
  }
  peopleFailed: { readonly lockId: string; readonly trouble: Trouble }
  personOpened: { readonly userId: string }
  weekRead: {
    readonly lockId: string
    readonly userId: string
    readonly week: readonly WeekDay[]
  }
  addVisitorPressed: {}
  visitFormChanged: { readonly change: VisitFormChange }
  reviewPressed: {}
  addCodePressed: { readonly userId: string; readonly duress: boolean }
  editPressed: { readonly userId: string }
  editFormChanged: { readonly change: EditFormChange }
  editReviewPressed: {}
  removePersonPressed: { readonly userId: string }
  removeCredentialPressed: { readonly userId: string; readonly credentialId: string }
  renamePressed: { readonly userId: string; readonly credentialId: string }
  renameFormChanged: { readonly name: string }
  renameReviewPressed: {}
  proposed: { readonly lockId: string; readonly proposed: Proposed }
  /** The wish makes a list that no lock accepts. */
  unfitFound: { readonly lockId: string; readonly flaw: NamedFlaw }
  signPressed: {}
  changeProven: { readonly lockId: string }
  committed: {
    readonly lockId: string
    readonly version: number
    readonly code: string | null
    readonly link: string | null
  }
  changeFailed: { readonly lockId: string; readonly trouble: Trouble }
  conflictFound: {
    readonly lockId: string
    readonly proposed: Proposed
    readonly theirs: readonly ChangeLine[]
  }
  rebasePressed: {}
  backToFormPressed: {}
  accessSheetClosed: {}
  // A finger or a face
  enrolPressed: { readonly userId: string; readonly credentialType: BiometricType }
  enrolFormChanged: { readonly change: EnrolFormChange }
  enrolReviewPressed: {}
  /** The lock has signed that its reader learns. */
  enrolBegan: {
    readonly lockId: string
    readonly credentialId: string
    readonly sighting: Sighting
  }
  enrolAgainPressed: {}
  enrolStopPressed: {}
  enrolResumePressed: {}
  // The rules of the door itself
  rulesOpened: {}
  ruleOpened: { readonly setting: DoorSetting }
  ruleFormChanged: { readonly change: RuleFormChange }
  ruleReviewPressed: {}
  holidaysOpened: {}
  addHolidayPressed: {}
  holidayFormChanged: { readonly change: HolidayFormChange }
  holidayReviewPressed: {}
  removeHolidayPressed: { readonly holiday: HolidaySchedule }
  // Invitations, for the one who sends them
  invitePressed: {}
  inviteFormChanged: { readonly change: InviteFormChange }
  inviteReviewPressed: {}
  /** For somebody who is in the list; `null` is the person of this phone. */
  inviteAgainPressed: { readonly userId: string | null }
  withdrawPressed: { readonly invitationId: string; readonly userId: string }
  copyLinkPressed: {}
  shareLinkPressed: { readonly text: string }
  copyPressed: {}
  codeCopied: {}
  sharePressed: {}
  // The history
  historyWanted: {}
  historyRead: {
    readonly lockId: string
    readonly entries: readonly HistoryEntry[]
    readonly report: HistoryReport
    readonly ended: boolean
    readonly keptAtMs: number | null
  }
  historyFailed: { readonly lockId: string; readonly trouble: Trouble }
  journalGrew: { readonly lockId: string }
  morePressed: {}
  kindChosen: { readonly kind: HistoryKind }
  whoChosen: { readonly who: string | null }
  checkOpened: {}
  checkClosed: {}
  checkAgainPressed: {}
  // The link of an invitation, for the one who opens it
  invitationLookedAt: { readonly inviterName: string | null; readonly look: InvitationLook }
  invitationLookPressed: {}
  invitationAcceptPressed: { readonly freshPasskey: boolean }
  invitationProven: {}
  invitationAccepted: {}
  invitationFailed: { readonly trouble: Trouble }
  invitationEnterPressed: {}
  invitationEntered: {}
  invitationLeft: {}
  // Settings
  themeChosen: { readonly theme: ThemeChoice }
  doorSheetOpened: { readonly lockId: string }
  doorRulesPressed: { readonly lockId: string }
  paintChosen: { readonly lockId: string; readonly paint: Paint }
  accountRead: {
    readonly sessions: readonly SessionView[]
    readonly passkeys: readonly PasskeyView[]
  }
  hubChecked: { readonly version: string; readonly answeredInMs: number }
  hubFailed: {}
  handOverOpened: { readonly lockId: string }
  handOverNamed: { readonly name: string }
  setBackPressed: {}
  setBackProven: { readonly lockId: string }
  wasSetBack: { readonly lockId: string; readonly sighting: Sighting }
  setBackFailed: {
    readonly lockId: string
    readonly trouble: Trouble
    readonly sighting: Sighting | null
  }
  endSessionAsked: { readonly sessionId: string }
  endSessionPressed: { readonly sessionId: string }
  signOutAsked: {}
  signOutPressed: {}
  settingsSheetClosed: {}
  // The first run
  personNameTyped: { readonly name: string }
  createPasskeyPressed: {}
  accountMade: {}
  setupTextTyped: { readonly text: string }
  setupTextRead: { readonly text: string; readonly lockId: string | null }
  scanPressed: {}
  scanStopped: {}
  scanDenied: {}
  claimPressed: {}
  gestureDone: {}
  claimed: {
    readonly door: DoorFound
    readonly sighting: Sighting | null
    readonly atMs: number
  }
  wizardFailed: { readonly trouble: Trouble }
  doorNameTyped: { readonly name: string }
  nameDonePressed: {}
  doorNamed: { readonly lockId: string; readonly name: string }
  finishPressed: {}
  wizardCancelled: {}
}

export type ActionType = keyof Actions
export type Action = { [Type in ActionType]: { readonly type: Type } & Actions[Type] }[ActionType]
export type ActionOf<Type extends ActionType> = { readonly type: Type } & Actions[Type]

export type Dispatch = (action: Action) => void
