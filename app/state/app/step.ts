import type { ActionOf, ActionType } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Effect } from '#app/state/app/effect.ts'

/** The next state, and what it asks of the world. */
export interface Step {
  readonly state: AppState
  readonly effects: readonly Effect[]
}

export function step(state: AppState, ...effects: readonly Effect[]): Step {
  return { state, effects }
}

/** What a concern does with the actions that are its own. */
export type Handlers<Types extends ActionType> = {
  readonly [Type in Types]: (state: AppState, action: ActionOf<Type>) => Step
}
