import type { Action } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import type { Step } from '#app/state/app/step.ts'
import { formHandlers } from '#app/state/update/form-handlers.ts'
import { firstHandlers, updateBy } from '#app/state/update/update.ts'

/** As the app is once every page was opened. */
export const update = updateBy({ ...firstHandlers, ...formHandlers })

/** One action after another: the state after the last one, and all that was to be done on the way. */
export function run(state: AppState, actions: readonly Action[]): Step {
  return actions.reduce<Step>(
    (before, action) => {
      const next = update(before.state, action)
      return { state: next.state, effects: [...before.effects, ...next.effects] }
    },
    { state, effects: [] },
  )
}
