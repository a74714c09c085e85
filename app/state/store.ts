import type { Action, Dispatch } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Effect } from '#app/state/app/effect.ts'
import type { ActionType } from '#app/state/app/action.ts'
import type { Handlers } from '#app/state/app/step.ts'
import { firstHandlers, updateBy } from '#app/state/update/update.ts'

export interface Store {
  readonly state: () => AppState
  readonly dispatch: Dispatch
  /** Calls back after every change. Returns how to stop. */
  readonly subscribe: (listener: () => void) => () => void
  /** What a page that was fetched later knows to do. Learning twice is learning once. */
  readonly learn: (handlers: Partial<Handlers<ActionType>>) => void
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
  let handlers: Partial<Handlers<ActionType>> = firstHandlers
  const listeners = new Set<() => void>()
  const dispatch = (action: Action): void => {
    const next = updateBy(handlers)(state, action)
    const changed = next.state !== state
    state = next.state
    if (changed) for (const listener of listeners) listener()
    for (const effect of next.effects) perform(effect, dispatch)
  }
  return {
    state: () => state,
    dispatch,
    learn: (more) => {
      handlers = { ...handlers, ...more }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
