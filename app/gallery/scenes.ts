import type { ComponentChildren } from 'preact'
import type { Tab } from '#app/design/page.tsx'

export interface Scene {
  /** The tab bar's place; `null` for screens without it. */
  readonly tab: Tab | null
  /** All of them when not said. */
  readonly tabs?: readonly Tab[]
  readonly draw: () => ComponentChildren
}

export type Scenes = Readonly<Record<string, Scene>>
