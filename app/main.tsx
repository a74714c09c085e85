import '#app/design/tokens.css'
import '#app/design/base.css'
import { render } from 'preact'
import type { AppConfig } from '@mortise/protocol/rest'
import { preloadPages, Root } from '#app/root.tsx'
import { invitationOf, setupTokenOf, tabOf } from '#app/shell/address.ts'
import { createPorts } from '#app/shell/create-ports.ts'
import { openDatabase } from '#app/shell/database.ts'
import { watchVersions } from '#app/shell/new-version.ts'
import { readConfig } from '#app/shell/place.ts'
import { canScanCodes, scanCodes } from '#app/shell/scan-codes.ts'
import type { Shelf } from '#app/shell/shelf.ts'
import { browserShelf } from '#app/shell/shelf.ts'
import { troubleOf } from '#app/shell/trouble-of.ts'
import { showTheme, watchBrowser } from '#app/shell/watch-browser.ts'
import type { Dispatch } from '#app/state/app/action.ts'
import type { Place } from '#app/state/app/app-state.ts'
import { initialState } from '#app/state/app/initial.ts'
import { perform } from '#app/state/perform.ts'
import type { AppPorts, SharedCode } from '#app/state/app/ports.ts'
import type { Store } from '#app/state/store.ts'
import { createStore } from '#app/state/store.ts'
import { createFormats } from '#app/texts/formats.ts'
import { textsFor } from '#app/texts/language.ts'

/** Filled in by the build. */
declare const APP_VERSION: string

const locale = navigator.language
const openTexts = textsFor(navigator.languages)
const phoneZone = new Intl.DateTimeFormat().resolvedOptions().timeZone

let ports: AppPorts | undefined
const store: Store = createStore(initialState, (effect, dispatch) => {
  // Without ports nothing could be begun, and trying again means beginning anew.
  if (ports === undefined) location.reload()
  else perform(effect, ports, dispatch)
})

function show(): void {
  const place = document.querySelector('#app')
  if (place === null) return
  const props = { store, scan: scanCodes, openTexts, locale, phoneZone }
  render(<Root {...props} />, place)
}

function placeOf({ mode, hubOrigin }: AppConfig): Place {
  return {
    mode,
    appHost: location.host,
    hubHost: new URL(hubOrigin).host,
    appVersion: APP_VERSION,
  }
}

/** Puts what the browser remembers before the state, which asks for the rest. */
async function begin(config: AppConfig, shelf: Shelf, dispatch: Dispatch): Promise<void> {
  dispatch({
    type: 'began',
    place: placeOf(config),
    taste: shelf.taste(),
    setupToken: setupTokenOf(location),
    invitation: invitationOf(location),
    progress: shelf.progress(),
    online: navigator.onLine,
    canShare: 'share' in navigator,
    canScan: canScanCodes(),
    remembered: await shelf.doors(),
    tab: tabOf(location.hash),
    nowMs: Date.now(),
  })
}

async function start(): Promise<void> {
  const [config, database] = await Promise.all([readConfig(), openDatabase()])
  const shelf = browserShelf(database)
  const useNewVersion = watchVersions(() => store.dispatch({ type: 'newVersionFound' }))
  const words = async (code: SharedCode): Promise<string> => {
    const { shareWords } = await import('#app/texts/share-words.ts')
    const spoken = { t: openTexts.texts, f: createFormats(locale, code.timeZone) }
    return shareWords(code, spoken, Date.now())
  }
  ports = createPorts({ config, database, shelf, phoneZone, shareWords: words, useNewVersion })
  store.subscribe(() => showTheme(store.state().taste.theme))
  await begin(config, shelf, store.dispatch)
  watchBrowser(store.dispatch)
  preloadWhenIdle()
}

/** Safari has no idle callback yet. */
function preloadWhenIdle(): void {
  const preload = (): void => preloadPages(openTexts.load)
  if ('requestIdleCallback' in globalThis) requestIdleCallback(preload)
  else setTimeout(preload, 2_000)
}

show()
start().catch((error: unknown) => {
  store.dispatch({ type: 'startFailed', trouble: troubleOf(error, navigator.onLine) })
})
