import type { Verb } from '@mortise/protocol/words'
import type { Trouble } from '#app/state/model/trouble.ts'
import type { SetupText, WizardStep } from '#app/state/model/wizard/wizard-view.ts'

export interface WizardState {
  readonly step: WizardStep
  readonly further: boolean
  /** From the fragment of the setup link; gone as soon as it is spent. */
  readonly setupToken: string | null
  readonly personName: string
  readonly setupText: string
  readonly setup: SetupText
  readonly scanning: boolean
  readonly cameraDenied: boolean
  readonly lockId: string | null
  readonly doorName: string
  readonly working: null | 'proving' | 'asking'
  readonly trouble: Trouble | null
  readonly lockedOnce: boolean
  readonly unlockedOnce: boolean
  /** What was tried first; `null` before. */
  readonly triedFirst: Verb | null
}

/** How far a first run has come, as the browser keeps it over a reload. Nothing in it is secret. */
export interface WizardProgress {
  readonly step: 'name' | 'test'
  readonly lockId: string
}

export const firstDoorName = 'Front door'

export function newWizard(step: WizardStep, further: boolean): WizardState {
  return {
    step,
    further,
    setupToken: null,
    personName: '',
    setupText: '',
    setup: { kind: 'empty' },
    scanning: false,
    cameraDenied: false,
    lockId: null,
    doorName: firstDoorName,
    working: null,
    trouble: null,
    lockedOnce: false,
    unlockedOnce: false,
    triedFirst: null,
  }
}
