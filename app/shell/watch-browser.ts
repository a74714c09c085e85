import type { Dispatch } from '#app/state/app/action.ts'
import { invitationOf, tabOf } from '#app/shell/address.ts'

const tickMs = 1_000

/** Tells the state what happens around it: time, network, visibility, address. */
export function watchBrowser(dispatch: Dispatch): void {
  setInterval(() => {
    if (document.visibilityState === 'visible') dispatch({ type: 'ticked', nowMs: Date.now() })
  }, tickMs)
  document.addEventListener('visibilitychange', () => {
    const visible = document.visibilityState === 'visible'
    dispatch({ type: 'visibilityChanged', visible, nowMs: Date.now() })
  })
  const network = (): void => dispatch({ type: 'onlineChanged', online: navigator.onLine })
  addEventListener('online', network)
  addEventListener('offline', network)
  addEventListener('hashchange', () => {
    // A link that is opened in a tab where the app runs already: it begins anew with the link.
    if (invitationOf(location) !== null) return location.reload()
    scrollTo({ top: 0 })
    dispatch({ type: 'tabChosen', tab: tabOf(location.hash) })
  })
}

/** The chosen look, where it is not the system's. */
export function showTheme(theme: 'system' | 'light' | 'dark'): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
}
