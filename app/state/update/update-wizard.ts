import type { AppState } from '#app/state/app/app-state.ts'
import { withDoor } from '#app/state/app/app-state.ts'
import { askDoor, showDoor } from '#app/state/update/update-door.ts'
import { newDoor } from '#app/state/update/update-session.ts'
import type { Handlers, Step } from '#app/state/app/step.ts'
import { step } from '#app/state/app/step.ts'
import type { WizardState } from '#app/state/model/wizard/wizard-state.ts'
import { newWizard } from '#app/state/model/wizard/wizard-state.ts'

type WizardActions =
  | 'personNameTyped'
  | 'createPasskeyPressed'
  | 'setupLinkFoundSpent'
  | 'accountMade'
  | 'setupTextTyped'
  | 'setupTextRead'
  | 'scanPressed'
  | 'scanStopped'
  | 'scanDenied'
  | 'claimPressed'
  | 'gestureDone'
  | 'claimed'
  | 'wizardFailed'
  | 'doorNameTyped'
  | 'nameDonePressed'
  | 'doorNamed'
  | 'finishPressed'
  | 'wizardCancelled'

export const wizardHandlers: Handlers<WizardActions> = {
  personNameTyped: (state, { name }) => step(changed(state, { personName: name, trouble: null })),
  createPasskeyPressed: (state) => createPasskey(state),
  setupLinkFoundSpent: (state) => {
    // The passkey sheet is not pulled away; what comes of it says the same.
    const waits = state.wizard?.step === 'you' && state.wizard.working === null
    return step(waits ? changed(state, { setupToken: null }) : state)
  },
  accountMade: (state) => {
    const wizard = { ...newWizard('claim', false), personName: state.wizard?.personName ?? '' }
    const name = wizard.personName.trim()
    const after: AppState = { ...state, wizard, account: { name }, hubReached: true }
    return step(after, { type: 'forgetLink' }, { type: 'openLive' })
  },
  setupTextTyped: (state, { text }) => {
    const after = changed(state, { setupText: text, trouble: null, scanning: false })
    if (text.trim() === '') return step(changed(after, { setup: { kind: 'empty' } }))
    return step(after, { type: 'readSetupText', text })
  },
  setupTextRead: (state, { text, lockId }) => {
    // A slower answer to an older text says nothing about this one.
    if (state.wizard?.setupText !== text) return step(state)
    const setup =
      lockId === null ? ({ kind: 'wrong' } as const) : ({ kind: 'good', lockId } as const)
    return step(changed(state, { setup }))
  },
  scanPressed: (state) => step(changed(state, { scanning: true, cameraDenied: false })),
  scanStopped: (state) => step(changed(state, { scanning: false })),
  scanDenied: (state) => step(changed(state, { scanning: false, cameraDenied: true })),
  claimPressed: (state) => claim(state),
  gestureDone: (state) => step(changed(state, { working: 'asking' })),
  claimed: (state, { door, sighting, atMs }) => {
    const others = state.doors.filter((each) => each.lockId !== door.lockId)
    const doors = [...others, { ...newDoor(door), sighting, claimedAtMs: atMs }]
    const { lockId } = door
    const next = { step: 'name', lockId, working: null, trouble: null, setupText: '' } as const
    const after = changed({ ...state, doors, here: lockId }, { ...next, doorName: door.name })
    return step(after, { type: 'saveProgress', progress: { step: 'name', lockId } })
  },
  wizardFailed: (state, { trouble }) =>
    step(changed(state, { working: null, trouble }), { type: 'feel', what: 'refused' }),
  doorNameTyped: (state, { name }) => step(changed(state, { doorName: name, trouble: null })),
  nameDonePressed: (state) => nameDoor(state),
  doorNamed: (state, { lockId, name }) => test(withDoor(state, lockId, { name })),
  finishPressed: (state) => {
    const lockId = state.wizard?.lockId ?? state.here
    if (lockId === null) return step(state)
    const shown = showDoor({ ...state, tab: 'door' }, lockId)
    return step(shown.state, ...shown.effects, { type: 'saveProgress', progress: null })
  },
  wizardCancelled: (state) => {
    const back = state.here ?? state.doors[0]?.lockId
    return back === undefined ? step(state) : showDoor(state, back)
  },
}

function changed(state: AppState, change: Partial<WizardState>): AppState {
  if (state.wizard === null) return state
  return { ...state, wizard: { ...state.wizard, ...change } }
}

function createPasskey(state: AppState): Step {
  const { wizard } = state
  const name = wizard?.personName.trim() ?? ''
  if (wizard === null || wizard.setupToken === null || name === '') return step(state)
  return step(changed(state, { working: 'proving', trouble: null }), {
    type: 'makeAccount',
    name,
    setupToken: wizard.setupToken,
  })
}

function claim(state: AppState): Step {
  const { wizard, account } = state
  if (wizard === null || wizard.setup.kind !== 'good' || account === null) return step(state)
  return step(changed(state, { working: 'proving', trouble: null }), {
    type: 'claim',
    setupText: wizard.setupText,
    ownerName: account.name,
    doorName: wizard.doorName,
  })
}

/** A name that stays costs no signature. */
function nameDoor(state: AppState): Step {
  const { wizard } = state
  const lockId = wizard?.lockId ?? null
  if (wizard === null || lockId === null) return step(state)
  const name = wizard.doorName.trim()
  if (state.doors.find((door) => door.lockId === lockId)?.name === name) return test(state)
  const after = changed(state, { working: 'asking', trouble: null })
  return step(after, { type: 'nameDoor', lockId, name })
}

function test(state: AppState): Step {
  const lockId = state.wizard?.lockId ?? null
  const after = changed(state, { step: 'test', working: null, trouble: null })
  if (lockId === null) return step(after)
  const asked = askDoor({ ...after, here: lockId }, lockId)
  const progress = { step: 'test', lockId } as const
  return step(asked.state, ...asked.effects, { type: 'saveProgress', progress })
}
