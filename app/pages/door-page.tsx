import { useState } from 'preact/hooks'
import { lazyPage } from '#app/pages/lazy-page.tsx'
import type { PageProps } from '#app/pages/page-props.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import { DoorScreen } from '#app/screens/door/door.tsx'
import type { OwnHoursProps } from '#app/screens/door/own-hours.tsx'
import type { DoorSwitcherProps } from '#app/screens/door/door-switcher.tsx'
import type { DoorCallbacks } from '#app/state/model/door/door-view.ts'
import { selectDoor } from '#app/state/select/select-door.ts'

function doorCallbacks(dispatch: Dispatch, onOpenDoors: () => void): DoorCallbacks {
  return {
    onVerb: (verb) => dispatch({ type: 'verbPressed', verb }),
    onAskAgain: () => dispatch({ type: 'askPressed' }),
    onOpenMode: () => dispatch({ type: 'modeOpened' }),
    onStopReset: () => dispatch({ type: 'stopResetPressed' }),
    onDismissRefusal: () => dispatch({ type: 'refusalDismissed' }),
    onOpenDoors,
    onChooseDoor: (lockId) => dispatch({ type: 'doorChosen', lockId }),
    onAddDoor: () => dispatch({ type: 'addDoorPressed' }),
    onOpenHistory: () => location.assign('#/history'),
  }
}

/** Over the door that is on the screen already. */
export const ModePage = lazyPage(
  ['mode'],
  async () => (await import('#app/pages/mode-page.tsx')).ModePage,
  'nothing',
)

export const DoorSwitcherPage = lazyPage<DoorSwitcherProps>(
  [],
  async () => (await import('#app/screens/door/door-switcher.tsx')).DoorSwitcher,
  'nothing',
)

/** The words of hours come with the first person whose hours are limited. */
const OwnHoursPart = lazyPage<OwnHoursProps>(
  ['access'],
  async () => (await import('#app/screens/door/own-hours.tsx')).OwnHours,
  'nothing',
)

export function DoorPage(props: PageProps) {
  const { state, dispatch } = props
  const [switching, setSwitching] = useState(false)
  const view = selectDoor(state)
  if (view === null) return null
  const on = doorCallbacks(dispatch, () => setSwitching(true))
  return (
    <>
      <DoorScreen
        view={view}
        on={on}
        ownHours={
          view.ownHours !== null && <OwnHoursPart hours={view.ownHours} nowMs={view.nowMs} />
        }
      />
      {switching && (
        <DoorSwitcherPage doors={view.doors} on={on} onClose={() => setSwitching(false)} />
      )}
      {state.mode !== null && <ModePage {...props} />}
    </>
  )
}
