import type { BatteryView } from '#app/state/model/door/battery.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type { HandOver } from '#app/state/model/session/hand-over.ts'

export type ThemeChoice = 'system' | 'light' | 'dark'

export interface PasskeyView {
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
  readonly here: boolean
}

export interface SessionView {
  readonly id: string
  readonly kind: 'browser' | 'device'
  readonly createdAtMs: number
  readonly lastSeenMs: number
  readonly here: boolean
}

export interface SettingsDoor {
  readonly lockId: string
  readonly name: string
  readonly paint: Paint
  readonly softwareVersion: string | null
  readonly linked: boolean
  /** By the lock's newest answer. */
  readonly battery: BatteryView | null
  readonly metBy: 'claim' | 'invitation' | 'firstUse'
  readonly safetyCode: string
  /** Whether this person may read the list of people and the rules of the door. */
  readonly mayRead: boolean
  /** Owners set it back from here; who lives here reads what helps when no owner is left. */
  readonly handOver: 'order' | 'read' | null
}

/** How a lock changes hands, and the order to set it back. */
export interface HandOverView extends Pick<HandOver, 'name' | 'phase' | 'trouble'> {
  readonly doorName: string
  /** An owner's phone; everybody else reads what can be done on the inside. */
  readonly mayOrder: boolean
  /** The name of the door is written out. */
  readonly isMeant: boolean
  /** When a reset that somebody inside has asked for is done; `null` when none waits. */
  readonly waitsUntilMs: number | null
}

/** Who serves this program: the most honest thing that can be said about a web app. */
export type AppOrigin = 'servedByHub' | 'ownOrigin'

export type HubHealth =
  | { readonly kind: 'asking' }
  | { readonly kind: 'well'; readonly version: string; readonly answeredInMs: number }
  | { readonly kind: 'away' }

export interface SettingsView {
  readonly personName: string
  readonly passkeys: readonly PasskeyView[]
  readonly sessions: readonly SessionView[]
  readonly doors: readonly SettingsDoor[]
  readonly theme: ThemeChoice
  readonly origin: AppOrigin
  readonly appHost: string
  readonly hubHost: string
  readonly appVersion: string
  readonly hub: HubHealth
  readonly nowMs: number
  readonly confirming:
    | null
    | { readonly kind: 'signOut' }
    | { readonly kind: 'endSession'; readonly session: SessionView }
  readonly door: SettingsDoor | null
  readonly handOver: HandOverView | null
  /** Whether this person may make a link for a phone of their own. */
  readonly mayAddPhone: boolean
}

export interface SettingsCallbacks {
  readonly onTheme: (theme: ThemeChoice) => void
  readonly onAddDoor: () => void
  readonly onOpenDoor: (lockId: string) => void
  readonly onDoorRules: (lockId: string) => void
  readonly onPaint: (lockId: string, paint: Paint) => void
  readonly onAskEndSession: (sessionId: string) => void
  readonly onEndSession: (sessionId: string) => void
  readonly onAskSignOut: () => void
  readonly onSignOut: () => void
  readonly onAddPhone: () => void
  readonly onOpenHandOver: (lockId: string) => void
  readonly onNameHandOver: (name: string) => void
  readonly onSetBack: () => void
  readonly onCloseSheet: () => void
}
