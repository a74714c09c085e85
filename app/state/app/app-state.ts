import type { OwnHours } from '#app/state/model/door/own-hours.ts'
import type { Sighting } from '@mortise/keyholder'
import type { Role, Verb } from '@mortise/protocol/words'
import type { AccessState } from '#app/state/model/access/access-state.ts'
import type { VisitWindow } from '#app/state/model/access/visit-window.ts'
import type { DoorRefusal } from '#app/state/model/door/door-view.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type { HistoryState } from '#app/state/model/history/history-state.ts'
import type { ModeState } from '#app/state/model/mode/mode-view.ts'
import type { InvitationState } from '#app/state/model/invitation/invitation-state.ts'
import type { SettingsState } from '#app/state/model/session/settings-state.ts'
import type { ThemeChoice } from '#app/state/model/session/settings-view.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { WizardState } from '#app/state/model/wizard/wizard-state.ts'

export const tabs = ['door', 'access', 'history', 'settings'] as const
export type Tab = (typeof tabs)[number]

/** Where the app came from and which hub it speaks with. */
export interface Place {
  readonly mode: 'convenience' | 'separate'
  readonly appHost: string
  readonly hubHost: string
  readonly appVersion: string
}

/** What a person likes, kept in the browser. */
export interface Taste {
  readonly theme: ThemeChoice
  /** By lock id. */
  readonly paints: Readonly<Record<string, Paint>>
}

/** A command under way: the person proves themselves, then the lock is waited for. */
export interface Operation {
  readonly verb: Verb
  readonly phase: 'proving' | 'sent'
}

/** One door of this person, as far as this phone knows it. */
export interface Door {
  readonly lockId: string
  readonly name: string
  /** Whether the hub has a link to the lock; by the hub's word. */
  readonly linked: boolean
  /** `null` while nobody has said. */
  readonly role: Role | null
  /** Who this person is in the lock's list, by the lock's word; `null` while it has not said. */
  readonly ownUserId: string | null
  /** When this person may come, and whose hours are meant; `null` while nobody has said. */
  readonly ownTime: { readonly window: VisitWindow | null; readonly timeZone: string } | null
  /** The limits of this person's hours, by the lock's last answer; `null` where there are none. */
  readonly ownHours: OwnHours | null
  readonly sighting: Sighting | null
  readonly asking: boolean
  /** When it was asked last; 0 before the first time. */
  readonly askedAtMs: number
  readonly operation: Operation | null
  readonly refusal: DoorRefusal | null
  /** Why the lock could not be asked, until it could. */
  readonly trouble: Trouble | null
  /** How this phone learned the lock's keys. */
  readonly metBy: 'claim' | 'invitation' | 'firstUse'
  /** When this phone claimed it, since the app was opened; `null` when it did not. */
  readonly claimedAtMs: number | null
  /** Thirty digits that are equal on two phones that know the same lock. */
  readonly safetyCode: string
}

export type Stage =
  /** Nothing is known yet. */
  | 'starting'
  /** The hub does not answer, and this phone knows no door. */
  | 'unreachable'
  | 'signIn'
  | 'wizard'
  /** The link of an invitation was opened. */
  | 'invitation'
  | 'doors'

export interface AppState {
  readonly nowMs: number
  readonly online: boolean
  /** Whether the live stream of the hub is open. */
  readonly hubReached: boolean
  /** When the session was asked for last. */
  readonly sessionAskedAtMs: number
  readonly visible: boolean
  readonly stage: Stage
  /** Why nothing could be begun, for the stage `unreachable`. */
  readonly startTrouble: Trouble | null
  readonly tab: Tab
  readonly place: Place | null
  readonly account: { readonly name: string } | null
  readonly signIn: { readonly working: boolean; readonly trouble: Trouble | null }
  readonly wizard: WizardState | null
  readonly invitation: InvitationState | null
  readonly doors: readonly Door[]
  /** The door on the screen. */
  readonly here: string | null
  /** The sheet of modes, while it is open. */
  readonly mode: ModeState | null
  readonly access: AccessState
  readonly history: HistoryState
  readonly settings: SettingsState
  readonly taste: Taste
  readonly newVersion: 'none' | 'offered' | 'later'
  readonly canShare: boolean
  readonly canScan: boolean
}

export function doorHere(state: AppState): Door | null {
  return state.doors.find((door) => door.lockId === state.here) ?? null
}

/** Whose hours are meant at a door; before anybody has said, those of nobody. */
export function zoneOf({ ownTime }: Door): string {
  return ownTime?.timeZone ?? 'UTC'
}

/** Guests see the door and nothing of its people (docs/decisions/0013). */
export function tabsOf(state: AppState): readonly Tab[] {
  return doorHere(state)?.role === 'guest' ? ['door', 'settings'] : tabs
}

/** The page on the screen: an address that is not for this person leads to the door. */
export function tabHere(state: AppState): Tab {
  return tabsOf(state).includes(state.tab) ? state.tab : 'door'
}

/** The state with one door changed; unknown ids change nothing. */
export function withDoor(state: AppState, lockId: string, change: Partial<Door>): AppState {
  return {
    ...state,
    doors: state.doors.map((door) => (door.lockId === lockId ? { ...door, ...change } : door)),
  }
}
