import type { Verb } from '@mortise/protocol/words'
import type { AppState } from '#app/state/app/app-state.ts'
import { doorHere } from '#app/state/app/app-state.ts'
import { paintOf } from '#app/state/model/door/paint.ts'
import { selectDoor } from '#app/state/select/select-door.ts'
import type { WizardState } from '#app/state/model/wizard/wizard-state.ts'
import type { WizardTest, WizardView } from '#app/state/model/wizard/wizard-view.ts'

export function selectWizard(state: AppState): WizardView | null {
  const { wizard } = state
  if (wizard === null) return null
  return {
    step: wizard.step,
    further: wizard.further,
    personName: wizard.personName,
    setupText: wizard.setupText,
    setup: wizard.setup,
    scanner: scannerOf(wizard, state.canScan),
    lockId: wizard.lockId,
    doorName: wizard.doorName,
    paint: wizard.lockId === null ? 'pine' : paintOf(state.taste, wizard.lockId),
    working: wizard.working,
    trouble: troubleOf(state, wizard),
    test: wizard.step === 'test' ? testOf(state, wizard) : null,
  }
}

function scannerOf(wizard: WizardState, canScan: boolean): WizardView['scanner'] {
  if (wizard.cameraDenied) return 'denied'
  if (!canScan) return 'none'
  return wizard.scanning ? 'running' : 'offered'
}

/** The test is an ordinary command to the door, so its refusal stands at the door. */
function troubleOf(state: AppState, wizard: WizardState): WizardView['trouble'] {
  if (wizard.step === 'you' && wizard.setupToken === null) return 'setupLinkSpent'
  if (wizard.step !== 'test') return wizard.trouble
  return selectDoor(state)?.refusal?.trouble ?? null
}

function testOf(state: AppState, wizard: WizardState): WizardTest | null {
  const door = selectDoor(state)
  if (door === null) return null
  return {
    bolt: door.bolt,
    verbs: door.verbs,
    busy: door.busy,
    proving: door.headline === 'proving',
    lockedOnce: wizard.lockedOnce,
    unlockedOnce: wizard.unlockedOnce,
    first: wizard.triedFirst ?? firstVerb(state),
  }
}

/** A lock that has just been claimed is unlocked, and remains so where nothing else is known. */
function firstVerb(state: AppState): Verb {
  const door = doorHere(state)
  if (door !== null && door.operation !== null) return door.operation.verb
  return door?.sighting?.state.lockState === 'locked' ? 'unlock' : 'lock'
}
