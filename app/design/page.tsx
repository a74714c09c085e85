import './page.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '#app/design/button.tsx'
import { Icon } from '#app/design/icon.tsx'
import type { IconName } from '#app/design/icon.tsx'
import { useWords } from '#app/texts/words-context.ts'

export type Tab = 'door' | 'access' | 'history' | 'settings'

const tabIcons: Readonly<Record<Tab, IconName>> = {
  door: 'door',
  access: 'people',
  history: 'history',
  settings: 'settings',
}

/** Heading of a page. It takes the focus when the page appears, so that a screen reader begins there. */
export function PageTitle({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}

export function Page({ children }: { children: ComponentChildren }) {
  return <main class="page">{children}</main>
}

export function TabBar({ tab, tabs }: { tab: Tab; tabs: readonly Tab[] }) {
  const { t } = useWords()
  return (
    <nav class="tabs" aria-label={t.tabsLabel}>
      <div class="tabs-row">
        {tabs.map((each) => (
          <a
            key={each}
            class="tab"
            href={`#/${each}`}
            {...(each === tab ? { 'aria-current': 'page' } : {})}
          >
            <Icon name={tabIcons[each]} />
            {t.tabs[each]}
          </a>
        ))}
      </div>
    </nav>
  )
}

/** A new version waits until the person wants it. */
export function NewVersionBar({ onUse, onLater }: { onUse: () => void; onLater: () => void }) {
  const { t } = useWords()
  return (
    <div class="quiet-bar" role="status">
      <span class="quiet-bar-text">{t.newVersion.ready}</span>
      <Button kind="plain" onClick={onLater}>
        {t.newVersion.later}
      </Button>
      <Button kind="plain" onClick={onUse}>
        {t.newVersion.use}
      </Button>
    </div>
  )
}
