import type { Dispatch } from '#app/state/app/action.ts'
import type { Store } from '#app/state/store.ts'
import type { AppState } from '#app/state/app/app-state.ts'

/** What every page is given. */
export interface PageProps {
  readonly state: AppState
  readonly dispatch: Dispatch
  readonly phoneZone: string
  readonly learn: Store['learn']
}
