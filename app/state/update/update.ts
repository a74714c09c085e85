import { accessHandlers } from '#app/state/update/update-access.ts'
import type { Action, ActionType } from '#app/state/app/action.ts'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHandlers } from '#app/state/update/update-door.ts'
import type { FormActions } from '#app/state/update/form-handlers.ts'
import { historyHandlers } from '#app/state/update/update-history.ts'
import { sessionHandlers } from '#app/state/update/update-session.ts'
import { invitationHandlers } from '#app/state/update/update-invitation.ts'
import { linkHandlers } from '#app/state/update/update-link.ts'
import { modeHandlers } from '#app/state/update/update-mode.ts'
import { handOverHandlers } from '#app/state/update/update-hand-over.ts'
import { settingsHandlers } from '#app/state/update/update-settings.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import { pageHandlers } from '#app/state/update/update-page.ts'
import { wizardHandlers } from '#app/state/update/update-wizard.ts'

/**
 * Every action has exactly one handler: a missing one does not compile. Those of the forms come
 * with the page that shows them (`Store.learn`), so that the first load is spared.
 */
export const firstHandlers: Handlers<Exclude<ActionType, FormActions>> = {
  ...pageHandlers,
  ...sessionHandlers,
  ...doorHandlers,
  ...modeHandlers,
  ...accessHandlers,
  ...historyHandlers,
  ...settingsHandlers,
  ...handOverHandlers,
  ...wizardHandlers,
  ...invitationHandlers,
  ...linkHandlers,
}

export type Update = (state: AppState, action: Action) => Step

/** The only way in which the state changes. Pure. */
export function updateBy(handlers: Partial<Handlers<ActionType>>): Update {
  return (state, action) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- found under the action's own type; the compiler does not correlate the two.
    const handler = handlers[action.type] as Update | undefined
    // Only a page whose handlers were learned can have been acted on.
    if (handler === undefined) return step(state)
    const next = handler(state, action)
    if (!tellsOfNoSession(action)) return next
    const after = sessionHandlers.sessionFailed(next.state, {
      type: 'sessionFailed',
      trouble: 'signedOut',
    })
    return { state: after.state, effects: [...next.effects, ...after.effects] }
  }
}

/** Whatever was refused for want of a session: the next thing is to sign in. An invitee has none. */
function tellsOfNoSession(action: Action): boolean {
  if (action.type === 'invitationFailed') return false
  return action.type !== 'sessionFailed' && 'trouble' in action && action.trouble === 'signedOut'
}
