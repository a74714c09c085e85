import type { Trouble } from '#app/state/model/trouble.ts'
import type { HubHealth, PasskeyView, SessionView } from '#app/state/model/session/settings-view.ts'

export type SettingsSheet =
  | { readonly kind: 'signOut' }
  | { readonly kind: 'endSession'; readonly sessionId: string }
  | { readonly kind: 'door'; readonly lockId: string }
  | HandOver

/** A lock that changes hands is set back. */
export interface HandOver {
  readonly kind: 'handOver'
  readonly lockId: string
  /** The name of the door as it was written out, so that no slip does this. */
  readonly name: string
  readonly phase: 'writing' | 'proving' | 'sent' | 'done'
  readonly trouble: Trouble | null
}

export interface SettingsState {
  readonly sessions: readonly SessionView[]
  readonly passkeys: readonly PasskeyView[]
  readonly hub: HubHealth
  readonly sheet: SettingsSheet | null
}

export const emptySettings: SettingsState = {
  sessions: [],
  passkeys: [],
  hub: { kind: 'asking' },
  sheet: null,
}
