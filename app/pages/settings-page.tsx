import type { PageProps } from '#app/pages/page-props.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import { SettingsScreen } from '#app/screens/settings/settings.tsx'
import { selectSettings } from '#app/state/select/select-settings.ts'
import type { SettingsCallbacks } from '#app/state/model/session/settings-view.ts'

function settingsCallbacks(dispatch: Dispatch): SettingsCallbacks {
  return {
    onTheme: (theme) => dispatch({ type: 'themeChosen', theme }),
    onAddDoor: () => dispatch({ type: 'addDoorPressed' }),
    onOpenDoor: (lockId) => dispatch({ type: 'doorSheetOpened', lockId }),
    onDoorRules: (lockId) => dispatch({ type: 'doorRulesPressed', lockId }),
    onAddPhone: () => dispatch({ type: 'inviteAgainPressed', userId: null }),
    onPaint: (lockId, paint) => dispatch({ type: 'paintChosen', lockId, paint }),
    onAskEndSession: (sessionId) => dispatch({ type: 'endSessionAsked', sessionId }),
    onEndSession: (sessionId) => dispatch({ type: 'endSessionPressed', sessionId }),
    onAskSignOut: () => dispatch({ type: 'signOutAsked' }),
    onSignOut: () => dispatch({ type: 'signOutPressed' }),
    onOpenHandOver: (lockId) => dispatch({ type: 'handOverOpened', lockId }),
    onNameHandOver: (name) => dispatch({ type: 'handOverNamed', name }),
    onSetBack: () => dispatch({ type: 'setBackPressed' }),
    onCloseSheet: () => dispatch({ type: 'settingsSheetClosed' }),
  }
}

export function SettingsPage({ state, dispatch }: PageProps) {
  return <SettingsScreen view={selectSettings(state)} on={settingsCallbacks(dispatch)} />
}
