import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere, zoneOf } from '#app/state/app/app-state.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { endOfLasting } from '#app/state/model/mode/mode-lasting.ts'
import type { ModeState } from '#app/state/model/mode/mode-view.ts'
import { afterFailure, withSighting } from '#app/state/update/update-door.ts'

type ModeActions =
  | 'modeOpened'
  | 'modeClosed'
  | 'modeChosen'
  | 'modeLastingChosen'
  | 'modeSetPressed'
  | 'modeProven'
  | 'modeSet'
  | 'modeFailed'

export const modeHandlers: Handlers<ModeActions> = {
  modeOpened: (state) => {
    const door = doorHere(state)
    if (door === null) return step(state)
    const chosen = door.sighting?.state.operatingMode ?? 'normal'
    const { lockId } = door
    const mode = { lockId, chosen, lasting: 'open', phase: 'choosing', trouble: null } as const
    return step({ ...state, mode })
  },
  // What is under way cannot be waved away.
  modeClosed: (state) => step(isUnderWay(state) ? state : { ...state, mode: null }),
  modeChosen: (state, { mode }) => step(changed(state, { chosen: mode, trouble: null })),
  modeLastingChosen: (state, { lasting }) => step(changed(state, { lasting, trouble: null })),
  modeSetPressed: (state) => set(state),
  modeProven: (state, { lockId }) =>
    step(state.mode?.lockId === lockId ? changed(state, { phase: 'sent' }) : state),
  modeSet: (state, { lockId, sighting }) => {
    const closed = state.mode?.lockId === lockId ? { ...state, mode: null } : state
    return step(withSighting(closed, lockId, sighting), { type: 'feel', what: 'settled' })
  },
  modeFailed: (state, { lockId, trouble, sighting }) => {
    const isHere = state.mode?.lockId === lockId
    const told = isHere ? changed(state, { phase: 'choosing', trouble }) : state
    return afterFailure(told, { lockId, trouble, sighting })
  },
}

function isUnderWay({ mode }: AppState): boolean {
  return mode !== null && mode.phase !== 'choosing'
}

function changed(state: AppState, change: Partial<ModeState>): AppState {
  return state.mode === null ? state : { ...state, mode: { ...state.mode, ...change } }
}

function set(state: AppState): Step {
  const { mode, nowMs } = state
  const door = doorHere(state)
  if (mode === null || door === null || isUnderWay(state)) return step(state)
  const { lockId, chosen, lasting } = mode
  const untilMs = chosen === 'normal' ? null : endOfLasting(lasting, nowMs, zoneOf(door))
  return step(changed(state, { phase: 'proving', trouble: null }), {
    type: 'setMode',
    lockId,
    mode: chosen,
    untilMs,
  })
}
