import type { AppState } from '#app/state/app/app-state.ts'
import type { SettingsState } from '#app/state/model/session/settings-state.ts'
import type { Handlers } from '#app/state/app/step.ts'
import { readPeople, withStep } from '#app/state/update/update-access.ts'
import { showDoor } from '#app/state/update/update-door.ts'
import { step } from '#app/state/app/step.ts'

type SettingsActions =
  | 'themeChosen'
  | 'doorSheetOpened'
  | 'doorRulesPressed'
  | 'paintChosen'
  | 'accountRead'
  | 'hubChecked'
  | 'hubFailed'
  | 'endSessionAsked'
  | 'endSessionPressed'
  | 'signOutAsked'
  | 'signOutPressed'
  | 'settingsSheetClosed'

export const settingsHandlers: Handlers<SettingsActions> = {
  themeChosen: (state, { theme }) => {
    const taste = { ...state.taste, theme }
    return step({ ...state, taste }, { type: 'saveTaste', taste })
  },
  doorSheetOpened: (state, { lockId }) => step(changed(state, { sheet: { kind: 'door', lockId } })),
  doorRulesPressed: (state, { lockId }) => {
    const shown = showDoor(changed({ ...state, tab: 'access' }, { sheet: null }), lockId)
    const read = readPeople(shown.state)
    const tab = { type: 'showTab', tab: 'access' } as const
    return step(withStep(read.state, { kind: 'rules' }), ...shown.effects, ...read.effects, tab)
  },
  paintChosen: (state, { lockId, paint }) => {
    const taste = { ...state.taste, paints: { ...state.taste.paints, [lockId]: paint } }
    return step({ ...state, taste }, { type: 'saveTaste', taste })
  },
  accountRead: (state, { sessions, passkeys }) => step(changed(state, { sessions, passkeys })),
  hubChecked: (state, { version, answeredInMs }) =>
    step(changed(state, { hub: { kind: 'well', version, answeredInMs } })),
  hubFailed: (state) => step(changed(state, { hub: { kind: 'away' } })),
  endSessionAsked: (state, { sessionId }) =>
    step(changed(state, { sheet: { kind: 'endSession', sessionId } })),
  endSessionPressed: (state, { sessionId }) =>
    step(changed(state, { sheet: null }), { type: 'endSession', sessionId }),
  signOutAsked: (state) => step(changed(state, { sheet: { kind: 'signOut' } })),
  signOutPressed: (state) => step(changed(state, { sheet: null }), { type: 'signOut' }),
  settingsSheetClosed: (state) => step(changed(state, { sheet: null })),
}

function changed(state: AppState, change: Partial<SettingsState>): AppState {
  return { ...state, settings: { ...state.settings, ...change } }
}
