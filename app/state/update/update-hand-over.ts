import type { AppState } from '#app/state/app/app-state.ts'
import type { Handlers } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { isMeant } from '#app/state/model/session/hand-over.ts'
import type { HandOver } from '#app/state/model/session/hand-over.ts'
import { afterFailure, withSighting } from '#app/state/update/update-door.ts'

type HandOverActions =
  | 'handOverOpened'
  | 'handOverNamed'
  | 'setBackPressed'
  | 'setBackProven'
  | 'wasSetBack'
  | 'setBackFailed'

/** A lock that changes hands: what that means, the name written out, and the order itself. */
export const handOverHandlers: Handlers<HandOverActions> = {
  handOverOpened: (state, { lockId }) => {
    const sheet = { kind: 'handOver', lockId, name: '', phase: 'writing', trouble: null } as const
    return step({ ...state, settings: { ...state.settings, sheet } })
  },
  handOverNamed: (state, { name }) => step(changed(state, null, { name })),
  setBackPressed: (state) => {
    const sheet = sheetOf(state, null)
    const door = state.doors.find(({ lockId }) => lockId === sheet?.lockId)
    if (sheet?.phase !== 'writing' || door?.role !== 'owner') return step(state)
    if (!isMeant(sheet, door.name)) return step(state)
    const after = changed(state, null, { phase: 'proving', trouble: null })
    return step(after, { type: 'setBack', lockId: door.lockId })
  },
  setBackProven: (state, { lockId }) => step(changed(state, lockId, { phase: 'sent' })),
  wasSetBack: (state, { lockId, sighting }) => {
    const after = withSighting(state, lockId, sighting)
    return step(changed(after, lockId, { phase: 'done' }), { type: 'feel', what: 'settled' })
  },
  setBackFailed: (state, { lockId, trouble, sighting }) => {
    const after = changed(state, lockId, { phase: 'writing', trouble })
    return afterFailure(after, { lockId, trouble, sighting })
  },
}

/** The sheet, when it is open and of this lock; `null` is of any. */
function sheetOf({ settings: { sheet } }: AppState, lockId: string | null): HandOver | null {
  if (sheet?.kind !== 'handOver') return null
  return lockId === null || sheet.lockId === lockId ? sheet : null
}

function changed(state: AppState, lockId: string | null, change: Partial<HandOver>): AppState {
  const sheet = sheetOf(state, lockId)
  if (sheet === null) return state
  return { ...state, settings: { ...state.settings, sheet: { ...sheet, ...change } } }
}
