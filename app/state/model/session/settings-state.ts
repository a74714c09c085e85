import type { HandOver } from '#app/state/model/session/hand-over.ts'
import type { HubHealth, PasskeyView, SessionView } from '#app/state/model/session/settings-view.ts'

export type SettingsSheet =
  | { readonly kind: 'signOut' }
  | { readonly kind: 'endSession'; readonly sessionId: string }
  | { readonly kind: 'door'; readonly lockId: string }
  | HandOver

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
