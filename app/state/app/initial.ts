import { emptyAccess } from '#app/state/model/access/access-state.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { emptyHistory } from '#app/state/model/history/history-state.ts'
import { emptySettings } from '#app/state/model/session/settings-state.ts'

export const initialState: AppState = {
  nowMs: 0,
  online: true,
  hubReached: false,
  sessionAskedAtMs: 0,
  visible: true,
  stage: 'starting',
  startTrouble: null,
  tab: 'door',
  place: null,
  account: null,
  signIn: { working: false, trouble: null },
  wizard: null,
  invitation: null,
  doors: [],
  here: null,
  mode: null,
  access: emptyAccess,
  history: emptyHistory,
  settings: emptySettings,
  taste: { theme: 'system', paints: {} },
  newVersion: 'none',
  canShare: false,
  canScan: false,
}
