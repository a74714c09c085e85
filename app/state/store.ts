import type { Action, Dispatch } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Effect } from '#app/state/app/effect.ts'
import { update } from '#app/state/update/update.ts'

export interface Store {
  readonly state: () => AppState
  readonly dispatch: Dispatch
  /** Calls back after every change. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void
}

/**
 * Holds the state. Effects are performed after the state has changed and been told of, so that
 * what they dispatch meets the newest state.
 */
export function createStore(
  initial: AppState,
  perform: (effect: Effect, dispatch: Dispatch) => void,
): Store {
  let state = initial
  const listeners = new Set<() => void>()
  const dispatch = (action: Action): void => {
    const next = update(state, action)
    const changed = next.state !== state
    state = next.state
    if (changed) for (const listener of listeners) listener()
    for (const effect of next.effects) perform(effect, dispatch)
  }
  return {
    state: () => state,
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
