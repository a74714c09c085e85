import type { PageProps } from '#app/pages/page-props.ts'
import { ModeSheet } from '#app/screens/mode/mode-sheet.tsx'
import type { Dispatch } from '#app/state/app/action.ts'
import type { ModeCallbacks } from '#app/state/model/mode/mode-view.ts'
import { selectMode } from '#app/state/select/select-mode.ts'

function modeCallbacks(dispatch: Dispatch): ModeCallbacks {
  return {
    onChoose: (mode) => dispatch({ type: 'modeChosen', mode }),
    onLasting: (lasting) => dispatch({ type: 'modeLastingChosen', lasting }),
    onSet: () => dispatch({ type: 'modeSetPressed' }),
    onClose: () => dispatch({ type: 'modeClosed' }),
  }
}

export function ModePage({ state, dispatch, phoneZone }: PageProps) {
  const view = selectMode(state, phoneZone)
  return view === null ? null : <ModeSheet view={view} on={modeCallbacks(dispatch)} />
}
