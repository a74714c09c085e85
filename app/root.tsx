import { useEffect, useState } from 'preact/hooks'
import { classNames } from '#app/design/class-names.ts'
import { NewVersionBar, TabBar } from '#app/design/page.tsx'
import { DoorPage, DoorSwitcherPage, ModePage } from '#app/pages/door-page.tsx'
import { lazyPage } from '#app/pages/lazy-page.tsx'
import type { PageProps } from '#app/pages/page-props.ts'
import { StartScreen } from '#app/screens/start/start.tsx'
import type { ScanCodes } from '#app/screens/welcome/scanner.tsx'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere, tabHere, tabsOf } from '#app/state/app/app-state.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import type { Store } from '#app/state/store.ts'
import { isBusy } from '#app/state/select/is-busy.ts'
import { createFormats } from '#app/texts/formats.ts'
import type { OpenTexts } from '#app/texts/texts.ts'
import type { Words } from '#app/texts/words-context.ts'
import { LoadTextsContext, useWords, WordsContext } from '#app/texts/words-context.ts'

const AccessPage = lazyPage(
  ['access', 'invitation'],
  async () => (await import('#app/pages/access-page.tsx')).AccessPage,
)
const InvitationPage = lazyPage(
  ['invitation'],
  async () => (await import('#app/pages/invitation-page.tsx')).InvitationPage,
)
const HistoryPage = lazyPage(
  ['history'],
  async () => (await import('#app/pages/history-page.tsx')).HistoryPage,
)
const SettingsPage = lazyPage(
  ['settings'],
  async () => (await import('#app/pages/settings-page.tsx')).SettingsPage,
)
const SignInPage = lazyPage(
  ['wizard'],
  async () => (await import('#app/pages/sign-in-page.tsx')).SignInPage,
)
const WelcomePage = lazyPage(
  ['wizard', 'settings'],
  async () => (await import('#app/pages/welcome-page.tsx')).WelcomePage,
)

/** Fetches the other pages while nothing else is to be done. */
export function preloadPages(loadTexts: OpenTexts['load']): void {
  loadTexts('refusals', 'alarmAdvice').catch(() => undefined)
  AccessPage.preload(loadTexts)
  HistoryPage.preload(loadTexts)
  SettingsPage.preload(loadTexts)
  ModePage.preload(loadTexts)
  DoorSwitcherPage.preload(loadTexts)
}

interface RootProps {
  readonly store: Store
  readonly scan: ScanCodes
  readonly openTexts: OpenTexts
  readonly locale: string
  readonly phoneZone: string
}

/** The whole app: the newest state, drawn. */
export function Root({ store, scan, openTexts, locale, phoneZone }: RootProps) {
  const [state, setState] = useState(store.state())
  useEffect(() => {
    const show = (): void => setState(store.state())
    show()
    return store.subscribe(show)
  }, [store])
  const { texts, load } = openTexts
  const timeZone = doorZone(state) ?? phoneZone
  const [words, setWords] = useState<Words>(() => ({
    t: texts,
    f: createFormats(locale, timeZone),
  }))
  useEffect(() => {
    if (words.f.timeZone !== timeZone) setWords({ t: texts, f: createFormats(locale, timeZone) })
  }, [timeZone])
  return (
    <WordsContext.Provider value={words}>
      <LoadTextsContext.Provider value={load}>
        <Shown
          state={state}
          dispatch={store.dispatch}
          scan={scan}
          phoneZone={phoneZone}
          learn={store.learn}
        />
        <Announcer state={state} />
      </LoadTextsContext.Provider>
    </WordsContext.Provider>
  )
}

/** The door's own hours, once somebody has said which they are. */
function doorZone(state: AppState): string | undefined {
  if (state.invitation !== null) return state.invitation.offer?.timeZone
  const { lockId, reading } = state.access
  const own = doorHere(state)?.ownTime?.timeZone
  return (lockId === state.here ? reading?.timeZone : undefined) ?? own
}

interface ShownProps extends PageProps {
  readonly scan: ScanCodes
}

function Shown(props: ShownProps) {
  const { state, dispatch } = props
  const withTabs = state.stage === 'doors'
  const offersVersion = state.newVersion === 'offered' && !isBusy(state)
  return (
    <div class={classNames('app', !withTabs && 'app-plain')}>
      <Stage {...props} />
      {withTabs && <TabBar tab={tabHere(state)} tabs={tabsOf(state)} />}
      {offersVersion && (
        <NewVersionBar
          onUse={() => dispatch({ type: 'newVersionUsed' })}
          onLater={() => dispatch({ type: 'newVersionPutOff' })}
        />
      )}
    </div>
  )
}

function Stage(props: ShownProps) {
  const { state, dispatch } = props
  switch (state.stage) {
    case 'starting':
    case 'unreachable':
      return (
        <StartScreen
          trouble={state.stage === 'unreachable' ? (state.startTrouble ?? 'hubAway') : null}
          onRetry={() => dispatch({ type: 'retryPressed' })}
        />
      )
    case 'signIn':
      return <SignInPage {...props} />
    case 'invitation':
      return <InvitationPage {...props} />
    case 'wizard':
      return <WelcomePage {...props} />
    case 'doors':
      return <TabPage {...props} />
  }
}

function TabPage(props: PageProps) {
  switch (tabHere(props.state)) {
    case 'door':
      return <DoorPage {...props} />
    case 'access':
      return <AccessPage {...props} />
    case 'history':
      return <HistoryPage {...props} />
    case 'settings':
      return <SettingsPage {...props} />
  }
}

/** Says aloud when the door changes, wherever in the app one is. */
function Announcer({ state }: { state: AppState }) {
  const { t } = useWords()
  const view = state.stage === 'doors' || state.stage === 'wizard' ? selectDoor(state) : null
  return (
    <div class="unseen" role="status" aria-live="polite">
      {view === null ? '' : t.door.announce(view.name, t.door.headlines[view.headline])}
    </div>
  )
}
