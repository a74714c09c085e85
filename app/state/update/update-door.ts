import type { Verb } from '@mortise/protocol/words'
import type { Sighting } from '@mortise/keyholder'
import { emptyAccess } from '#app/state/model/access/access-state.ts'
import type { AppState, Door } from '#app/state/app/app-state.ts'
import { doorHere, withDoor } from '#app/state/app/app-state.ts'
import { emptyHistory } from '#app/state/model/history/history-state.ts'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { newWizard } from '#app/state/model/wizard/wizard-state.ts'

type DoorActions =
  | 'doorChosen'
  | 'addDoorPressed'
  | 'askPressed'
  | 'asked'
  | 'askFailed'
  | 'verbPressed'
  | 'proven'
  | 'operated'
  | 'operateFailed'
  | 'stopResetPressed'
  | 'resetStopped'
  | 'stopResetFailed'
  | 'refusalDismissed'
  | 'stateArrived'
  | 'presenceArrived'

export const doorHandlers: Handlers<DoorActions> = {
  doorChosen: (state, { lockId }) => showDoor(state, lockId),
  addDoorPressed: (state) => step({ ...state, stage: 'wizard', wizard: newWizard('claim', true) }),
  askPressed: (state) => {
    // Without the hub there is nobody to ask; whether it is back is asked first.
    if (!state.hubReached) return step(state, { type: 'readSession' })
    return state.here === null ? step(state) : askDoor(state, state.here)
  },
  asked: (state, { lockId, sighting, ownHours }) => {
    const known = {
      ownHours,
      asking: false,
      trouble: null,
      linked: true,
      ...newest(state, lockId, sighting),
    }
    return step({ ...withDoor(state, lockId, known), hubReached: true })
  },
  askFailed: (state, { lockId, trouble }) => {
    const linked = trouble === 'lockAway' ? { linked: false } : {}
    const after = withDoor(state, lockId, { asking: false, trouble, ...linked })
    return step(trouble === 'hubAway' ? { ...after, hubReached: false } : after)
  },
  verbPressed: (state, { verb }) => {
    const door = doorHere(state)
    if (door === null || door.operation !== null) return step(state)
    const operation = { verb, phase: 'proving' } as const
    return step(withDoor(state, door.lockId, { operation, refusal: null }), {
      type: 'operate',
      lockId: door.lockId,
      verb,
    })
  },
  proven: (state, { lockId }) => {
    const operation = state.doors.find((door) => door.lockId === lockId)?.operation ?? null
    if (operation === null) return step(state)
    return step(withDoor(state, lockId, { operation: { ...operation, phase: 'sent' } }))
  },
  operated: (state, { lockId, verb, sighting }) => {
    const known = { operation: null, refusal: null, trouble: null, linked: true }
    const after = withDoor(state, lockId, { ...known, ...newest(state, lockId, sighting) })
    return step(countTest(after, verb), { type: 'feel', what: 'settled' })
  },
  operateFailed: (state, { lockId, verb, trouble, sighting }) => {
    const told = withDoor(state, lockId, { operation: null, refusal: { verb, trouble } })
    return afterFailure(told, { lockId, trouble, sighting })
  },
  stopResetPressed: (state) => {
    if (state.here === null) return step(state)
    const lockId = state.here
    return step(withDoor(state, lockId, { refusal: null }), { type: 'stopReset', lockId })
  },
  resetStopped: (state, { lockId, sighting }) =>
    step(withSighting(state, lockId, sighting), { type: 'feel', what: 'settled' }),
  stopResetFailed: (state, { lockId, trouble, sighting }) => {
    const told = withDoor(state, lockId, { refusal: { verb: 'stopReset', trouble } })
    return afterFailure(told, { lockId, trouble, sighting })
  },
  refusalDismissed: (state) =>
    step(state.here === null ? state : withDoor(state, state.here, { refusal: null })),
  stateArrived: (state, { lockId, sighting }) => {
    const after = withSighting(state, lockId, sighting)
    // The hub may have held it back; only an answer to a question of ours is fresh beyond doubt.
    return lockId === state.here ? askDoor(after, lockId) : step(after)
  },
  presenceArrived: (state, { lockId, linked }) => {
    const after = withDoor(state, lockId, { linked })
    return linked && lockId === state.here ? askDoor(after, lockId) : step(after)
  },
}

/** Puts a door on the screen, asks it how it is, and reads what happened. */
export function showDoor(state: AppState, lockId: string): Step {
  const isKnown = state.history.lockId === lockId
  const history = isKnown ? state.history : { ...emptyHistory, lockId }
  const after: AppState = {
    ...state,
    stage: 'doors',
    here: lockId,
    mode: null,
    wizard: null,
    access: state.access.lockId === lockId ? state.access : emptyAccess,
    history: { ...history, loading: true },
  }
  return alsoAsk(after, lockId, [{ type: 'startHistory', lockId }])
}

/** Sends a question unless one is under way or there is no way to send it. */
export function askDoor(state: AppState, lockId: string): Step {
  return alsoAsk(state, lockId, [])
}

function alsoAsk(state: AppState, lockId: string, effects: Step['effects']): Step {
  const door = state.doors.find((each) => each.lockId === lockId)
  if (door === undefined || door.asking || !state.online) return step(state, ...effects)
  const asking = { asking: true, askedAtMs: state.nowMs }
  return step(withDoor(state, lockId, asking), { type: 'ask', lockId }, ...effects)
}

/** A command that came to nothing, with what the lock signed of itself beside its refusal. */
interface Failure {
  readonly lockId: string
  readonly trouble: Trouble
  readonly sighting: Sighting | null
}

/** What every command that failed teaches of its door. */
export function afterFailure(state: AppState, { lockId, trouble, sighting }: Failure): Step {
  const seen = sighting === null ? {} : newest(state, lockId, sighting)
  const linked = trouble === 'lockAway' ? { linked: false } : {}
  const after = withDoor(state, lockId, { ...linked, ...seen })
  const feel = { type: 'feel', what: 'refused' } as const
  // Nobody knows what the lock did: the question goes out at once.
  return trouble === 'noAnswer' ? alsoAsk(after, lockId, [feel]) : step(after, feel)
}

/** The state with what a lock has just signed of itself. */
export function withSighting(state: AppState, lockId: string, sighting: Sighting): AppState {
  return withDoor(state, lockId, { linked: true, ...newest(state, lockId, sighting) })
}

/** An answer never replaces one that the lock signed later. */
function newest(
  state: AppState,
  lockId: string,
  arrived: Sighting,
): Pick<Door, 'sighting'> | Record<string, never> {
  const known = state.doors.find((door) => door.lockId === lockId)?.sighting ?? null
  return known === null || !isOlder(arrived, known) ? { sighting: arrived } : {}
}

/** By what the lock counts, not by time: an honest lock's clock may be corrected. */
function isOlder(one: Sighting, other: Sighting): boolean {
  if (one.state.boot !== other.state.boot) return one.state.boot < other.state.boot
  if (one.state.counter !== other.state.counter) return one.state.counter < other.state.counter
  return one.confirmedAtMs < other.confirmedAtMs
}

/** The last step of the first run wants each way once. */
function countTest(state: AppState, verb: Verb): AppState {
  const { wizard } = state
  if (wizard === null || verb === 'unlatch') return state
  const seen = verb === 'lock' ? { lockedOnce: true } : { unlockedOnce: true }
  return { ...state, wizard: { ...wizard, ...seen, triedFirst: wizard.triedFirst ?? verb } }
}
