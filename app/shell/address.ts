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
