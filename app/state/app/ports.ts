import type { OwnHours } from '#app/state/model/door/own-hours.ts'
import type { HistoryEntry, HistoryReport, NamedFlaw, Sighting } from '@mortise/keyholder'
import type { OperatingMode, Verb } from '@mortise/protocol/words'
import type { PeopleReading, Proposed, Wish } from '#app/state/model/access/access-state.ts'
import type { ChangeLine } from '#app/state/model/access/access-view.ts'
import type { WeekDay } from '#app/state/model/access/week-picture.ts'
import type { VisitTerms } from '#app/state/model/access/visit-terms.ts'
import type { Dispatch, DoorFound } from '#app/state/app/action.ts'
import type { Tab, Taste } from '#app/state/app/app-state.ts'
import type { InvitationLook } from '#app/state/model/invitation/invitation-state.ts'
import type { PasskeyView, SessionView } from '#app/state/model/session/settings-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { WizardProgress } from '#app/state/model/wizard/wizard-state.ts'

/** The hub as an account sees it. Every method rejects with an error that `troubleOf` can name. */
export interface SessionPort {
  /** The account and its doors, each with keys that this phone knows or has just learned. */
  read(): Promise<{
    readonly name: string
    readonly doors: readonly DoorFound[]
    readonly knewDoors: boolean
  }>
  /** Whether the link still leads to the first account. */
  lookAtSetup(setupToken: string): Promise<'open' | 'setupOver' | 'setupLinkSpent'>
  /** Makes a passkey and the first account. Asks the person for a gesture. */
  makeAccount(name: string, setupToken: string): Promise<void>
  signIn(): Promise<void>
  signOut(): Promise<void>
  account(): Promise<{
    readonly sessions: readonly SessionView[]
    readonly passkeys: readonly PasskeyView[]
  }>
  endSession(sessionId: string): Promise<void>
  health(): Promise<{ readonly version: string; readonly answeredInMs: number }>
}

export interface AcceptRequest {
  readonly text: string
  readonly personName: string
  /** Makes a passkey even where this phone has one for this hub. */
  readonly freshPasskey: boolean
}

/** The way of somebody who holds the link of an invitation and has no account. */
export interface InvitationPort {
  /** Asks the lock what the invitation gives, and whether this phone needs it at all. */
  look(
    text: string,
  ): Promise<{ readonly inviterName: string | null; readonly look: InvitationLook }>
  /** Attaches a passkey of this phone. Asks the person for a gesture. */
  accept(request: AcceptRequest, onProven: () => void): Promise<void>
  /** Signs in with the passkey that was attached last. */
  enter(): Promise<void>
}

export interface ClaimRequest {
  readonly setupText: string
  readonly ownerName: string
  readonly doorName: string
}

/** A wish that makes a list that no lock accepts. Nothing of it is kept. */
export interface Unfit {
  readonly kind: 'unfit'
  readonly flaw: NamedFlaw
}

export type ProposeOutcome = { readonly kind: 'proposed'; readonly proposed: Proposed } | Unfit

export type CommitOutcome =
  | Unfit
  | {
      readonly kind: 'done'
      readonly version: number
      /** The digits that the phone drew, to be shown once; they are kept nowhere else from now on. */
      readonly code: string | null
      /** The link that was made, to be shown once as well. */
      readonly link: string | null
    }
  | {
      readonly kind: 'conflict'
      readonly proposed: Proposed
      readonly theirs: readonly ChangeLine[]
    }

export interface HistoryPart {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  readonly report: HistoryReport
  readonly ended: boolean
  /** When this phone read it, where it comes from the phone's own shelf; `null` when from the hub. */
  readonly keptAtMs: number | null
}

/**
 * Locks as their people see them. Whatever resolves was signed by the lock that this phone knows.
 * `onProven` is called once the person has proven themselves and the lock is waited for.
 */
export interface LocksPort {
  ask(lockId: string): Promise<Sighting>
  /** What the lock's last answer told of this person's own hours. */
  ownHours(lockId: string): Promise<OwnHours | null>
  /** Resolves only with a receipt that says yes. */
  operate(lockId: string, verb: Verb, onProven: () => void): Promise<Sighting>
  /** Takes the lock into a mode; `untilMs` as in the effect. Resolves only with a receipt that says yes. */
  setMode(
    lockId: string,
    order: { readonly mode: OperatingMode; readonly untilMs: number | null },
    onProven: () => void,
  ): Promise<Sighting>
  /** Stops a factory reset that waits. Resolves only with a receipt that says yes. */
  stopReset(lockId: string): Promise<Sighting>
  /** Sets the lock back, with the inside button pressed before. Resolves only with a receipt that says yes. */
  setBack(lockId: string, onProven: () => void): Promise<Sighting>
  /** The newest state that was seen, also out of a refusal. */
  lastSighting(lockId: string): Sighting | null
  /** The id of the lock that a setup text is of; `null` for any other text. */
  readSetupText(text: string): Promise<string | null>
  claim(
    request: ClaimRequest,
    onProven: () => void,
  ): Promise<{ readonly door: DoorFound; readonly sighting: Sighting | null }>
  people(lockId: string): Promise<PeopleReading>
  /** The coming seven days of somebody in the list that was read last, as the lock will judge them. */
  week(lockId: string, userId: string, nowMs: number): Promise<readonly WeekDay[]>
  /** Makes the wish on the list that is in force, keeps it, and tells what it would do. */
  propose(lockId: string, wish: Wish): Promise<ProposeOutcome>
  /**
   * Has the reader at the door learn what the kept wish names; the wish is kept under the id that
   * comes back, whatever else is proposed meanwhile.
   */
  enrol(
    lockId: string,
    onProven: () => void,
  ): Promise<{ readonly credentialId: string; readonly sighting: Sighting }>
  /**
   * Has a kept wish signed: what the reader has learned under an id, or without one what was proposed
   * last. After a conflict it is kept as made on the newer list.
   */
  commit(lockId: string, credentialId: string | null, onProven: () => void): Promise<CommitOutcome>
  /** Drops a kept wish and the digits in it. */
  forget(lockId: string): void
  startHistory(lockId: string): Promise<HistoryPart>
  /** Reads on until something older than `belowSequence` has come, or the end. */
  moreHistory(lockId: string, belowSequence: number): Promise<HistoryPart>
}

/** The hub's stream. Opening twice is opening once; it reconnects by itself. */
export interface LivePort {
  open(dispatch: Dispatch): void
  close(): void
}

/** What the browser keeps for the app. Nothing of it is secret. */
export interface ShelfPort {
  saveTaste(taste: Taste): void
  saveProgress(progress: WizardProgress | null): void
  /** For reading without a network. */
  saveSighting(lockId: string, sighting: Sighting): void
  /** Forgets doors, people and history; the locks' public keys and what was chosen for the eye stay. */
  clear(): void
}

export interface SharedCode {
  readonly code: string
  readonly doorName: string
  readonly timeZone: string
  readonly terms: VisitTerms
}

export interface DevicePort {
  /** Resolves when the text is on the clipboard. */
  copy(text: string): Promise<void>
  /** Resolves when shared or when the person decided against it. */
  shareText(text: string): Promise<void>
  /** The same, for a code. */
  share(code: SharedCode): Promise<void>
  feel(what: 'settled' | 'refused'): void
  /** Takes the secret of the link that was opened out of the address and of the browser's history. */
  forgetLink(): void
  showTab(tab: Tab): void
  useNewVersion(): void
}

export interface AppPorts {
  readonly session: SessionPort
  readonly locks: LocksPort
  readonly invitation: InvitationPort
  readonly live: LivePort
  readonly shelf: ShelfPort
  readonly device: DevicePort
  readonly nowMs: () => number
  /** Every error has a name that people have a sentence for. */
  readonly troubleOf: (error: unknown) => Trouble
}
