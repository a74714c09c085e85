import type { AppState } from '#app/state/app/app-state.ts'

/** Somebody is in the middle of something that a new version must not interrupt. */
export function isBusy(state: AppState): boolean {
  const { step: accessStep } = state.access
  const signing =
    state.access.aside !== null ||
    accessStep.kind === 'review' ||
    accessStep.kind === 'code' ||
    accessStep.kind === 'link'
  const moving = state.doors.some((door) => door.operation !== null)
  const setting = state.mode !== null
  return signing || moving || setting || state.stage === 'wizard' || state.stage === 'invitation'
}
