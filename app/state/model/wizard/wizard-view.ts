import type { Verb } from '@mortise/protocol/words'
import type { BoltPicture } from '#app/state/model/door/bolt-picture.ts'
import type { Paint } from '#app/state/model/door/paint.ts'
import type { Trouble } from '#app/state/model/trouble.ts'

export const wizardSteps = ['you', 'claim', 'name', 'test'] as const
export type WizardStep = (typeof wizardSteps)[number]

export type SetupText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'good'; readonly lockId: string }

export interface WizardView {
  readonly step: WizardStep
  /** A further door of somebody who has one: the first step is done before it starts. */
  readonly further: boolean
  readonly personName: string
  readonly setupText: string
  readonly setup: SetupText
  readonly scanner: 'none' | 'offered' | 'running' | 'denied'
  /** Of the lock that was claimed in this run. */
  readonly lockId: string | null
  readonly doorName: string
  readonly paint: Paint
  readonly working: null | 'proving' | 'asking'
  readonly trouble: Trouble | null
  readonly test: WizardTest | null
}

export interface WizardTest {
  readonly bolt: BoltPicture
  readonly verbs: readonly Verb[]
  readonly busy: boolean
  /** Busy with the person's own proof, before anything is sent. */
  readonly proving: boolean
  readonly lockedOnce: boolean
  readonly unlockedOnce: boolean
  /** What is to be tried first at this door, so what stands first. */
  readonly first: Verb
}

export interface WizardCallbacks {
  readonly onPersonName: (name: string) => void
  readonly onCreatePasskey: () => void
  readonly onSignInInstead: () => void
  readonly onSetupText: (text: string) => void
  readonly onScan: () => void
  readonly onStopScan: () => void
  readonly onScanned: (text: string) => void
  readonly onScanDenied: () => void
  readonly onClaim: () => void
  readonly onDoorName: (name: string) => void
  readonly onPaint: (lockId: string, paint: Paint) => void
  readonly onNameDone: () => void
  readonly onTest: (verb: Verb) => void
  readonly onFinish: () => void
  readonly onCancel: () => void
}
