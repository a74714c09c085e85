import type { PageProps } from '#app/pages/page-props.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import { DoorScreen } from '#app/screens/door/door.tsx'
import type { DoorCallbacks } from '#app/state/model/door/door-view.ts'
import { selectDoor } from '#app/state/select/select-door.ts'

function doorCallbacks(dispatch: Dispatch): DoorCallbacks {
  return {
    onVerb: (verb) => dispatch({ type: 'verbPressed', verb }),
    onAskAgain: () => dispatch({ type: 'askPressed' }),
    onDismissRefusal: () => dispatch({ type: 'refusalDismissed' }),
    onChooseDoor: (lockId) => dispatch({ type: 'doorChosen', lockId }),
    onAddDoor: () => dispatch({ type: 'addDoorPressed' }),
    onOpenHistory: () => location.assign('#/history'),
  }
}

export function DoorPage({ state, dispatch }: PageProps) {
  const view = selectDoor(state)
  return view === null ? null : <DoorScreen view={view} on={doorCallbacks(dispatch)} />
}
