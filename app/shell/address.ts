import type { Tab } from '#app/state/app/app-state.ts'
import { tabs } from '#app/state/app/app-state.ts'

/** `#/history` and the like; anything else is the door. */
export function tabOf(hash: string): Tab {
  return tabs.find((tab) => hash === `#/${tab}`) ?? 'door'
}

/** The token of a setup link, `/setup#…`: in the fragment, which no server sees. */
export function setupTokenOf({
  pathname,
  hash,
}: Pick<Location, 'pathname' | 'hash'>): string | null {
  const isSetup = pathname === '/setup' || pathname === '/setup/'
  const token = hash.slice(1)
  return isSetup && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : null
}

/**
 * The fragment of an invitation link, whole or damaged. It stands behind the plain address, so that
 * any host that has the app has a page for it.
 */
export function invitationOf({ hash }: Pick<Location, 'hash'>): string | null {
  const text = hash.slice(1)
  return text.startsWith('mortise-invitation') ? text : null
}
